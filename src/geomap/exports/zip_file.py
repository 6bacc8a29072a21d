"""The one writer of ZIP archives: equal files give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_COMPRESSED = (".png", ".docx", ".gpkg", ".parquet")


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of some files, without the clock and without compressing twice.

    Parameters
    ----------
    files
        Content of each file by its name in the archive, in the order of the archive.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            # The earliest moment of the format, the same for all entries.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            is_packed = name.endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
