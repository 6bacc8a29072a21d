"""A file of places into the imports of a workspace, with an account of every row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.errors import FileRefusedError, InputError
from geomap.files.sha256 import sha256_of_file
from geomap.gazetteer import import_shards
from geomap.gazetteer.import_shards import DUMP_LAYER, OWN_LAYER, SHAPES
from geomap.gazetteer.import_store import ImportReport, import_draft, name_of_file, write_report
from geomap.gazetteer.place_index import Row
from geomap.ingest.places.geonames_dump import looks_like_dump, read_dump
from geomap.ingest.places.import_row import ImportRow
from geomap.ingest.places.place_csv import find_place_columns, read_place_csv
from geomap.ingest.places.place_features import read_place_features
from geomap.ingest.places.place_record import PlaceRecords
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.json_stream import looks_like_features
from geomap.readers.sniff import judge_head
from geomap.readers.streams import FileStream, open_stream
from geomap.readers.unread_kinds import refuse_known_binary
from geomap.typing import Progress, silent

FORMATS = ("auto", "geonames", "geojson", "csv")
MOST_OUTLINES = 50_000
"""Places with outlines or dates are kept in memory while geomap runs: more are refused."""

_LISTED = 1_000
_ISSUE_KEYS = ("row", "column", "value", "code", "reason", "remedy")


def import_places(
    folder: Path,
    file: Path,
    *,
    name: str | None = None,
    label: str | None = None,
    form: str = "auto",
    replace: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take the places of a file into the folder of imports and return what became of each row.

    Only one process may write to the folder at a time; the caller sees to that.

    Parameters
    ----------
    folder, file
        Where the workspace keeps its imports; the file to read.
    name, label
        The name of the import, by default after the file; that of the file in the account.
    form
        A word of `FORMATS`.
    replace
        Whether an import of the same name makes way; it stays until the new one is whole.
    progress
        Called with a sentence and the share done, from 0 to 1.

    Raises
    ------
    FileRefusedError
        When the file cannot be used; nothing of it is kept.
    InputError
        When the name or the format cannot be used.
    StoreError
        When the folder cannot be written.
    """
    if form not in FORMATS:
        message = f"{form!r} is not a format of places; choose among {', '.join(FORMATS)}."
        raise InputError(message)
    chosen = name or name_of_file(Path(label or file).name)
    with import_draft(folder, chosen, replace=replace) as draft:
        return _write_import(draft, file, label or str(file), chosen, form, progress or silent)


def _write_import(
    draft: Path, file: Path, label: str, name: str, form: str, progress: Progress
) -> ImportReport:
    limits = TableLimits.from_environment()
    with open_stream(
        file, name=file.name, limits=limits, most="place_bytes", judge=judge_head
    ) as source:
        kind = _format_of(source) if form == "auto" else form

        def show(rows: int) -> None:
            progress(f"Reading {file.name}: {rows:,} rows", 0.98 * source.share())

        tally = _Tally(file.name, show)
        sources, licences = _credits(kind, file.name)
        rows = tally.count(_rows_of(source, kind, name), draft / SHAPES)
        shards = import_shards.write_shards(draft, rows, sources, licences)
    if not tally.accepted:
        first = tally.faults[0].reason if tally.faults else "It has no rows."
        message = (
            f"{file.name} holds no place that can be used: {tally.rejected:,} rows read as "
            f"{kind}, all rejected. {first}"
        )
        raise FileRefusedError(message, code="no_places")
    if not tally.outlines:
        (draft / SHAPES).unlink()
    progress("Counting up", 0.99)
    digest = sha256_of_file(file)
    report = ImportReport(
        name=name, path=label, sha256=digest, format=kind, rows=tally.accepted + tally.rejected,
        accepted=tally.accepted, rejected=tally.rejected, shards=shards, outlines=tally.outlines,
        issues=tally.issues(),
    )  # fmt: skip
    write_report(draft, report)
    return report


def _credits(kind: str, file_name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the source and the licence of the layer that the places of a file go into."""
    if kind == "geonames":
        return {DUMP_LAYER: f"GeoNames, {file_name}"}, {DUMP_LAYER: "CC BY 4.0"}
    return {OWN_LAYER: file_name}, {}


def _format_of(source: FileStream) -> str:
    head, name = source.head, source.name
    if not head.strip():
        message = f"{name} is empty: name a file with places in it."
        raise FileRefusedError(message, code="empty")
    refuse_known_binary(head, name=name)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = f"{name} is in UTF-16: save it as UTF-8."
        raise FileRefusedError(message, code="encoding")
    if b"\0" in head:
        message = f"{name} is not text: name a GeoNames dump, or a GeoJSON or CSV file of places."
        raise FileRefusedError(message, code="binary")
    text = head.decode("utf-8", "replace")
    if looks_like_features(text):
        return "geojson"
    if looks_like_dump(text):
        return "geonames"
    if find_place_columns(text) is not None:
        return "csv"
    message = (
        f"{name} is not a file of places that geomap knows: it is neither a GeoNames dump "
        "(19 columns between tabs) nor GeoJSON nor a CSV with columns name, lat and lon."
    )
    raise FileRefusedError(message, code="not_places")


def _rows_of(source: FileStream, kind: str, name: str) -> Iterator[ImportRow]:
    if kind == "geonames":
        return read_dump(source)
    records = PlaceRecords(name, source.name)
    reader = read_place_features if kind == "geojson" else read_place_csv
    return reader(source, records)


@dataclass
class _Tally:
    """Counts rows on their way into the index and keeps the first that have a fault."""

    name: str
    show: Callable[[int], None]
    accepted: int = 0
    rejected: int = 0
    outlines: int = 0
    faults: list[RowIssue] = field(default_factory=list)
    remarks: list[RowIssue] = field(default_factory=list)

    def count(self, rows: Iterator[ImportRow], shapes: Path) -> Iterator[Row]:
        """Yield the places for the index; write the other places as lines of GeoJSON."""
        with shapes.open("w", encoding="utf-8") as out:
            out.write('{"type":"FeatureCollection","features":[')
            for row in rows:
                if isinstance(row, RowIssue):
                    self._note(row)
                    continue
                self.accepted += 1
                if (self.accepted + self.rejected) % 10_000 == 0:
                    self.show(self.accepted + self.rejected)
                if isinstance(row, Row):
                    yield row
                    continue
                self.outlines += 1
                if self.outlines > MOST_OUTLINES:
                    message = (
                        f"{self.name} has more than {MOST_OUTLINES:,} places with outlines, dates "
                        "or sides, which are kept in memory; import the parts you need."
                    )
                    raise FileRefusedError(message, code="too_many_outlines")
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                out.write(("\n" if self.outlines == 1 else ",\n") + line)
            out.write("\n]}\n")

    def _note(self, issue: RowIssue) -> None:
        self.rejected += issue.rejected
        issues = self.faults if issue.rejected else self.remarks
        if len(issues) < _LISTED:
            issues.append(issue)

    def issues(self) -> tuple[dict[str, Any], ...]:
        """Return the issues to list, the rejected rows before the others, in the file's order."""
        listed = sorted([*self.faults, *self.remarks][:_LISTED], key=lambda issue: issue.row)
        return tuple({key: getattr(issue, key) for key in _ISSUE_KEYS} for issue in listed)
