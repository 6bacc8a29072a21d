"""The exchange of damaged parts of a workspace for rebuilt ones, which a kill cannot tear apart.

While it is under way, a note takes the place of the marker: nothing is read or written until the
exchange is finished, by this repair or by the next one. The damaged parts go first, then the
rebuilt ones come, and the new marker, last of all, replaces the note.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from geomap.files.atomic import PARTIAL, write_file
from geomap.files.flush import flush
from geomap.store.marker import MARKER, REPAIRING

REBUILT = f"{PARTIAL}repair"
"""Name of the folder in a workspace in which the rebuilt parts wait."""

ASIDE = "damaged-"
"""Start of the name of the folder in a workspace that holds what a repair replaced."""

_NOTE = Path("tables") / MARKER


def exchange(workspace: Path, aside: str, *, out: Sequence[str], back: Sequence[str]) -> None:
    """Move damaged parts of a workspace aside, and rebuilt ones from `REBUILT` to their places.

    Parameters
    ----------
    workspace
        Folder of the workspace; a repair holds the lock of its tables.
    aside
        Name of a new folder in it.
    out, back
        The parts that go there, and those that come; relative to the workspace, without the marker.

    Raises
    ------
    OSError
        When a file cannot be moved; `resume` goes on from there.
    """
    folder, note_file = workspace / aside, workspace / _NOTE
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    if note_file.is_file():
        shutil.copyfile(note_file, folder / _NOTE)
        flush(folder / _NOTE, os.O_RDWR)
    elif os.path.lexists(note_file):
        note_file.rename(folder / _NOTE)
    note = {REPAIRING: aside, "out": list(out), "back": list(back)}
    write_file(note_file, json.dumps(note, indent=1).encode())
    resume(workspace)


def resume(workspace: Path) -> str | None:
    """Finish an exchange that was interrupted; return the folder of the damaged parts, else None.

    Parameters
    ----------
    workspace
        Folder of the workspace; a repair holds the lock of its tables.
    """
    note = _note_of(workspace)
    if note is None:
        return None
    aside, rebuilt = workspace / note[REPAIRING], workspace / REBUILT
    for name in note["out"]:
        if not os.path.lexists(aside / name):
            _move(workspace / name, aside / name)
    for name in note["back"]:
        _move(rebuilt / name, workspace / name)
    if (rebuilt / _NOTE).is_file():
        _move(rebuilt / _NOTE, workspace / _NOTE)
    else:  # somebody removed what was rebuilt: the next repair rebuilds it again
        (workspace / _NOTE).unlink()
    shutil.rmtree(rebuilt, ignore_errors=True)
    return str(note[REPAIRING])


def set_aside(workspace: Path, name: str, aside: str) -> None:
    """Move one small part of a workspace aside.

    Parameters
    ----------
    workspace, name, aside
        Folder of the workspace; path of the part, and name of the folder it goes to, in it.
    """
    _move(workspace / name, workspace / aside / name)


def _move(source: Path, target: Path) -> None:
    """Move a file or folder, if it is still there."""
    if not os.path.lexists(source):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    if os.name != "nt":  # Windows has no handle on a folder that could be flushed
        for folder in (source.parent, target.parent):
            flush(folder, os.O_RDONLY)


def _note_of(workspace: Path) -> dict[str, Any] | None:
    """Return the note of an exchange; None when there is none, or it leads out of the workspace."""
    try:
        note = json.loads((workspace / _NOTE).read_bytes())
        names = [note[REPAIRING], *note["out"], *note["back"]]
        is_ours = note[REPAIRING].startswith(ASIDE) and all(map(_is_inside, names))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return note if is_ours else None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not {":", "\\"} & set(name)
