"""The seal of PNG files: a text chunk of our own before the last chunk."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from geomap.snapshot.proof import sealing
from geomap.snapshot.proof.manifest import MANIFEST_ID

PNG_START = b"\x89PNG\r\n\x1a\n"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf")


def _chunks(content: bytes) -> tuple[list[tuple[bytes, bytes]], list[str]]:
    """Return kind and data of each chunk, and the faults of the file's structure."""
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


def seal_png(content: bytes, manifest: Mapping[str, Any]) -> bytes:
    """Return a PNG file with its manifest in a text chunk before the last chunk."""
    chunks, _ = _chunks(content)
    made = sealing.sealed("png", manifest, _png_content(chunks))
    data = MANIFEST_ID.encode() + b"\0\0\0\0\0" + sealing.as_json(made).encode("utf-8")
    parts = [PNG_START]
    for kind, body in (*chunks[:-1], (b"iTXt", data), chunks[-1]):
        check = zlib.crc32(kind + body)
        parts += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", check)]
    return b"".join(parts)


def unseal_png(content: bytes) -> sealing.Unsealed:
    """Return the manifest of a PNG file and its faults."""
    chunks, faults = _chunks(content)
    manifests = [data for kind, data in chunks if _is_manifest(kind, data)]
    if not manifests:
        raise sealing.no_manifest()
    manifest = sealing.read_manifest(manifests[0][len(MANIFEST_ID) + 5 :])
    stated, actual = sealing.content_of(manifest), _png_content(chunks)
    checks = {
        "The picture was altered.": stated.get("picture") == actual["picture"],
        "The title or description in the file was altered.": stated.get("texts") == actual["texts"],
        "The file holds several manifests.": len(manifests) == 1,
    }
    return sealing.Unsealed("png", manifest, [*faults, *sealing.failed(checks)])
