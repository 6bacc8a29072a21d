"""The repair of a damaged workspace from what is whole of it; what it replaces is kept aside."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from geomap.errors import GeomapError, NotFoundError, StoreError
from geomap.files.flush import flush_new
from geomap.store import write_lock
from geomap.store.exchange import ASIDE, REBUILT, exchange, resume, set_aside
from geomap.store.locks import LOCK
from geomap.store.marker import MARKER
from geomap.store.whole_copy import copy_whole, link_file, link_files
from geomap.typing import Progress, silent
from geomap.workspace import sample
from geomap.workspace.check_folder import Fault, check_folder, kept_files, strange_parts
from geomap.workspace.contents import Contents
from geomap.workspace.lost_ledger import guessed_accounts, newest_named, stored_accounts
from geomap.workspace.rebuilt import NOTHING, ImportOutcome, RebuiltWorkspace, whole_outcome


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did, or would do; without faults it is empty.

    `base` is the newest whole version, on which it builds, `imports` what becomes of each, the
    newest first. `lost_files` are kept files that are damaged, `unread` those that belong to no
    import that is known. It is hopeless where nothing is left of what was there. `aside` is the
    folder with all that was replaced, "" where nothing was.
    """

    faults: tuple[Fault, ...] = ()
    base: int = 0
    imports: tuple[ImportOutcome, ...] = ()
    lost_files: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    events: int = 0
    is_hopeless: bool = False
    aside: str = ""

    @property
    def lost(self) -> int:
        """How many events of all imports cannot be brought back."""
        return sum(outcome.lost for outcome in self.imports)

    def as_dict(self) -> dict[str, Any]:
        """Return the values by name."""
        return {
            "faults": [fault._asdict() for fault in self.faults],
            "base": self.base,
            "imports": [outcome.as_dict() for outcome in self.imports],
            "lost_files": list(self.lost_files),
            "unread": list(self.unread),
            "events": self.events,
            "lost": self.lost,
            "aside": self.aside or None,
        }


def repair(folder: Path, *, dry_run: bool = False, progress: Progress = silent) -> RepairReport:
    """Rebuild a damaged workspace from its newest whole version and the kept files.

    Nothing is deleted: what is replaced is moved into a folder `damaged-<UTC>` of the workspace. A
    repair that is killed leaves the workspace as it was, or one that the next repair finishes.
    Where nothing can be rebuilt, nothing is changed.

    Parameters
    ----------
    folder
        Folder of a workspace.
    dry_run
        Report what would be done, and change nothing.
    progress
        Called with a sentence and the share done.

    Raises
    ------
    NotFoundError
        When there is no workspace in the folder.
    StoreError
        When a newer geomap wrote the workspace, or its folder cannot be read or written.
    """
    folder = folder.resolve()
    if not any((folder / name).exists() for name in ("tables", "files", sample.MARKER)):
        message = f"There is no workspace in {str(folder)!r}: check the name."
        raise NotFoundError(message)
    try:
        faults = check_folder(folder).faults
        if not faults:
            return RepairReport()
        if dry_run and {fault.part for fault in faults} <= strange_parts(folder).keys():
            return _as_it_is(folder, faults)
        if dry_run:
            with tempfile.TemporaryDirectory(prefix="geomap-repair-") as place:
                return _rebuilt(folder, Path(place), faults, progress)
        return _repaired(folder, faults, progress)
    except GeomapError:
        raise
    except OSError as error:
        message = (
            f"The workspace in {str(folder)!r} cannot be repaired ({error.strerror or error}): "
            "free space or mend the rights of the folder, then run geomap repair again."
        )
        raise StoreError(message) from error


def _repaired(folder: Path, faults: tuple[Fault, ...], progress: Progress) -> RepairReport:
    """Repair a damaged workspace and report what was done."""
    aside = _new_name(folder)
    small = strange_parts(folder)
    for part in small:
        set_aside(folder, part, aside)
    if sample.MARKER in small:
        sample.write_state(folder, "none")
    (folder / "tables").mkdir(exist_ok=True)
    with write_lock(folder / "tables"):
        finished = resume(folder)
        if not check_folder(folder).faults:
            return replace(_as_it_is(folder, faults), aside=finished or aside)
        shutil.rmtree(folder / REBUILT, ignore_errors=True)
        report = _rebuilt(folder, folder / REBUILT, faults, progress)
        if report.is_hopeless:
            shutil.rmtree(folder / REBUILT)
            return report
        _check(folder / REBUILT)
        flush_new(folder / REBUILT, frozenset())
        tables = _names(folder, "tables")
        # What is cached is cached by version, and versions may have other numbers now.
        out = [*tables, "cache", *(f"files/{name}" for name in report.lost_files)]
        exchange(folder, aside, out=out, back=_names(folder / REBUILT, "tables"))
    return replace(report, aside=aside)


def _as_it_is(folder: Path, faults: tuple[Fault, ...]) -> RepairReport:
    """Return the report on a workspace whose tables and kept files are whole."""
    contents = Contents(folder)
    imports = tuple(map(whole_outcome, contents.batches()))
    return RepairReport(faults, contents.version, imports, events=contents.count_events()[0])


def _new_name(folder: Path) -> str:
    """Return a name for the folder of replaced parts that is not taken yet."""
    name = f"{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    more = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(one for one in more if not (folder / one).exists())


def _names(folder: Path, part: str) -> list[str]:
    """Return what a folder of tables holds besides its marker and its lock."""
    return [
        f"{part}/{path.name}"
        for path in sorted((folder / part).iterdir())
        if path.name not in {MARKER, LOCK}
    ]


def _rebuilt(
    folder: Path, place: Path, faults: tuple[Fault, ...], progress: Progress
) -> RepairReport:
    """Rebuild a workspace in an empty folder, and report what that brings back."""
    tables = folder / "tables"
    kept, lost = kept_files(folder / "files")
    base = copy_whole(tables, place / "tables").version
    (place / "files").mkdir()
    for path in kept.values():
        link_file(path, place / "files" / path.name)
    link_files(folder / "layouts", place / "layouts")
    accounts, is_all = stored_accounts(tables)
    unread = {one: kept[one] for one in kept.keys() - {batch.sha256 for batch in accounts}}
    guessed = () if is_all else guessed_accounts(tables, accounts, unread)
    workspace = RebuiltWorkspace(place, damaged=folder, kept=kept)
    imports = workspace.bring_back((*accounts, *guessed), progress)
    unread = {one: unread[one] for one in unread.keys() - {batch.sha256 for batch in guessed}}
    if not is_all and all(batch.sha256 for batch in guessed):
        # With no rows that a file may have brought already, none of them can be doubled.
        fresh, unread = workspace.take_in_unknown(unread)
        imports = (*fresh, *imports)
    return RepairReport(
        faults,
        base,
        imports,
        tuple(path.name for path in lost),
        tuple(sorted(path.name for path in unread.values())),
        workspace.count_events()[0],
        is_hopeless=all(one.origin == NOTHING for one in imports)
        and bool(imports or lost or newest_named(tables)),
    )


def _check(place: Path) -> None:
    """Refuse to go on with a rebuilt workspace that is not whole."""
    for fault in check_folder(place).faults:
        message = (
            f"The workspace cannot be rebuilt ({fault.part}: {fault.message}): nothing was "
            "changed; restore a backup with geomap restore."
        )
        raise StoreError(message)
