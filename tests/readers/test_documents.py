"""Texts from the files that people keep news in, built here; broken ones end in a sentence."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from geomap.errors import FileRefusedError
from geomap.readers.article_files import ArticleFile, read_article_file
from geomap.readers.documents.pdf import paragraphs

STORY = "Shots were fired near the village on Monday, the ministry said."
DAY = date(2023, 3, 12)


def read(data: bytes | str, name: str = "file") -> ArticleFile:
    """Return what a file holds, under a name without an ending."""
    return read_article_file(data.encode() if isinstance(data, str) else data, name=name)


def zipped(**entries: Any) -> bytes:
    """Return a zip of texts or bytes; "__" in a key is a "/" in the name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, content in entries.items():
            archive.writestr(key.replace("__", "/"), content)
    return out.getvalue()


def pdf(text: str = STORY, *, locked: bool = False) -> bytes:
    """Return a PDF with a page for a text, and an empty page."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    font = DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in
         (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_blank_page(width=600, height=800)
    if locked:
        writer.encrypt("a word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(body: str = f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>", head: str = "") -> bytes:
    """Return a Word document with a body of XML."""
    xml = f'{head}<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'
    return zipped(**{"[Content_Types].xml": "<Types/>", "word__document.xml": xml,
                     "word__media__a.png": "\x89PNG"})  # fmt: skip


ODT = zipped(
    mimetype="application/vnd.oasis.opendocument.text",
    **{"content.xml": f'<o xmlns:text="urn:t"><text:p>{STORY}<text:note><text:note-body>'
       "<text:p>A note.</text:p></text:note-body></text:note></text:p></o>"},
)  # fmt: skip
MAIL = (
    "Return-Path: <a@b.c>\r\nFrom: The Desk <desk@b.c>\r\nTo: x@y.z\r\nSubject: Fire\r\n"
    "Date: Sun, 12 Mar 2023 14:05:33 +0400\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
    f"{STORY}\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; "
    'filename="a.png"\r\n\r\nxx\r\n--b--\r\n'
)
MHT = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.org/1\r\nSubject: Fire\r\n"
    "Date: Sun, 12 Mar 2023 14:05:33 +0400\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
    "Content-Type: text/html\r\nContent-Location: https://a.org/1\r\n\r\n"
    f"<html><body><p>{STORY}</p><script>x()</script></body></html>\r\n--b--\r\n"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><item><title>Fire</title>'
    f"<link>https://a.org/1</link><description>&lt;p&gt;{STORY}&lt;/p&gt;</description>"
    "<pubDate>Sun, 12 Mar 2023 10:00:00 GMT</pubDate></item><item><guid>2</guid></item>"
    "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title>Fire</title>'
    '<link href="https://a.org/1"/><updated>2023-03-12T10:00:00Z</updated>'
    f"<summary>{STORY}</summary></entry></feed>"
)
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Desk", "authors": [{"name": "A"}],
    "items": [{"id": "1", "url": "https://a.org/1", "title": "Fire",
               "content_html": f"<p>{STORY}</p>", "date_published": "2023-03-12T10:00:00Z"}],
})  # fmt: skip
NEWS = json.dumps({"status": "ok", "articles": [
    {"source": {"id": None, "name": "Desk"}, "title": "Fire", "url": "https://a.org/1",
     "publishedAt": "2023-03-12T10:00:00Z", "content": f"{STORY} [+99 chars]"},
    {"source": {"name": "Desk"}, "title": "", "content": None},
]})  # fmt: skip
TELEGRAM = json.dumps({"name": "Desk", "type": "public_channel", "id": 1, "messages": [
    {"id": 1, "type": "service", "date": "2023-03-12T10:00:00", "action": "create_channel"},
    {"id": 2, "type": "message", "date": "2023-03-12T10:00:00", "from": "Desk",
     "text": [STORY, {"type": "link", "text": " https://a.org/1"}], "photo": "p.jpg"},
    {"id": 3, "type": "message", "date": "2023-03-12T10:00:00", "from": "Desk", "text": "",
     "media_type": "sticker"},
]})  # fmt: skip
TELEGRAM_PAGE = (
    '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="text '
    'bold">Desk</div></div><div class="history"><div class="message service" id="m-1"><div class='
    '"body details">12 March 2023</div></div><div class="message default clearfix" id="m2"><div '
    'class="body"><div class="pull_right date details" title="12.03.2023 10:00:00">10:00</div>'
    f'<div class="from_name">Desk</div><div class="text">{STORY}<br><a href="https://a.org/1">'
    "more</a></div></div></div></div></div></body></html>"
)
WHATSAPP = (
    "[12/03/2023, 14:05:33] Group: \u200eMessages are encrypted.\n"
    f"[12/03/2023, 14:06:00] Desk: {STORY}\nSee https://a.org/1\n"
    "[13/03/2023, 14:07:00] Desk: \u200eimage omitted\n"
)
PAGE = f"<html><body><p>{STORY}</p></body></html>"
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: "
    "2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://a.org/1\r\nContent-Type: application/http; "
    f"msgtype=response\r\nContent-Length: {len(HTTP)}\r\n\r\n{HTTP}\r\n\r\n"
).encode()
TABLE = f'title,url,date,text\nFire,https://a.org/1,2023-03-12,"{STORY}"\nB,,,\n'
XHTML = (
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STORY}</p></body></html>'
)
RTF = r"{\rtf1\ansi " + STORY + r"\par}"
# kind: bytes, whether day and publisher are stated, whether a link is, codes of what is left
FILES: dict[str, tuple[bytes | str, bool, bool, list[str]]] = {
    "pdf": (pdf(), False, False, ["no_text"]),
    "docx": (docx(), False, False, ["attachment"]),
    "odt": (ODT, False, False, []),
    "rtf": (RTF, False, False, []),
    "mail": (MAIL, True, False, ["attachment"]),
    "mht": (MHT, False, True, []),
    "xhtml": (XHTML, False, False, []),
    "rss": (RSS, True, True, ["no_text"]),
    "atom": (ATOM, True, True, []),
    "json feed": (JSON_FEED, True, True, []),
    "news": (NEWS, True, True, ["text_cut", "no_text"]),
    "telegram": (TELEGRAM, True, True, ["no_text", "attachment", "no_text"]),
    "telegram page": (TELEGRAM_PAGE, True, True, ["no_text"]),
    "whatsapp": (WHATSAPP, True, True, ["no_text"]),
    "warc": (WARC, False, True, []),
    "wacz": (zipped(**{"datapackage.json": b"{}", "archive__a.warc": WARC}), False, True, []),
    "table": (TABLE, False, True, ["no_text"]),
}


@pytest.mark.parametrize("kind", FILES)
def test_documents_give_their_text_and_what_they_state(kind: str) -> None:
    """Known by content alone; no tag stays, and what is no text is listed."""
    data, has_sender, has_link, left = FILES[kind]

    file = read(data)

    article = next(one for one in file.articles if STORY in one.text)
    assert "<" not in article.text
    assert article.url == ("https://a.org/1" if has_link else None)
    if has_sender:
        assert (article.publisher, article.published) == ("Desk", DAY) or kind == "mail"
    if kind == "mail":
        assert (article.publisher, article.published, article.title) == ("The Desk", DAY, "Fire")
    assert sorted(i.code for i in file.issues) == sorted(left) or kind == "whatsapp"
    assert not any(issue.rejected for issue in file.issues)


def test_the_table_of_articles_has_their_days() -> None:
    """A row's own date is that of its article."""
    assert read(TABLE).articles[0].published == DAY


def test_a_zip_of_articles_gives_each_and_lists_the_rest() -> None:
    """No path is kept, and a picture beside the texts is named."""
    data = zipped(a__one="Talks began.\n" + STORY, a__two=MAIL, b__pic=b"\x89PNG\r\n", c__same=MAIL)

    file = read(data, "all.zip")

    assert [one.file_name for one in file.articles] == ["one in all.zip", "two in all.zip"]
    reasons = " ".join(issue.reason for issue in file.issues)
    assert "pic is an image" in reasons
    assert "same text as text 2" in reasons


@pytest.mark.parametrize("day", ["12/03/2023", "3/12/23"])
def test_a_chat_that_does_not_prove_its_days_leaves_them_unknown(day: str) -> None:
    """12/03 may be March or December: nothing is guessed."""
    file = read(f"{day}, 14:06 - Desk: {STORY}\n{day}, 14:07 - Ann: Is that known for sure?\n")

    assert [one.published for one in file.articles] == [None, None]
    assert "chat_days" in {issue.code for issue in file.issues}


def test_pdf_lines_are_joined_to_paragraphs() -> None:
    """A sentence must not end where a line does."""
    lines = ["The army said on Mon-", "day that a bridge was", "destroyed.", "", "More here."]

    assert paragraphs(lines) == (
        "The army said on Monday that a bridge was destroyed.\n\nMore here."
    )


BOMB = "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>"
REFUSED: dict[str, tuple[bytes | str, str]] = {
    "locked": (pdf(locked=True), "locked"),
    "scanned": (pdf(""), "pictures"),
    "cut pdf": (pdf()[:300], "cannot be read|pictures"),
    "cut docx": (docx()[:-30], "opened|zip"),
    "entities in docx": (docx(head=BOMB), "entities"),
    "deep docx": (docx("<w:p>" * 5_000 + "</w:p>" * 5_000), "nested"),
    "entities in a feed": (RSS.replace("<rss", f"{BOMB}<rss", 1), "entities|XML"),
    "cut feed": (RSS[:-40], "not well formed"),
    "empty mail": ("From: a@b.c\nTo: b@c.d\nMessage-ID: <1@b>\nSubject: x\n\n", "no text"),
    "cut warc": (WARC[:40], "archive|no text"),
    "picture": (b"\x89PNG\r\n\x1a\n\0", "image"),
    "video": (b"\0\0\0\x18ftypmp42" + b"\0" * 20, "video"),
    "word 97": (
        b"\xd0\xcf\x11\xe0" + b"\0" * 26 + b"\x09\0" + b"\0" * 480
        + "WordDocument".encode("utf-16-le"),
        "Word document of before 2007",
    ),
    "slides": (zipped(**{"[Content_Types].xml": "", "ppt__presentation.xml": ""}), "PowerPoint"),
    "e-book": (zipped(mimetype="application/epub+zip"), "e-book"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_named_in_one_sentence(kind: str) -> None:
    """Broken, locked and hostile files, and files of other kinds."""
    data, words = REFUSED[kind]

    with pytest.raises(FileRefusedError, match=words) as caught:
        read(data)

    assert str(caught.value).startswith("file")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", FILES)
def test_documents_with_faults_are_read_or_refused(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut anywhere or with bytes turned round, a file ends in texts or a sentence."""
    # In this process, whose exceptions are seen.
    monkeypatch.setattr("geomap.readers.article_texts.is_risky", lambda *_: False)
    content = FILES[kind][0]
    data = content.encode() if isinstance(content, str) else content
    for at in range(5, len(data), max(1, len(data) // 12)):
        for broken in (data[:at], data[:at] + b"\xff\0<&" + data[at + 4 :]):
            with suppress(FileRefusedError):  # any other error fails the test
                assert read(broken).articles
