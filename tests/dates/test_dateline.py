"""Datelines in the styles of several news houses."""

import pytest

from geomap.dates.dateline import find_dateline_span


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("BAKU, Azerbaijan, February 28. Talks were held.", "BAKU", None),
        ("KYIV, Ukraine (AP) — Talks were held.", "KYIV", "AP"),
        ("GOMA, Dec 3 (Reuters) - Talks were held.", "GOMA", "Reuters"),
        ("MOSCOW, December 10. /TASS/. Talks were held.", "MOSCOW", "TASS"),
        ("LA PAZ — Talks were held.", "LA PAZ", None),
        ("THE HAGUE, February 22. Talks were held.", "THE HAGUE", None),
        ("Tbilisi, 12 December (AFP) – Talks were held.", "Tbilisi", "AFP"),
        (
            "Concepcion, 23 Aug 88 (Domestic Service) -- Talks were held.",
            "Concepcion",
            "Domestic Service",
        ),
        ("San Salvador, 3 Jan 90 -- Talks were held.", "San Salvador", None),
        ("Jerusalem (Israel), 29 Aug 89 (AFP) -- Talks were held.", "Jerusalem", "AFP"),
        ("Headline of it\r\n\r\nLAGOS (Reuters) - Talks were held.", "LAGOS", "Reuters"),
        ("Headline of it\n\nGENEVA, 3 May 2021 - Talks were held.", "GENEVA", None),
        ("ANKARA, 5 Mayıs (AA) - Talks were held.", "ANKARA", "AA"),
    ],
)
def test_dateline_is_found_in_every_house_style(line: str, place: str, agency: str | None) -> None:
    """The dateline says where and when; it must not depend on one agency's habits."""
    span = find_dateline_span(line)

    assert span is not None
    assert line[span.start : span.place_end] == place
    assert span.agency == agency
    assert line[span.end :].strip() == "Talks were held."


def test_dateline_of_capitals_and_a_colon_is_found() -> None:
    """Papers of South Asia open with the town and a colon alone."""
    text = "KARACHI: Three people were killed and five hurt in a blast on Monday."

    span = find_dateline_span(text)

    assert span is not None
    assert text[span.start : span.end] == "KARACHI:"


@pytest.mark.parametrize(
    "text",
    [
        "KING: You were in the city when the first shells fell.\nBLITZER: I was, and it was loud.",
        "UPDATE: Three people were killed and five hurt in a blast on Monday.",
        "The minister met reporters on Friday. He left.",
        "Paris is calm, December 3 was not. He left.",
        "In May 2021 (see above) the talks ended. He left.",
        "Published: 3 May 2021\n\nHe left.",
        "",
    ],
)
def test_no_dateline_is_invented(text: str) -> None:
    """An ordinary sentence at the top is no dateline."""
    assert find_dateline_span(text) is None
