"""Hundreds of hostile files of every format end in events, articles or one sentence."""

from __future__ import annotations

import pytest
from tests.readers import hostile_library
from tests.readers.hostile_case import Case
from tests.readers.hostile_documents import endless_pdf
from tests.readers.test_documents import STORY, docx, pdf, zipped

from geomap.errors import FileRefusedError, GeomapError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.incidents import read_article
from geomap.ingest import IngestOptions, ingest_table
from geomap.limits import TableLimits
from geomap.readers.article_files import read_opened_articles
from geomap.readers.binary_tables import BINARY_FORMS
from geomap.readers.sniff import open_file
from geomap.readers.table_file import read_opened_table
from geomap.tables import empty_events

_CHARS = 2_000
_YES = IngestOptions(assume_yes=True)


def _fault(case: Case, gazetteer: Gazetteer) -> str:
    """Return what is wrong with the answer to a file, "" for an answer in geomap's own words."""
    try:
        file = open_file(case.data, name=case.name)
        if file.verdict.kinds[:1] == ("articles",):
            for article in read_opened_articles(file).articles[:20]:
                read_article(article, gazetteer)
        elif file.form not in BINARY_FORMS:  # those are tested in a process of their own
            table = read_opened_table(file)
            events = empty_events()
            result = ingest_table(
                table, existing=events, gazetteer=gazetteer, options=_YES, batch_id="b"
            )
            counts = dict(result.batch.counts) or {"rows": 0}
            if counts.pop("rows") != sum(counts.values()):
                return f"{case.name!r}: {result.batch.counts}"
    except GeomapError as refusal:
        return "" if str(refusal) else f"{case.name!r}: no words"
    except Exception as fault:  # noqa: BLE001  # any exception at all is a fault
        return f"{case.name!r}: {fault!r}"
    return ""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", hostile_library.TEXTS)
def test_hostile_files_are_read_or_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is inside, the answer is in geomap's own words and counts every row."""
    # In this process, whose exceptions are seen.
    monkeypatch.setattr("geomap.readers.article_texts.is_risky", lambda *_: False)
    gazetteer = open_gazetteer(layers={"curated"})
    cases = list(hostile_library.TEXTS[kind](_CHARS))

    assert len(cases) > 15
    assert [fault for case in cases if (fault := _fault(case, gazetteer))] == []


def test_a_document_that_is_read_without_end_is_refused() -> None:
    """The limit of time is named, and how to raise it."""
    limits = TableLimits(reader_seconds=2)
    file = open_file(endless_pdf(), name="t.pdf")
    with pytest.raises(FileRefusedError, match="GEOMAP_MAX_READER_SECONDS") as caught:
        read_opened_articles(file, limits=limits)

    assert caught.value.code == "too_large"


def test_an_endless_document_in_a_zip_is_named() -> None:
    """A thousand such files would take hours: the first ends the reading."""
    data = zipped(**{"a.txt": STORY, "b.pdf": endless_pdf(), "c.pdf": pdf()})
    with pytest.raises(FileRefusedError, match=r"^b\.pdf takes too long"):
        read_opened_articles(open_file(data, name="t.zip"), limits=TableLimits(reader_seconds=2))


def test_a_document_that_fills_the_memory_leaves_the_rest_of_its_zip() -> None:
    """The next process goes on behind it."""
    words = " ".join(f"{STORY} {number}" for number in range(300_000))
    large = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    data = zipped(**{"a.docx": docx(large), "b.docx": docx(), "c.txt": f"{STORY} And more."})
    limits = TableLimits(reader_bytes=1_000_000, reader_seconds=600)
    found = read_opened_articles(open_file(data, name="t.zip"), limits=limits)

    names = [article.file_name for article in found.articles]
    assert names == ["b.docx in t.zip", "c.txt in t.zip"]
    (issue,) = [issue for issue in found.issues if issue.value == "a.docx"]
    assert "GEOMAP_MAX_READER_BYTES" in issue.reason


def test_a_text_longer_than_an_article_is_refused_or_listed() -> None:
    """Alone it is refused with what to do; beside others the others are read."""
    limits = TableLimits(article_chars=200)
    with pytest.raises(FileRefusedError, match="GEOMAP_MAX_ARTICLE_CHARS"):
        read_opened_articles(open_file((STORY * 9).encode(), name="t.txt"), limits=limits)

    data = zipped(**{"a.txt": STORY * 9, "b.txt": STORY})
    found = read_opened_articles(open_file(data, name="t.zip"), limits=limits)
    assert [article.file_name for article in found.articles] == ["b.txt in t.zip"]
    assert [issue.value for issue in found.issues] == ["a.txt"]


def test_more_articles_than_the_limit_are_refused() -> None:
    """A feed of millions of items would fill the memory of the app, not of the reader."""
    feed = "<rss><channel>" + f"<item><title>{STORY}</title></item>" * 30 + "</channel></rss>"
    with pytest.raises(FileRefusedError, match="GEOMAP_MAX_ARTICLES"):
        read_opened_articles(open_file(feed.encode(), name="t"), limits=TableLimits(articles=20))
