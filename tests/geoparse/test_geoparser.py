"""Names that are places, names that are not, and the place that each one means."""

import importlib
from datetime import date

import pytest

from geomap.dates.dateline import DatelineSpan, find_dateline_span
from geomap.gazetteer import Gazetteer
from geomap.geoparse import geoparse
from geomap.model import Article, GeoparsedArticle, ToponymKind


def read(text: str, gazetteer: Gazetteer, published: date | None = None) -> GeoparsedArticle:
    """Geoparse a sentence."""
    return geoparse(Article("a", text, published=published), gazetteer)


def ids(parsed: GeoparsedArticle) -> list[str | None]:
    """Return the place ids in the order of the text, countries left out."""
    return [
        t.place.place_id if t.place else None
        for t in parsed.toponyms
        if t.kind is not ToponymKind.COUNTRY
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shots were heard in Khankendi.", ["khankendi"]),
        ("Shots were heard in Stepanakert.", ["khankendi"]),
        ("В Степанакерте прошла встреча.", ["khankendi"]),
        ("Görüş Bakıda keçirilib.", ["baku"]),
        ("Ankara'da görüşme yapıldı.", ["ankara"]),
        ("Հանդիպումը Երևանում էր։", ["yerevan"]),
        ("They inspected the 'Damirli' copper-molybdenum deposit.", ["damirli_deposit"]),
        ("They inspected the village of Damirli.", ["damirli"]),
        ("Water fell in the Sarsang reservoir.", ["sarsang"]),
        ("Fire was opened at the Hakari bridge checkpoint.", ["hakari_bridge"]),
    ],
)
def test_a_name_is_found_in_every_form(text: str, expected: list[str], small: Gazetteer) -> None:
    """Names by side, script and case ending lead to one place; a noun beside them chooses."""
    assert ids(read(text, small)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Moscow was signed.",
        "The Tehran Times wrote about it.",
        "Baku State University opened a branch.",
        "The University of Tehran opened a branch.",
        "Dinamo Tbilisi won again.",
        "The Ankara Declaration was praised.",
        "The cruiser Moskva sank.",
        "Mr Shusha answered. Later Shusha left.",
        "Jack London wrote novels. Then London died.",
        "The Russian minister met the Armenians.",
        "Reading is nice. Most of the same mobile bars were open.",
        "On Friday in March the Best of May began.",
    ],
)
def test_what_bears_the_name_of_a_place_is_not_one(text: str, world: Gazetteer) -> None:
    """A treaty, a person or a newspaper on the map misleads more than a missing pin."""
    drawn = [t for t in read(text, world).toponyms if t.kind is not ToponymKind.NESTED and t.place]

    assert drawn == []


@pytest.mark.parametrize(
    "words",
    [
        "the Lachin-Khankendi road",
        "the Lachin–Stepanakert highway",
        "the Khankendi — Lachin road",
        "the road between Lachin and Khankendi",
        "the road from Khankendi to Lachin",
        "the Lachin corridor",
    ],
)
def test_a_road_named_by_its_ends_is_one_line(words: str, small: Gazetteer) -> None:
    """Two pins for one road would put the event where it was not."""
    parsed = read(f"A protest closed {words} again.", small, date(2023, 3, 1))

    (road,) = parsed.toponyms
    assert road.kind is ToponymKind.ROAD
    assert road.place is not None
    assert road.place.place_id == "lachin_khankendi_road"
    assert road.place.is_valid_on(date(2023, 3, 1))


def test_a_road_of_unknown_course_is_an_approximate_line(small: Gazetteer) -> None:
    """A reader must see that the line is ours and not the road's."""
    (road,) = read("Snow closed the Ankara-Tbilisi highway.", small).toponyms

    assert road.place is not None
    assert road.place.layer == "derived"
    assert road.place.place_id == "road:ankara--tbilisi"
    assert road.place.geometry is not None
    assert road.place.geometry.geom_type == "LineString"
    assert "approximate" in road.reason
    assert road.place.uncertainty_km


def test_a_road_with_an_unknown_end_is_kept_without_a_place(small: Gazetteer) -> None:
    """A recognised name without a place is counted, not dropped."""
    (road,) = read("Snow closed the Ankara-Qwertyville road.", small).toponyms

    assert road.place is None
    assert "Qwertyville" in road.reason


@pytest.mark.parametrize(
    "words",
    [
        "the area of Russian peacekeepers' temporary deployment",
        "Azerbaijani lands, where the Russian peacekeepers are temporarily deployed",
        "territories in Azerbaijan in which Russian peacekeepers were temporarily stationed",
        "the Russian peacekeepers' zone in Azerbaijan",
    ],
)
def test_a_zone_is_known_by_its_description(words: str, small: Gazetteer) -> None:
    """Texts describe a zone in words of their own; the version of the day is taken."""
    parsed = read(f"Mining went on in {words}.", small, date(2023, 3, 1))

    zones = [t for t in parsed.toponyms if t.kind is ToponymKind.ZONE]
    assert [z.place.place_id for z in zones if z.place] == ["rpk_zone"]
    assert zones[0].place is not None
    assert zones[0].place.is_valid_on(date(2023, 3, 1))


@pytest.mark.parametrize(
    "words",
    [
        "the area where UN peacekeepers in Lebanon are deployed",
        "an area of mutual interest with Azerbaijan",
        "the Russian economic zone",
    ],
)
def test_a_likeness_of_words_is_not_enough_for_a_zone(words: str, small: Gazetteer) -> None:
    """Another zone, or none, must not become this one."""
    parsed = read(f"He spoke of {words}.", small, date(2023, 3, 1))

    assert not [t for t in parsed.toponyms if t.kind is ToponymKind.ZONE]


@pytest.mark.parametrize(
    ("text", "country"),
    [("A fire broke out in Paris, Texas.", "US"), ("A fire broke out in Paris, France.", "FR")],
)
def test_a_container_after_the_name_decides(text: str, country: str, world: Gazetteer) -> None:
    """Population alone would put every Paris into France."""
    first = read(text, world).toponyms[0]

    assert first.place is not None
    assert first.place.country_code == country
    assert first.candidates[0].place_id == first.place.place_id
    assert 0 <= first.score <= 1


def test_the_dateline_gives_place_and_day(small: Gazetteer) -> None:
    """An event without a place of its own happened where the dateline says."""
    text = "BAKU, Azerbaijan, February 28. Talks were held."
    dateline = read(text, small, date(2023, 3, 1)).dateline

    assert dateline is not None
    assert dateline.toponym is not None
    assert dateline.toponym.place is not None
    assert dateline.toponym.place.place_id == "baku"
    assert dateline.day == date(2023, 2, 28)


def test_offsets_lead_back_to_the_text(small: Gazetteer) -> None:
    """Marks in the page and evidence stand on these offsets."""
    text = "“Baku” — Khankendi’s road; В Ереване: ‘Shusha’."
    parsed = read(text, small)

    assert parsed.toponyms
    assert all(text[t.start_char : t.end_char] == t.text for t in parsed.toponyms)


def test_geoparse_can_date_an_article_by_its_dateline(small: Gazetteer) -> None:
    """The dateline is the only date of many a wire report, and "yesterday" counts from it."""
    article = Article("a", "BAKU, Azerbaijan, February 28, 2023. Talks were held yesterday.")

    parsed = geoparse(article, small, date_by_dateline=True)

    assert parsed.article.published == date(2023, 2, 28)
    assert [str(mention.span.start) for mention in parsed.dates] == ["2023-02-28", "2023-02-27"]
    assert parsed == geoparse(parsed.article, small)


def test_geoparse_looks_for_the_dateline_once(
    small: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, sentences and toponyms must agree on where the dateline is."""
    texts: list[str] = []

    def find(text: str) -> DatelineSpan | None:
        texts.append(text)
        return find_dateline_span(text)

    for name in ("reading", "tokens", "geoparser"):
        module = importlib.import_module(f"geomap.geoparse.{name}")
        monkeypatch.setattr(module, "find_dateline_span", find)
    text = "BAKU, February 28, 2023. Talks were held."
    geoparse(Article("a", text), small, date_by_dateline=True)

    assert len(texts) == 1
