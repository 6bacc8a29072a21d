"""A workspace as one ZIP file, and back: every file of it with its digest."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from geomap.errors import InputError, NotFoundError, StoreError
from geomap.files.atomic import PARTIAL, replacing
from geomap.files.flush import flush_new
from geomap.store.locks import LOCK, write_lock
from geomap.workspace.check_folder import check_folder

CONTENTS = "geomap-backup.json"
"""The entry that lists the files of a backup with their SHA-256, last in the archive."""

_FORMAT = 1
_CHUNK = 1 << 20
_MOST_CONTENTS = 256_000_000


class BackupReport(NamedTuple):
    """The file or folder that was written; how many files it holds, and their bytes."""

    path: str
    files: int
    bytes: int


def back_up(folder: Path, target: Path) -> BackupReport:
    """Write a workspace to a ZIP file, which appears whole or not at all.

    Parameters
    ----------
    folder
        Folder of a workspace; imports wait until the backup is written.
    target
        File in an existing folder outside the workspace; replaced when it exists.

    Raises
    ------
    NotFoundError
        When there is no workspace in the folder, or no folder for the target.
    InputError
        When the target lies inside the workspace.
    StoreError
        When the workspace is damaged, or the system refuses a file.
    """
    folder, target = folder.resolve(), target.resolve()
    if not (folder / "tables").is_dir():
        message = f"There is no workspace in {str(folder)!r}: check the name."
        raise NotFoundError(message)
    if not target.parent.is_dir():
        message = f"There is no folder {str(target.parent)!r}: make it first."
        raise NotFoundError(message)
    if folder in target.parents:
        message = f"{str(target)!r} lies in the workspace itself: name a file outside it."
        raise InputError(message)
    with _explained("backup", target), write_lock(folder / "tables"):
        _check(folder, "Back up a whole workspace; geomap check lists its faults.")
        with replacing(target) as path:
            sizes = _write(folder, path)
    return BackupReport(str(target), len(sizes), sum(sizes.values()))


def restore(source: Path, folder: Path) -> BackupReport:
    """Make a workspace from a backup, in a folder that is empty or does not exist.

    Parameters
    ----------
    source
        A file that `back_up` wrote; it may come from somebody else.
    folder
        Where the workspace appears, whole or not at all.

    Raises
    ------
    NotFoundError
        When there is no such file.
    InputError
        When the folder has files, or the file is no backup, or not a whole one.
    StoreError
        When the disk has no room for it, the tables in it are damaged, or the system refuses a
        file.
    """
    folder = folder.resolve()
    if not source.is_file():
        message = f"There is no file {str(source)!r}: check the name."
        raise NotFoundError(message)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{str(folder)!r} is not empty: name a new folder with --workspace."
        raise InputError(message)
    with _explained("workspace", folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=folder.parent))
        try:
            total = _extract(source, fresh)
            _check(fresh, f"{source.name!r} was not restored.")
            flush_new(fresh, frozenset())
            if folder.exists():
                folder.rmdir()
            fresh.rename(folder)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    return BackupReport(str(folder), *total)


@contextmanager
def _explained(what: str, path: Path) -> Iterator[None]:
    """Raise what the system refuses as a sentence about what was to be written, and where."""
    try:
        yield
    except StoreError:  # a kind of OSError
        raise
    except OSError as error:
        message = (
            f"The {what} cannot be written to {str(path)!r} ({error.strerror or error}): free "
            "space, mend the rights of the folder, or name another."
        )
        raise StoreError(message) from error


def _check(folder: Path, what_to_do: str) -> None:
    for fault in check_folder(folder).faults:
        message = f"The workspace is damaged: {fault.part}: {fault.message} {what_to_do}"
        raise StoreError(message)


def _write(folder: Path, path: Path) -> dict[str, int]:
    """Write the archive and read it back; return the bytes of each file."""
    digests: dict[str, str] = {}
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for file in _files(folder):
            name = file.relative_to(folder).as_posix()
            entry = zipfile.ZipInfo.from_file(file, name, strict_timestamps=False)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open("rb") as stream, archive.open(entry, "w", force_zip64=True) as copy:
                digests[name], sizes[name] = _copy(stream, copy)
        contents = {"format": _FORMAT, "files": digests}
        archive.writestr(CONTENTS, json.dumps(contents, indent=1))
    with zipfile.ZipFile(path) as archive:
        for name, digest in digests.items():
            with archive.open(name) as stream:
                if _copy(stream, None)[0] != digest:
                    message = f"The backup cannot be read back ({name}): try another disk."
                    raise StoreError(message)
    return sizes


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a workspace; links, locks and files half written are left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        is_left_out = path.name == LOCK or any(part.startswith(PARTIAL) for part in parts)
        if path.is_file() and not path.is_symlink() and not is_left_out:
            yield path


def _copy(stream: IO[bytes], copy: IO[bytes] | None) -> tuple[str, int]:
    """Copy a stream, to nowhere with None; return the SHA-256 of its bytes and their number."""
    digest, size = sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    return digest.hexdigest(), size


def _extract(source: Path, folder: Path) -> tuple[int, int]:
    """Unpack a backup and compare each digest; return the number of files and their bytes."""
    refused = InputError(f"{source.name!r} is not a whole backup of geomap: use another copy.")
    try:
        with zipfile.ZipFile(source) as archive:
            digests = _contents(archive, refused)
            total = sum(archive.getinfo(name).file_size for name in digests)
            if total > shutil.disk_usage(folder).free:
                message = f"{source.name!r} needs {total / 1e6:,.0f} MB: make room on the disk."
                raise StoreError(message)
            for name, digest in digests.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as stream, target.open("xb") as copy:
                    if _copy(stream, copy)[0] != digest:
                        raise refused
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, RuntimeError,
            NotImplementedError, ValueError, FileExistsError) as error:  # fmt: skip
        if isinstance(error, InputError):
            raise
        raise refused from error
    return len(digests), total


def _contents(archive: zipfile.ZipFile, refused: InputError) -> Mapping[str, str]:
    """Return the digests of the files by name; every name is a path below the workspace."""
    if archive.getinfo(CONTENTS).file_size > _MOST_CONTENTS:
        raise refused
    contents = json.loads(archive.read(CONTENTS))
    files = contents.get("files") if isinstance(contents, dict) else None
    if not isinstance(files, dict) or contents.get("format") != _FORMAT:
        raise refused
    if set(files) | {CONTENTS} != set(archive.namelist()) or not all(map(_is_inside, files)):
        raise refused
    return files


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    is_odd = any(letter in name for letter in ":\\\0")  # drives and separators of Windows
    return not is_odd and not path.is_absolute() and ".." not in path.parts and str(path) == name
