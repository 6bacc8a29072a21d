"""The seal of archives: a file manifest.json with the digest of every other file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from geomap.errors import InputError
from geomap.exports.zip_file import zip_bytes
from geomap.files.sha256 import sha256_of
from geomap.snapshot.proof import sealing

_MAX_UNPACKED = 2_000_000_000


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
