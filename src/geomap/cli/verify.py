"""`geomap verify`: whether a snapshot is unaltered, and whether it matches the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.options import Common, HideSourceOption, readable
from geomap.cli.snapshot_source import SnapshotSource
from geomap.cli.terminal import print_json, print_lines
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.query import EventQuery
    from geomap.sharing import Redaction
    from geomap.snapshot import ChangesSince, Comparison, Unsealed, View

MAX_BYTES = 500_000_000


def verify(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of geomap snapshot.")],
    hidden: HideSourceOption = None,
    common: Common,
) -> None:
    """Check whether a snapshot is unaltered: exit code 0, or 1 and the differences.

    When its workspace is available, its content is also compared with the data.

    Example: geomap verify december.png
    """
    from geomap.snapshot import report_of

    unsealed = _unsealed(file)
    comparison, since = _comparison(unsealed, tuple(map(readable, hidden or ())), common)
    report = report_of(str(file), unsealed, comparison)
    report["since"] = None if since is None else since._asdict()
    if common.json:
        print_json(report)
    elif not common.quiet or not report["intact"]:
        print_lines(_lines(report))
    if not report["intact"]:
        raise typer.Exit(1)


def _unsealed(file: Path) -> Unsealed:
    from geomap.snapshot import unseal

    try:
        if file.stat().st_size > MAX_BYTES:
            message = f"{file.name} is larger than {MAX_BYTES // 1_000_000} MB: it is no snapshot."
            raise InputError(message)
        content = file.read_bytes()
    except OSError as error:
        message = f"{str(file)!r} cannot be read ({error.strerror}): check the name."
        raise InputError(message) from error
    try:
        return unseal(content)
    except InputError as error:
        message = f"{file.name}: {error}"
        raise InputError(message) from error


def _comparison(
    unsealed: Unsealed, hidden: tuple[str, ...], common: Common
) -> tuple[Comparison, ChangesSince | None]:
    """Return how a file differs from its data, and what became of its events since."""
    from geomap.snapshot import Comparison, compare_with

    if unsealed.faults:
        why = "The file itself is not as it was made."
        return Comparison(compared=False, why_not=why), None
    if not (common.folder / "tables").is_dir():
        why = f"There is no workspace in {common.folder}."
        return Comparison(compared=False, why_not=why), None
    workspace = common.open_workspace(sample=False)
    manifest = unsealed.manifest
    in_workspace = {batch.sha256[:8] for batch in workspace.batches()}
    in_file = {one.get("file_sha256_begins") for one in manifest.get("sources") or []} - {None}
    version = (manifest.get("data") or {}).get("version")
    has_version = isinstance(version, int) and 0 <= version <= workspace.version
    # A view without events names no file by which its workspace could be known.
    if not in_file or not in_file <= in_workspace or not has_version:
        why = (
            f"The workspace {common.folder} does not hold the files or the version that it was "
            "made of."
        )
        return Comparison(compared=False, why_not=why), None
    sources: list[SnapshotSource] = []

    def remake(query: EventQuery, version: int, redaction: Redaction) -> View:
        sources.append(SnapshotSource(workspace, query, version, redaction))
        return sources[0].view

    comparison = compare_with(unsealed, remake, hidden=hidden)
    return comparison, sources[0].changes_since() if sources else None


def _lines(report: dict[str, Any]) -> Iterator[str]:
    data = report["data"]
    name = f"{report['path']}: {report['form']}, snapshot {report['snapshot_id']}"
    yield f"{name}, {'intact' if report['intact'] else 'NOT as it was made'}."
    for fault in report["faults"]:
        yield f"  {fault}"
    if not data["compared"]:
        yield f"  Not compared with the data: {data['why_not']}"
        return
    if report["intact"]:
        yield f"  It shows what the data say at version {report['version']}."
    for note in data["notes"]:
        yield f"  {note}"
    if since := {word: n for word, n in (report["since"] or {}).items() if n}:
        words = ", ".join(f"{n:,} {word}" for word, n in since.items())
        yield f"  Since version {report['version']}: {words}."
