"""The seal of PDF files: the file as it was, and an update after it that attaches the manifest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from geomap.errors import InputError
from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof import sealing

_TAIL = b"\n%geomap-manifest\n"
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_XREF = re.compile(rb"startxref\s+(\d+)")


def seal_pdf(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    """Return a PDF file with an update after it that attaches its manifest."""
    made = sealing.sealed("pdf", manifest, {"all": sha256_of(content), "bytes": len(content)})
    return content + _pdf_tail(content, made)


def _pdf_tail(content: bytes, manifest: sealing.Manifest) -> bytes:
    """Return the update that attaches a manifest to a PDF: the same for the same two."""
    roots, sizes, xrefs = (p.findall(content) for p in (_ROOT, _SIZE, _XREF))
    if not (roots and sizes and xrefs):
        message = "The PDF has no trailer that could be added to."
        raise InputError(message)
    root, size = int(roots[-1]), int(sizes[-1])
    catalog = re.search(rb"(?:^|\n)%d 0 obj\s*<<(.*?)>>\s*endobj" % root, content, re.DOTALL)
    inside = catalog[1] if catalog else b""
    text = sealing.as_json(manifest, indent=1).encode("utf-8")
    file_name = sealing.ZIP_MANIFEST.encode()
    new_root = (
        b"<<" + inside.rstrip() + b"\n/Lang (en)\n/Names << /EmbeddedFiles << /Names [(%s) %d 0 R] "
        b">> >>\n/AF [%d 0 R] >>" % (file_name, size + 1, size + 1)
    )
    objects = {
        root: new_root,
        size: b"<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length %d >>\nstream\n%s\n"
        b"endstream" % (len(text), text),
        size + 1: b"<< /Type /Filespec /F (%s) /UF (%s) /AFRelationship /Data "
        b"/EF << /F %d 0 R >> >>" % (file_name, file_name, size),
    }
    out = bytearray(_TAIL)
    places = {}
    for number, body in objects.items():
        places[number] = len(content) + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content) + len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (root, places[root])
    out += b"%d 2\n%010d 00000 n \n%010d 00000 n \n" % (size, places[size], places[size + 1])
    info = re.findall(rb"/Info (\d+) 0 R", content)
    info_entry = b" /Info %s 0 R" % info[-1] if info else b""
    out += b"trailer\n<< /Size %d /Root %d 0 R%s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(size + 2, root, info_entry, int(xrefs[-1])),
        table,
    )
    return bytes(out)


def unseal_pdf(content: bytes) -> sealing.Unsealed:
    """Return the manifest of a PDF file and its faults."""
    before, mark, tail = content.partition(_TAIL)
    if not mark:
        raise sealing.no_manifest()
    stream = re.search(rb"/EmbeddedFile .*?/Length (\d+) >>\nstream\n", tail, re.DOTALL)
    manifest = (
        sealing.read_manifest(tail[stream.end() : stream.end() + int(stream[1])]) if stream else {}
    )
    try:
        expected = _pdf_tail(before, manifest)
    except InputError:
        expected = b""
    pages = sealing.content_of(manifest).get("all")
    checks = {
        "The pages of the file were altered.": pages == sha256_of(before),
        "Something was added to the file, or taken away.": mark + tail == expected,
    }
    return sealing.Unsealed("pdf", manifest, sealing.failed(checks))
