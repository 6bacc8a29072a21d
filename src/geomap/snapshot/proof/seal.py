"""Put the manifest into a file so that any later change of the file is detected.

SVG and HTML files hold it in an element of their own, archives in a file manifest.json; PNG and PDF
have modules of their own. The content around the manifest is digested into it, and the manifest
itself is digested: a changed pixel, letter, row or word of the manifest is detected. A seal does
not say who made a file, only that it was not changed since.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from geomap.errors import InputError
from geomap.exports.zip_archive import zip_bytes
from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof import sealing
from geomap.snapshot.proof.manifest import MANIFEST_ID, canonical, id_again
from geomap.snapshot.proof.pdf_seal import seal_pdf, unseal_pdf
from geomap.snapshot.proof.png_seal import PNG_START, seal_png, unseal_png
from geomap.snapshot.proof.sealing import Unsealed

__all__ = ["Unsealed", "seal", "sealed_zip", "unseal"]

_SLOTS = {
    "svg": (f' <metadata id="{MANIFEST_ID}">', "</metadata>", "</svg>"),
    "html": (f'<script type="application/json" id="{MANIFEST_ID}">', "</script>", "</body>"),
}
"""Begin and end of the element, and the tag that it is put before, by format."""

_PATTERNS = {
    form: re.compile(f"({begin.strip()})(.*?)({end})", re.DOTALL)
    for form, (begin, end, _) in _SLOTS.items()
}

_MAX_UNPACKED = 2_000_000_000


def seal(content: bytes, form: str, manifest: Mapping[str, Any]) -> bytes:
    """Return the content of a file ("png", "svg", "pdf" or "html") with its manifest inside."""
    if form == "png":
        return seal_png(content, manifest)
    return seal_pdf(content, manifest) if form == "pdf" else seal_text(content, form, manifest)


def unseal(content: bytes) -> Unsealed:
    """Return the manifest of a file and every way in which the file was changed.

    Parameters
    ----------
    content
        The bytes of a PNG, SVG, PDF, HTML or ZIP file; its format is read from them.

    Raises
    ------
    InputError
        When the file holds no manifest of geomap, or is a damaged archive.
    """
    if content.startswith(PNG_START):
        unsealed = unseal_png(content)
    elif content.startswith(b"%PDF"):
        unsealed = unseal_pdf(content)
    elif content.startswith(b"PK"):
        unsealed = unseal_zip(content)
    else:
        unsealed = unseal_text(content)
    faults = [*unsealed.faults, *_manifest_faults(unsealed.manifest)]
    return Unsealed(unsealed.form, unsealed.manifest, faults)


def _manifest_faults(manifest: sealing.Manifest) -> list[str]:
    if "geomap_manifest" not in manifest:
        return ["The manifest in the file was altered: it cannot be read any more."]
    rest = {name: value for name, value in manifest.items() if name != "manifest_sha256"}
    faults = []
    if manifest.get("manifest_sha256") != sha256_of(canonical(rest)):
        faults.append("The manifest was altered after the file was made.")
    if manifest.get("snapshot_id") != id_again(manifest):
        faults.append("The snapshot id does not belong to what the manifest says.")
    counts = manifest.get("counts")
    if not isinstance(counts, dict) or not all(isinstance(n, int) for n in counts.values()):
        faults.append("The manifest has no counts.")
    elif sum(counts.values()) != 2 * counts.get("total", -1):
        faults.append("The counts do not add up.")
    return faults


def seal_text(content: bytes, form: str, manifest: Mapping[str, Any]) -> bytes:
    """Return an SVG or HTML file with its manifest in an element of its own.

    A file that has an empty element for it already keeps the place of the element.
    """
    text, pattern = content.decode("utf-8"), _PATTERNS[form]
    if not pattern.search(text):
        begin, end, last = _SLOTS[form]
        before, _, after = text.rpartition(last)
        text = f"{before}{begin}{end}\n{last}{after}"
    text = pattern.sub(r"\1\3", text)
    written = sealing.as_json(sealing.sealed(form, manifest, {"all": sha256_of(text)}))
    if form == "svg":
        written = escape(written, quote=False)
    else:
        for letter in "<>&":
            written = written.replace(letter, f"\\u{ord(letter):04x}")
    return pattern.sub(lambda match: match[1] + written + match[3], text).encode("utf-8")


def unseal_text(content: bytes) -> sealing.Unsealed:
    """Return the manifest of an SVG or HTML file and its faults."""
    text = content.decode("utf-8", "surrogateescape")
    for form, pattern in _PATTERNS.items():
        elements = pattern.findall(text)
        if not elements:
            continue
        written = elements[0][1]
        manifest = sealing.read_manifest(unescape(written) if form == "svg" else written)
        actual = sha256_of(pattern.sub(r"\1\3", text).encode("utf-8", "surrogateescape"))
        stated = sealing.content_of(manifest).get("all")
        checks = {
            "The content of the file was altered.": stated == actual,
            "The file holds several manifests.": len(elements) == 1,
        }
        return sealing.Unsealed(form, manifest, sealing.failed(checks))
    raise sealing.no_manifest()


def sealed_zip(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> bytes:
    """Return an archive of files (content by name), with a manifest of their digests."""
    digests = {name: sha256_of(content) for name, content in files.items()}
    text = sealing.as_json(sealing.sealed("zip", manifest, {"files": digests}), indent=1)
    return zip_bytes({sealing.ZIP_MANIFEST: text.encode("utf-8"), **files})


def unseal_zip(content: bytes) -> sealing.Unsealed:
    """Return the manifest of an archive and its faults."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                message = "The archive is too large to be looked into."
                raise InputError(message)
            names = archive.namelist()
            if sealing.ZIP_MANIFEST not in names:
                raise sealing.no_manifest()
            manifest = sealing.read_manifest(archive.read(sealing.ZIP_MANIFEST))
            stated = sealing.content_of(manifest).get("files") or {}
            faults = [] if len(names) == len(set(names)) else ["The archive holds a name twice."]
            for name in sorted({*names, *stated} - {sealing.ZIP_MANIFEST}):
                if name not in names:
                    faults.append(f"{name} is missing.")
                elif name not in stated:
                    faults.append(f"{name} was added.")
                elif sha256_of(archive.read(name)) != stated[name]:
                    faults.append(f"{name} was altered.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        message = f"The archive is damaged ({error}): ask for the original file."
        raise InputError(message) from error
    return sealing.Unsealed("zip", manifest, faults)
