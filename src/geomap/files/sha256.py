"""SHA-256 of bytes, texts and files as 64 hexadecimal digits."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(content: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8.

    Parameters
    ----------
    content
        Bytes or text; lone surrogates in a text are encoded as they are.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 of a file's content, read piece by piece.

    Parameters
    ----------
    path
        File of any size.

    Raises
    ------
    OSError
        When the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
