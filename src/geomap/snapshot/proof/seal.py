"""Put the manifest into a file so that any later change of the file is detected.

Each kind of file has its own place for it (see the modules beside this one). The content around
the manifest is digested into it, and the manifest itself is digested: a changed pixel, letter, row
or word of the manifest is detected. A seal does not tell who made a file, only that it was not
changed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof import sealing
from geomap.snapshot.proof.manifest import canonical, id_again
from geomap.snapshot.proof.pdf_seal import seal_pdf, unseal_pdf
from geomap.snapshot.proof.png_seal import PNG_START, seal_png, unseal_png
from geomap.snapshot.proof.sealing import Unsealed
from geomap.snapshot.proof.text_seal import seal_text, unseal_text
from geomap.snapshot.proof.zip_seal import sealed_zip, unseal_zip

__all__ = ["Unsealed", "seal", "seal_html", "sealed_zip", "unseal"]


def seal(content: bytes, form: str, manifest: Mapping[str, Any]) -> bytes:
    """Return the content of a file ("png", "svg", "pdf" or "html") with its manifest inside."""
    if form == "png":
        return seal_png(content, manifest)
    return seal_pdf(content, manifest) if form == "pdf" else seal_text(content, form, manifest)


def seal_html(page: str, manifest: Mapping[str, Any]) -> str:
    """Return the text of an HTML page with its manifest inside."""
    return seal(page.encode("utf-8"), "html", manifest).decode("utf-8")


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
