"""Articles from files of every kind, their text kept to the letter."""

import json
from datetime import date
from pathlib import Path

import pytest

from geomap.errors import FileRefusedError
from geomap.readers.article_files import read_articles
from geomap.readers.article_metadata import article_from_text


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    """Offsets of toponyms and evidence point into this text."""
    text = "  Published: 3 May 2021\r\n\r\nTalks\tbegan.  \n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())

    (article,) = read_articles(path)

    assert article.text == text
    assert article.published == date(2021, 5, 3)
    assert article.file_name == "a.txt"


def test_same_text_has_the_same_id() -> None:
    """The same article from two files is one article."""
    assert article_from_text("Talks.").article_id == article_from_text("Talks.").article_id
    assert article_from_text("Talks.").article_id != article_from_text("Talks!").article_id


def test_front_matter_gives_the_facts() -> None:
    """Facts that the file states come before facts that its text suggests."""
    data = b"---\ntitle: A walk\npublisher: The Desk\ndate: 2022-05-04\n---\n\nWe walked.\n"

    (article,) = read_articles(data, name="a.md")

    assert (article.title, article.publisher) == ("A walk", "The Desk")
    assert article.published == date(2022, 5, 4)
    assert article.text == "We walked.\n"


def test_a_page_gives_its_article_and_no_script() -> None:
    """Scripts, menus and styles are no text."""
    page = (
        "<html><head><title>T</title><meta property='article:published_time'"
        " content='2022-05-04T10:00:00Z'><script>evil()</script></head><body><nav>Menu</nav>"
        "<article><h1>Walk</h1><p>We &amp; they walked.</p><script>x</script>"
        "</article></body></html>"
    )

    (article,) = read_articles(page.encode(), name="a.html")

    assert "We & they walked." in article.text
    assert "evil" not in article.text
    assert "Menu" not in article.text
    assert article.published == date(2022, 5, 4)
    assert article.title == "T"


def test_json_lines_give_one_article_each() -> None:
    """A corpus is read in its own order."""
    rows = [{"text": "One.", "title": "A"}, {"body": "Two.", "published": "2022-05-04"}]
    data = "\n".join(json.dumps(row) for row in rows).encode()

    articles = read_articles(data, name="a.jsonl")

    assert [a.text for a in articles] == ["One.", "Two."]
    assert articles[1].published == date(2022, 5, 4)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Talks were held, the ministry told Trend.", "Trend"),
        ("GOMA, Dec 3 (Reuters) - Talks were held.", "Reuters"),
        ("MOSCOW, December 10. /TASS/. Talks were held.", "TASS"),
        ("Talks were held. He told reporters.", None),
    ],
)
def test_publisher_is_read_from_the_head(text: str, publisher: str | None) -> None:
    """The source is shown with each event."""
    assert article_from_text(text).publisher == publisher


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n ", "a.md", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "a.txt", "binary"),
        (b"{", "a.json", "not_json"),
        (b'{"id": 1}', "a.json", "no_text"),
        (b"date,place,type\n2022-12-12,Shusha,Protest\n", "a.txt", "not_an_article"),
    ],
)
def test_a_file_that_is_no_article_is_refused_in_one_sentence(
    data: bytes, name: str, code: str
) -> None:
    """The sentence names the file; nothing of it is taken."""
    with pytest.raises(FileRefusedError, match=name) as caught:
        read_articles(data, name=name)

    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("BOGOTA, 22 Oct 2023 (EFE) -- Two soldiers died.", date(2023, 10, 22)),
        ("YANGON, Jan. 9, 2024 -- Fighters took a base.", date(2024, 1, 9)),
        ("Pristina, 30 May 2023. Peacekeepers came.", date(2023, 5, 30)),
        ("LIMA, Feb 14 (Reuters) - Rain fell on February 10, 2024.", date(2024, 2, 14)),
        ("LIMA, Jan 2 (Reuters) - Rain fell on December 30, 2023.", date(2024, 1, 2)),
        ("LIMA, Jan 2 (Reuters) - Rain fell on Monday.", None),
        ("Last updated: 5 May 2025\n\nLIMA, 3 May 2024 (AFP) - Rain fell.", date(2024, 5, 3)),
        ("Published: 4 May 2024\n\nLIMA, 3 May 2024 (AFP) - Rain fell.", date(2024, 5, 4)),
    ],
)
def test_publication_day_comes_from_the_dateline_where_no_header_has_it(
    head: str, day: date | None
) -> None:
    """Weekdays and days without a year need an anchor; without one they stay unknown."""
    assert article_from_text(f"{head} More was said.\n").published == day


def test_half_a_letter_in_json_is_replaced_one_for_one() -> None:
    """No table can hold it, and no offset may move."""
    (article,) = read_articles(b'{"text": "In \\ud800 Baku.", "title": "\\udfff"}', name="a.json")

    assert article.text == "In \ufffd Baku."
    assert article.title == "\ufffd"


@pytest.mark.parametrize(
    "head",
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": '
            '"NewsArticle", "datePublished": "2024-02-14T08:00:00Z"}]}</script>'
        ),
        (
            '<script type="application/ld+json">{broken</script>'
            '<meta property="article:published_time" content="2024-02-14T08:00:00Z">'
        ),
        '<meta name="parsely-pub-date" content="2024-02-14T08:00:00Z">',
    ],
)
def test_read_articles_takes_the_day_of_publication_from_the_head_of_a_page(head: str) -> None:
    """Without it no weekday of the text can be read."""
    page = f"<html><head>{head}</head><body><p>A bomb went off on Monday.</p></body></html>"
    (article,) = read_articles(page.encode(), name="page.html")

    assert article.published == date(2024, 2, 14)
    assert "datePublished" not in article.text


@pytest.mark.parametrize("key", ["publishedAt", "datePublished", "published_at", "pubDate"])
def test_read_articles_takes_the_day_of_publication_under_the_names_of_news_services(
    key: str,
) -> None:
    """Each news service calls it something else."""
    record = json.dumps({"text": "A bomb went off on Monday.", key: "2024-02-14T08:00:00Z"})
    (article,) = read_articles(record.encode(), name="one.json")

    assert article.published == date(2024, 2, 14)


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system ['true']",
        "0x" + "f" * 5_000,
        "[" * 5_000,
        "2024-02-31",
        "!!int ''",
        "&x [*x]",
    ],
)
def test_front_matter_that_is_more_than_words_is_refused_in_a_sentence(value: str) -> None:
    """The lines above an article are read as YAML, and anybody may have written them."""
    data = f"---\ntitle: {value}\n---\nShooting was reported in Shusha.\n".encode()

    with pytest.raises(FileRefusedError, match="front matter above line 3 is not YAML"):
        read_articles(data, name="a.md")


def test_tags_are_taken_off_a_text_that_is_html_and_off_no_other() -> None:
    """What an author wrote between angle brackets is text: offsets count it, and it stays."""
    quoted = "They wrote <b>no</b> on the wall of Baku's town hall, and left it there."
    page = "<p>Two people were killed in Baku.</p><p>It was raining.</p>"
    records = json.dumps([{"text": quoted}, {"text": page}]).encode()

    texts = [article.text for article in read_articles(records, name="two.json")]

    assert texts == [quoted, "Two people were killed in Baku.\nIt was raining."]
