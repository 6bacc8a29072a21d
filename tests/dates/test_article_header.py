"""The day of publication, from the head of an article."""

import pytest

from geomap.dates import find_publication_date


@pytest.mark.parametrize(
    ("text", "found", "day"),
    [
        ("Published: 5 May 2021\nUpdated: 7 May 2021\n\nA text.", "5 May 2021", "2021-05-05"),
        ("Last updated 7 May 2021\n\n5 May 2021\n\nA text.", "5 May 2021", "2021-05-05"),
        (" date 2023-04-02 First posted on April 1\n\nA text.", "2023-04-02", "2023-04-02"),
        ("A title\n\nMarch 1, 2023\n\nA text of 2 May 2020.", "March 1, 2023", "2023-03-01"),
        ("By A. Writer | March 3, 2023 | 10:00 GMT\n\nA text.", "March 3, 2023", "2023-03-03"),
        ("A headline\n\n(Reuters) - 14 February 2024\n\nA text.", "14 February 2024", "2024-02-14"),
        ("Wed, 01 Mar 2023 10:00:00 +0400\nA text.", "Wed, 01 Mar 2023", "2023-03-01"),
        ("# A title\n\n*1 March 2023*\n", "1 March 2023", "2023-03-01"),
        ("2023-03-01T10:00:00Z\n\nA text.", "2023-03-01", "2023-03-01"),
        ("Published on Tuesday, 7 March 2023 at 10 am", "Tuesday, 7 March 2023", "2023-03-07"),
        ("Опубликовано: 12 декабря 2022\n", "12 декабря 2022", "2022-12-12"),
        ("Tarix: 12 dekabr 2022\n", "12 dekabr 2022", "2022-12-12"),
        ("Veröffentlicht am 12. März 2023\n", "12. März 2023", "2023-03-12"),
    ],
)
def test_find_publication_date_reads_the_head(text: str, found: str, day: str) -> None:
    """A label comes before a bare line, and both before the day of a change."""
    mention = find_publication_date(text)

    assert mention is not None
    assert (mention.text, str(mention.span.start), mention.role) == (found, day, "header")
    assert text[mention.start_char : mention.end_char] == found


@pytest.mark.parametrize(
    "text",
    [
        "In March 2023 the army said that it had left on 4 March 2023.",
        "March 2023\n\nA text.",
        "7 March\n\nA text.",
        "Published: 3/4/2023\n\nA text.",
        "A title\n" + "A line.\n" * 30 + "5 May 2021\n",
        "",
    ],
)
def test_find_publication_date_does_not_guess(text: str) -> None:
    """A date of the story is no date of publication, and half a date is none."""
    assert find_publication_date(text) is None
