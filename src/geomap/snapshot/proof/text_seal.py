"""The seal of SVG and HTML files: an element of our own, left out of the digest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof import sealing
from geomap.snapshot.proof.manifest import MANIFEST_ID

_SLOTS = {
    "svg": (f' <metadata id="{MANIFEST_ID}">', "</metadata>", "</svg>"),
    "html": (f'<script type="application/json" id="{MANIFEST_ID}">', "</script>", "</body>"),
}
"""Begin and end of the element, and the tag that it is put before, by format."""

_PATTERNS = {
    form: re.compile(f"({begin.strip()})(.*?)({end})", re.DOTALL)
    for form, (begin, end, _) in _SLOTS.items()
}


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
