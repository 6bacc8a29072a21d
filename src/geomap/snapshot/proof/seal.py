"""Put the manifest into a file so that any later change of the file is noticed.

Each kind of file has its own place for it. What is around the manifest is digested into it,
and it is digested itself: a changed pixel, letter, row or word of the manifest shows. A seal
does not say who made a file; it says that it is as it was made.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from geomap.errors import InputError
from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof.manifest import MANIFEST_ID, canonical, id_again

PNG_START = b"\x89PNG\r\n\x1a\n"
ZIP_MANIFEST = "manifest.json"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf")
_SVG = re.compile(rf'(<metadata id="{MANIFEST_ID}">)(.*?)(</metadata>)', re.DOTALL)
_HTML = re.compile(
    rf'(<script type="application/json" id="{MANIFEST_ID}">)(.*?)(</script>)', re.DOTALL
)
_MAX_UNPACKED = 2_000_000_000

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a file says of itself, and what of it is not so."""

    form: str
    manifest: Manifest
    faults: list[str] = field(default_factory=list)


def seal(content: bytes, form: str, manifest: Mapping[str, Any]) -> bytes:
    """Return the content of a PNG, SVG, PDF or HTML file with its manifest inside.

    An HTML page that has an empty block for it already keeps the block's place.
    """
    return {"png": _seal_png, "svg": _seal_svg, "pdf": _seal_pdf, "html": _seal_html}[form](
        content, manifest
    )


def seal_html(page: str, manifest: Mapping[str, Any]) -> str:
    """Return the text of an HTML page with its manifest inside."""
    return seal(page.encode("utf-8"), "html", manifest).decode("utf-8")


def zip_bytes(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> bytes:
    """Return an archive of files with a manifest that holds the digest of each."""
    digests = {name: sha256_of(content) for name, content in files.items()}
    sealed = _sealed("zip", manifest, {"files": digests})
    text = json.dumps(sealed, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {ZIP_MANIFEST: text, **files}.items():
            # A fixed moment, so that equal data gives equal archives.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            packed = name.endswith((".png", ".docx", ".gpkg", ".parquet"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def unseal(content: bytes) -> Unsealed:
    """Return the manifest of a file and every way in which the file is not as it was made.

    Raises
    ------
    InputError
        When the file holds no manifest of geomap.
    """
    if content.startswith(PNG_START):
        found = _unseal_png(content)
    elif content.startswith(b"%PDF"):
        found = _unseal_pdf(content)
    elif content.startswith(b"PK"):
        found = _unseal_zip(content)
    else:
        found = _unseal_text(content)
    return Unsealed(found.form, found.manifest, [*found.faults, *_own_faults(found.manifest)])


def _own_faults(manifest: Manifest) -> list[str]:
    if "geomap_manifest" not in manifest:
        return ["The manifest in the file was altered: it cannot be read any more."]
    said = manifest.get("manifest_sha256")
    rest = {name: value for name, value in manifest.items() if name != "manifest_sha256"}
    faults = []
    if said != sha256_of(canonical(rest)):
        faults.append("The manifest was altered after the file was made.")
    if manifest.get("snapshot_id") != id_again(manifest):
        faults.append("The snapshot id does not belong to what the manifest says.")
    counts = manifest.get("counts")
    if isinstance(counts, dict) and all(isinstance(n, int) for n in counts.values()):
        if sum(counts.values()) != 2 * counts.get("total", -1):
            faults.append("The counts do not add up.")
    else:
        faults.append("The manifest has no counts.")
    return faults


def _sealed(form: str, manifest: Mapping[str, Any], content: Mapping[str, Any]) -> Manifest:
    made = {**manifest, "form": form, "content": dict(content)}
    made.pop("manifest_sha256", None)
    made = json.loads(canonical(made))
    sealed: Manifest = {**made, "manifest_sha256": sha256_of(canonical(made))}
    return sealed


def _read(text: str | bytes) -> Manifest:
    """Return a manifest as it is in a file; what cannot be read any more is empty."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _nothing() -> InputError:
    message = (
        "The file holds no manifest of geomap: it was not made by geomap snapshot, or another "
        "program wrote it anew and left the manifest out; ask for the original file."
    )
    return InputError(message)


def _compared(said: Any, found: Any, words: str) -> list[str]:
    return [] if said == found else [words]


# PNG: a chunk of text of our own before the last chunk.


def _chunks(content: bytes) -> tuple[list[tuple[bytes, bytes]], list[str]]:
    chunks, faults, at = [], [], len(PNG_START)
    while at + 12 <= len(content):
        (long,) = struct.unpack(">I", content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + long]
        check = content[at + 8 + long : at + 12 + long]
        if len(data) != long or check != struct.pack(">I", zlib.crc32(kind + data)):
            faults.append("A part of the picture is damaged.")
        chunks.append((kind, data))
        at += 12 + long
        if kind == b"IEND":
            break
    if at != len(content):
        faults.append("Something was added after the end of the picture, or its end is missing.")
    return chunks, faults


def _png_content(chunks: list[tuple[bytes, bytes]]) -> dict[str, str]:
    picture, texts = hashlib.sha256(), hashlib.sha256()
    for kind, data in chunks:
        if not _is_manifest(kind, data):
            (texts if kind in _TEXTS else picture).update(
                struct.pack(">I", len(data)) + kind + data
            )
    return {"picture": picture.hexdigest(), "texts": texts.hexdigest()}


def _is_manifest(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(MANIFEST_ID.encode() + b"\0")


def _seal_png(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    chunks, _ = _chunks(content)
    made = _sealed("png", manifest, _png_content(chunks))
    text = json.dumps(made, ensure_ascii=False, allow_nan=False).encode("utf-8")
    data = MANIFEST_ID.encode() + b"\0\0\0\0\0" + text
    parts = [PNG_START]
    for kind, body in (*chunks[:-1], (b"iTXt", data), chunks[-1]):
        check = zlib.crc32(kind + body)
        parts += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", check)]
    return b"".join(parts)


def _unseal_png(content: bytes) -> Unsealed:
    chunks, faults = _chunks(content)
    held = [data for kind, data in chunks if _is_manifest(kind, data)]
    if not held:
        raise _nothing()
    manifest = _read(held[0][len(MANIFEST_ID) + 5 :])
    said, found = manifest.get("content") or {}, _png_content(chunks)
    faults += _compared(said.get("picture"), found["picture"], "The picture was altered.")
    faults += _compared(
        said.get("texts"), found["texts"], "The title or description in the file was altered."
    )
    faults += _compared(len(held), 1, "The file holds several manifests.")
    return Unsealed("png", manifest, faults)


# SVG and HTML: an element of our own, whose text is left out of the digest.


def _seal_svg(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    slot = f' <metadata id="{MANIFEST_ID}"></metadata>\n</svg>'
    return _seal_text(content.decode("utf-8"), "svg", _SVG, "</svg>", slot, manifest)


def _seal_html(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    slot = f'<script type="application/json" id="{MANIFEST_ID}"></script>\n</body>'
    return _seal_text(content.decode("utf-8"), "html", _HTML, "</body>", slot, manifest)


def _seal_text(
    text: str, form: str, slots: re.Pattern[str], end: str, slot: str, manifest: Mapping[str, Any]
) -> bytes:
    if not slots.search(text):
        before, _, after = text.rpartition(end)
        text = before + slot + after
    text = slots.sub(r"\1\3", text)
    made = _sealed(form, manifest, {"all": sha256_of(text)})
    told = json.dumps(made, ensure_ascii=False, allow_nan=False)
    if form == "svg":
        told = escape(told, quote=False)
    else:
        for letter in "<>&":
            told = told.replace(letter, f"\\u{ord(letter):04x}")
    return slots.sub(lambda found: found[1] + told + found[3], text).encode("utf-8")


def _unseal_text(content: bytes) -> Unsealed:
    text = content.decode("utf-8", "surrogateescape")
    for form, slots in (("svg", _SVG), ("html", _HTML)):
        held = slots.findall(text)
        if not held:
            continue
        told = held[0][1]
        manifest = _read(unescape(told) if form == "svg" else told)
        digest = sha256_of(slots.sub(r"\1\3", text).encode("utf-8", "surrogateescape"))
        faults = _compared((manifest.get("content") or {}).get("all"), digest,
                           "The content of the file was altered.")  # fmt: skip
        faults += _compared(len(held), 1, "The file holds several manifests.")
        return Unsealed(form, manifest, faults)
    raise _nothing()


# PDF: the file as it was, and an update after it that attaches the manifest.

_TAIL = b"\n%geomap-manifest\n"
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_XREF = re.compile(rb"startxref\s+(\d+)")


def _seal_pdf(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    made = _sealed("pdf", manifest, {"all": sha256_of(content), "bytes": len(content)})
    return content + _pdf_tail(content, made)


def _pdf_tail(content: bytes, manifest: Manifest) -> bytes:
    """Return the update that attaches a manifest to a PDF: the same for the same two."""
    roots, sizes, xrefs = (p.findall(content) for p in (_ROOT, _SIZE, _XREF))
    if not (roots and sizes and xrefs):
        message = "The PDF has no trailer that could be added to."
        raise InputError(message)
    root, size = int(roots[-1]), int(sizes[-1])
    catalog = re.search(rb"(?:^|\n)%d 0 obj\s*<<(.*?)>>\s*endobj" % root, content, re.DOTALL)
    inside = catalog[1] if catalog else b""
    text = json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")
    file_name = ZIP_MANIFEST.encode()
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
    tell = b" /Info %s 0 R" % info[-1] if info else b""
    out += b"trailer\n<< /Size %d /Root %d 0 R%s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(size + 2, root, tell, int(xrefs[-1])),
        table,
    )
    return bytes(out)


def _unseal_pdf(content: bytes) -> Unsealed:
    before, mark, tail = content.partition(_TAIL)
    if not mark:
        raise _nothing()
    found = re.search(rb"/EmbeddedFile .*?/Length (\d+) >>\nstream\n", tail, re.DOTALL)
    manifest = _read(tail[found.end() : found.end() + int(found[1])]) if found else {}
    said = manifest.get("content") or {}
    faults = _compared(said.get("all"), sha256_of(before), "The pages of the file were altered.")
    try:
        expected = _pdf_tail(before, manifest)
    except InputError:
        expected = b""
    faults += _compared(mark + tail, expected, "Something was added to the file, or taken away.")
    return Unsealed("pdf", manifest, faults)


# ZIP: a file manifest.json with the digest of every other file.


def _unseal_zip(content: bytes) -> Unsealed:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                message = "The archive is too large to be looked into."
                raise InputError(message)
            names = archive.namelist()
            if ZIP_MANIFEST not in names:
                raise _nothing()
            manifest = _read(archive.read(ZIP_MANIFEST))
            said = (manifest.get("content") or {}).get("files") or {}
            faults = _compared(len(names), len(set(names)), "The archive holds a name twice.")
            for name in sorted({*names, *said} - {ZIP_MANIFEST}):
                if name not in names:
                    faults.append(f"{name} is missing.")
                elif name not in said:
                    faults.append(f"{name} was added.")
                elif sha256_of(archive.read(name)) != said[name]:
                    faults.append(f"{name} was altered.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        message = f"The archive is damaged ({error}): ask for the original file."
        raise InputError(message) from error
    return Unsealed("zip", manifest, faults)
