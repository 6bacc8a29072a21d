"""What every seal has in common: the manifest with digests of the content around it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geomap.errors import InputError
from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof.manifest import canonical

ZIP_MANIFEST = "manifest.json"

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """The format and manifest of a file, and every way in which it was changed."""

    form: str
    manifest: Manifest
    faults: list[str] = field(default_factory=list)


def sealed(form: str, manifest: Mapping[str, Any], content: Mapping[str, Any]) -> Manifest:
    """Return a manifest with the digests of the content and its own digest."""
    made = {**manifest, "form": form, "content": dict(content)}
    made.pop("manifest_sha256", None)
    made = json.loads(canonical(made))
    return {**made, "manifest_sha256": sha256_of(canonical(made))}


def as_json(manifest: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return a manifest as it is written into a file."""
    return json.dumps(manifest, ensure_ascii=False, indent=indent, allow_nan=False)


def read_manifest(text: str | bytes) -> Manifest:
    """Return the manifest of a file; one that cannot be read any more is empty."""
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def content_of(manifest: Manifest) -> Mapping[str, Any]:
    """Return the digests of the content that a manifest states; empty where it has none."""
    return manifest.get("content") or {}


def no_manifest() -> InputError:
    """Return the error for a file without a manifest."""
    message = (
        "The file holds no manifest of geomap: it was not made by geomap snapshot, or another "
        "program wrote it anew and left the manifest out; ask for the original file."
    )
    return InputError(message)


def failed(checks: Mapping[str, bool]) -> list[str]:
    """Return the sentences whose check is false."""
    return [sentence for sentence, passed in checks.items() if not passed]
