# ruff: noqa: E501 (a hostile file broken over lines is harder to read than a long one)
"""Hostile documents, mail, web archives and archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.readers.hostile_case import Case
from tests.readers.test_documents import STORY, docx, pdf, zipped

_ODT = "application/vnd.oasis.opendocument.text"


def pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """Return a PDF of objects, numbered from 1, with a table of where they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, at)  # fmt: skip
    return bytes(out)


def _stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), words, data)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources "
    b"<< /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>"
_SHOWN = b"BT /F1 9 Tf (Shots were fired in Shusha on Monday.) Tj ET "
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"


def _one_page(content: bytes, *, form: bytes = b"", letters: bytes = b"") -> bytes:
    return pdf_of(_CATALOG, _PAGES, _PAGE, content, _FONT, _stream(form, _FORM), _stream(letters))


def endless_pdf() -> bytes:
    """Return a PDF of some kB whose one page takes minutes to read."""
    packed = zlib.compress(_SHOWN * 600_000)
    return _one_page(_stream(packed, b"/Filter /FlateDecode"))


def pdf_files(n: int) -> Iterator[Case]:
    """Yield PDF files; `n` is about the size of what is inside."""
    packed = b"/Filter /FlateDecode"
    twice = zlib.compress(zlib.compress(b"q " * n))
    ranges = b"1 beginbfrange <0000> <ffffff> <0041> endbfrange " * 20
    for name, data in {
        "operators": _one_page(_stream(zlib.compress(b"q Q " * (n // 4)), packed)),
        "texts": _one_page(_stream(zlib.compress(_SHOWN * (n // len(_SHOWN))), packed)),
        "zeros": _one_page(_stream(zlib.compress(b"\0" * n * 20), packed)),
        "twice": _one_page(_stream(twice, b"/Filter [/FlateDecode /FlateDecode]")),
        "filters": _one_page(_stream(b"x", b"/Filter [" + b"/ASCIIHexDecode " * 5_000 + b"]")),
        "odd-filter": _one_page(_stream(b"x", b"/Filter /Unknown")),
        "runs": _one_page(_stream(b"\x81q" * (n // 20), b"/Filter /RunLengthDecode")),
        "lzw": _one_page(_stream(b"\x80\x0b\x60\x50" * (n // 8), b"/Filter /LZWDecode")),
        "arrays": _one_page(_stream(b"[" * n)), "strings": _one_page(_stream(b"(" * n)),
        "dicts": _one_page(_stream(b"<<" * (n // 2))), "names": _one_page(_stream(b"/" * n)),
        "inline-image": _one_page(_stream(b"BI /W 9 ID " + b"x" * n)),
        "form-in-itself": _one_page(_stream(_SHOWN + b"/X Do"), form=b"/X Do /X Do "),
        "letters": _one_page(_stream(_SHOWN), letters=ranges),
        "pages-in-themselves": pdf_of(_CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
        "parents": pdf_of(_CATALOG, _PAGES, b"<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R >>"),
        "count": pdf_of(_CATALOG, b"<< /Type /Pages /Kids [] /Count 999999999 >>"),
        "kids": pdf_of(_CATALOG, b"<< /Type /Pages /Count 9 /Kids [" + b"3 0 R " * 20_000 + b"] >>",
                       _PAGE, _stream(_SHOWN), _FONT),
        "length": pdf_of(_CATALOG, _PAGES, _PAGE, b"<< /Length 4 0 R >>\nstream\nx\nendstream"),
        "no-root": pdf_of(b"<< >>", root=9), "itself": pdf_of(b"1 0 R"),
        "nested": pdf_of(b"[" * 50_000), "numbers": pdf_of(b"<< /Type /Catalog /Pages " + b"9" * n),
        "locked": pdf(locked=True), "empty": b"%PDF-1.7\n", "marks": b"%PDF-1.7\n" + b"obj " * n,
        "far-table": b"%PDF-1.7\nstartxref\n99999999999\n%%EOF",
        "long-table": b"%PDF-1.7\nxref\n0 999999999\ntrailer<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        "table-in-itself": b"%PDF-1.7\nxref\n0 0\ntrailer<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
    }.items():  # fmt: skip
        yield Case(f"{name}.pdf", data)


def office_files(n: int) -> Iterator[Case]:
    """Yield Word and OpenDocument texts."""
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "ha">{bomb}]>'
    paragraph = f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>"
    bodies = {
        "entities": ("&e9;", head), "deep": ("<w:p>" * (n // 5), ""), "levels": ("<w:p>" * 150, ""),
        "paragraphs": (paragraph * (n // 90), ""), "breaks": ("<w:br/>" * (n // 7) + paragraph, ""),
        "long": (f"<w:p><w:r><w:t>{STORY * (n // 60)}</w:t></w:r></w:p>", ""),
        "dates": (f"<w:p><w:r><w:t>{'3 March 2022, ' * (n // 14)}</w:t></w:r></w:p>", ""),
        "attributes": ("<w:p " + " ".join(f"a{i}='1'" for i in range(n // 9)) + "/>" + paragraph, ""),
        "empty": ("", ""), "nul": ("\0", ""), "mark": ("", "\ufeff\ufeff"),
    }  # fmt: skip
    for name, (body, start) in bodies.items():
        yield Case(f"{name}.docx", docx(body, start))
        text = (
            body.replace("w:r>", "text:span>").replace("w:t>", "text:span>").replace("w:", "text:")
        )
        xml = f'{start}<o xmlns:text="urn:t">{text}</o>'
        yield Case(f"{name}.odt", zipped(mimetype=_ODT, **{"content.xml": xml}))
    tabs = f'<o xmlns:text="urn:t"><text:p>{STORY}<text:s text:c="{"9" * 50}"/></text:p></o>'
    yield Case("tabs.odt", zipped(mimetype=_ODT, **{"content.xml": tabs}))
    yield Case("no-content.odt", zipped(mimetype=_ODT))
    yield Case("no-body.docx", zipped(**{"[Content_Types].xml": "<Types/>", "word__x.xml": "<a/>"}))
    pictures = {f"word__media__{i}.png": "x" for i in range(5_000)}
    plain = f"<w:document xmlns:w='urn:w'>{paragraph}</w:document>"
    yield Case(
        "pictures.docx", zipped(word__document=plain, **{"word__document.xml": plain}, **pictures)
    )
    sized = docx(paragraph)
    yield Case("lying.docx", sized.replace(struct.pack("<L", len(sized)), b"\xff\xff\xff\x7f"))


_MAIL = "Return-Path: <a@b.c>\r\nFrom: D <d@b.c>\r\nTo: x@y.z\r\nSubject: {}\r\nDate: {}\r\nMIME-Version: 1.0\r\n"
_DAY = "Sun, 12 Mar 2023 14:05:33 +0400"


def mail_files(n: int) -> Iterator[Case]:
    """Yield mail, boxes of mail and saved pages."""
    head = _MAIL.format("Fire", _DAY)
    mixed = head + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    inside = "Content-Type: message/rfc822\r\n\r\n"
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(300)
    )
    for name, text in {
        "inside": head + (inside + head) * 60 + "\r\n" + STORY, "levels": head + nested + STORY,
        "parts": mixed + part * (n // 40) + STORY, "no-end": mixed + "--b\r\n" * (n // 5),
        "no-mark": head + f"Content-Type: multipart/mixed\r\n\r\n{STORY}",
        "subject": _MAIL.format("x" * n, _DAY) + f"\r\n{STORY}",
        "words": _MAIL.format("=?utf-8?q?a?= " * (n // 14), _DAY) + f"\r\n{STORY}",
        "fields": head + "".join(f"X-{i}: 1\r\n" for i in range(n // 10)) + f"\r\n{STORY}",
        "folds": head + "X-A: 1\r\n" + " x\r\n" * (n // 4) + f"\r\n{STORY}",
        "day": _MAIL.format("Fire", "9" * 5_000) + f"\r\n{STORY}",
        "far-day": _MAIL.format("Fire", "Sun, 99 Mar 99999 99:99:99 +9999") + f"\r\n{STORY}",
        "charset": head + f"Content-Type: text/plain; charset=\"x-\0unknown\"\r\n\r\n{STORY}",
        "charsets": head + "Content-Type: text/plain" + "; charset*0=a" * (n // 14) + f"\r\n\r\n{STORY}",
        "base64": head + "Content-Transfer-Encoding: base64\r\n\r\n" + "=" * n,
        "quoted": head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + "=\r\n" * (n // 3),
        "uuencode": head + "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n" + "M" * n,
        "page": head + "Content-Type: text/html\r\n\r\n" + "<!--" * (n // 4),
        "address": head.replace("D <d@b.c>", "(" * 5_000) + f"\r\n{STORY}",
        "box": f"From a@b.c Sun Mar 12 14:05:33 2023\r\n{head}\r\n{STORY}\r\n\r\n" * (n // 300),
        "empty-box": f"From a@b.c Sun Mar 12 14:05:33 2023\r\n{head}\r\n\r\n" * (n // 300),
    }.items():  # fmt: skip
        yield Case(f"{name}.eml" if "box" not in name else f"{name}.mbox", text.encode())
    saved = "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Location: x\r\n"
    related = saved + 'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    html = f"--b\r\nContent-Type: text/html\r\n\r\n<p>{STORY}</p>"
    for name, text in {
        "no-page": related + part,
        "divs": related + html + "<div>" * (n // 5),
        "empty": related,
        "parts": related
        + html
        + "\r\n"
        + "--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * (n // 40),
        "tags": related + html + "<a " * (n // 3),
        "binary": related + html + "\0\x01" * (n // 2),
    }.items():
        yield Case(f"{name}.mht", text.encode())


def _record(http: bytes, *, kind: str = "response", length: str = "", more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-01T00:"
        f"00:00Z\r\nWARC-Target-URI: https://a.org/1\r\nContent-Type: application/http; msgtype="
        f"response\r\n{more}Content-Length: {length or len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def web_archives(n: int) -> Iterator[Case]:
    """Yield WARC and WACZ files."""
    ok = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    page = f"\r\n<html><body><p>{STORY}</p></body></html>".encode()
    packed = gzip.compress(b"<p>x" * n)
    for name, data in {
        "short": _record(ok + page, length="5"),
        "long": _record(ok + page, length="99999999999"),
        "negative": _record(ok + page, length="-5"),
        "word": _record(ok + page, length="many"),
        "chunks": _record(ok + b"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\nx"),
        "odd-chunks": _record(ok + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n"),
        "packed": _record(ok + b"Content-Encoding: gzip\r\n\r\n" + packed),
        "badly-packed": _record(ok + b"Content-Encoding: gzip\r\n\r\n" + packed[:50]),
        "brotli": _record(ok + b"Content-Encoding: br\r\n\r\n" + packed),
        "deflate": _record(ok + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"<p>" * n)),
        "fields": _record(ok + b"X: 1\r\n" * (n // 6) + page),
        "status": _record(b"HTTP/1.1 x\r\n" + page),
        "no-http": _record(b""),
        "kind": _record(ok + page, kind="\0"),
        "none": b"WARC/1.0\r\n\r\n",
        "records": _record(ok + page) * (n // 400),
        "metadata": _record(ok + page, kind="metadata"),
        "tags": _record(ok + b"\r\n" + b"<a " * (n // 3)),
        "folds": _record(ok + page, more=" x\r\n" * 99),
    }.items():
        yield Case(f"{name}.warc", data)
        yield Case(f"{name}.wacz", zipped(**{"archive__a.warc": data, "datapackage.json": "{}"}))
    yield Case("whole.warc.gz", gzip.compress(_record(ok + page) * 50))
    yield Case("no-archive.wacz", zipped(**{"archive__a.warc.gz": "x", "datapackage.json": "{}"}))


def archives(n: int) -> Iterator[Case]:
    """Yield archives, one in another and of odd entries."""
    table = "date,lat,lon\n2022-01-01,1,2\n" * 9
    good = zipped(**{"a.csv": table})
    deep = good
    for _ in range(50):
        deep = zipped(**{"a.zip": deep})
    for name, data in {
        "zeros": gzip.compress(b"\0" * n * 20),
        "cut": gzip.compress(table.encode())[:30],
        "members": gzip.compress(table.encode()) * 500,
        "of-zip": gzip.compress(good),
        "behind": gzip.compress(table.encode()) + b"x" * 500,
        "named": b"\x1f\x8b\x08\x08" + b"x" * n,
        "nested": gzip.compress(gzip.compress(gzip.compress(table.encode()))),
    }.items():
        yield Case(f"{name}.gz", data)
    for name, data in {
        "zeros": zipped(**{"a.csv": b"\0" * n * 20}), "deep": deep, "cut": good[:-30], "empty": zipped(),
        "many": zipped(**{f"{i}.csv": "x" for i in range(1_500)}),
        "tables": zipped(**{f"{i}.csv": table for i in range(30)}),
        "texts": zipped(**{f"{i}.txt": f"{STORY} {i}." for i in range(200)}),
        "documents": zipped(**{f"{i}.docx": docx(f"<w:p><w:t>{STORY} {i}.</w:t></w:p>") for i in range(60)}),
        "broken-documents": zipped(**{f"{i}.pdf": b"%PDF-1.7\n" + b"x" * i for i in range(60)}),
        "texts-and-packed": zipped(**{"a.txt": STORY * 5, "b.gz": gzip.compress(b"x" * n * 20)}),
        "paths": zipped(**{"..__..__..__etc__a.csv": table}), "drive": zipped(**{"C:\\a.csv": table}),
        "folders": zipped(a__="", b__=""), "long-name": zipped(**{"a" * 60_000: table}),
        "locked": good.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x01\x00\x08\x00"),
        "odd-method": good.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x61\x00"),
        "crc": good.replace(b"\x08\x00\x00\x00!\x00", b"\x08\x00\x00\x00!\x01"), "start": b"PK\x03\x04" + b"x" * 99,
        "count": good[:-12] + b"\xff\xff\xff\xff" + good[-8:], "only-end": good[-22:],
        "behind-text": b"x" * 50 + good, "apples": zipped(**{"__MACOSX__a.csv": table, ".a": "x"}),
    }.items():  # fmt: skip
        yield Case(f"{name}.zip", data)
    for name, method in (("bz2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.writestr("a.csv", b"0,1\n" * n)
        yield Case(f"{name}.zip", out.getvalue())
    yield Case("table.bz2", bz2.compress(table.encode()))
    yield Case("table.xz", lzma.compress(table.encode()))
    yield Case("no-doc.kmz", zipped(**{"files__a.png": "x"}))
    yield Case("two-docs.kmz", zipped(**{"doc.kml": "<kml/>", "a__doc.kml": "<kml/>"}))
    yield Case("zeros.kmz", zipped(**{"doc.kml": "<kml>" + " " * n * 20}))
