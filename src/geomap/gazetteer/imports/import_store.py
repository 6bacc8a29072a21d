"""The imports of a workspace: written whole or not at all, listed, replaced, removed, opened.

An import is written into a draft beside the others and renamed when it is whole. A draft that
a killed process left is removed by the next one that writes (`tidy`).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from geomap.errors import FileRefusedError, InputError, NotFoundError, StoreError
from geomap.files.sha256 import sha256_of_file
from geomap.gazetteer.imports import geonames_dump, place_record
from geomap.gazetteer.imports.feature_file import looks_like_features, read_features
from geomap.gazetteer.imports.geonames_dump import looks_like_dump, read_dump
from geomap.gazetteer.imports.import_row import Found
from geomap.gazetteer.imports.place_csv import find_table, read_table
from geomap.gazetteer.imports.place_record import Records
from geomap.gazetteer.imports.place_stream import Source, open_source
from geomap.gazetteer.place_index import NameIndex, Row, write_index
from geomap.gazetteer.place_index_chain import Shard
from geomap.gazetteer.place_layers import Layer, read_layer_lazily
from geomap.model import RowIssue
from geomap.typing import Progress, silent

FORMATS = ("auto", "geonames", "geojson", "csv")
SHARD_ROWS = 400_000  # measured: two million rows in under 400 MB of memory
MOST_OUTLINES = 50_000
"""Places with outlines or dates are kept in memory while geomap runs: more are refused."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_MANIFEST, _SHAPES, _NUMBERS = "import.json", "shapes.geojson", "geonameids.npy"
_DRAFT, _OLD = ".draft-", ".old-"
_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file of places; `rows` is always `accepted` and `rejected` together.

    `outlines` counts the accepted places that an index cannot hold. `issues` lists the first
    thousand rows that were rejected, then rows that were taken without one of their values.
    """

    name: str
    path: str
    sha256: str
    format: str
    rows: int
    accepted: int
    rejected: int
    shards: int
    outlines: int = 0
    issues: tuple[dict[str, Any], ...] = ()


@dataclass
class _Tally:
    """Counts rows on their way into the index and keeps the first that have a fault."""

    file: Path
    tell: Callable[[int], None]
    accepted: int = 0
    rejected: int = 0
    outlines: int = 0
    faults: list[RowIssue] = field(default_factory=list)
    remarks: list[RowIssue] = field(default_factory=list)

    def rows(self, found: Iterator[Found], shapes: Path) -> Iterator[Row]:
        """Yield the rows for the index; write the other places as lines of GeoJSON."""
        with shapes.open("w", encoding="utf-8") as out:
            out.write('{"type":"FeatureCollection","features":[')
            for item in found:
                if isinstance(item, RowIssue):
                    self._note(item)
                    continue
                self.accepted += 1
                if (self.accepted + self.rejected) % 10_000 == 0:
                    self.tell(self.accepted + self.rejected)
                if isinstance(item, Row):
                    yield item
                    continue
                self.outlines += 1
                if self.outlines > MOST_OUTLINES:
                    message = (
                        f"{self.file.name} has more than {MOST_OUTLINES:,} places with outlines, "
                        "dates or sides, which are kept in memory; import the parts you need."
                    )
                    raise FileRefusedError(message, code="too_many_outlines")
                line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
                out.write(("\n" if self.outlines == 1 else ",\n") + line)
            out.write("\n]}\n")

    def _note(self, issue: RowIssue) -> None:
        self.rejected += issue.rejected
        kept = self.faults if issue.rejected else self.remarks
        if len(kept) < _LISTED:
            kept.append(issue)

    def issues(self) -> tuple[dict[str, Any], ...]:
        """Return what is said about rows, rejected ones first in line, in the file's order."""
        listed = sorted([*self.faults, *self.remarks][:_LISTED], key=lambda issue: issue.row)
        words = ("row", "column", "value", "code", "reason", "remedy")
        return tuple({word: getattr(issue, word) for word in words} for issue in listed)


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
        Where the workspace keeps its imports; what to read.
    name, label
        What to call the import, by default after the file; how to name the file in the account.
    form
        A word of `FORMATS`.
    replace
        Whether an import of the same name makes way; it stays until the new one is whole.
    progress
        Called with a sentence and the share done.

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
    chosen = _checked(name) if name else _name_of(Path(label or file).name)
    if (folder / chosen).exists() and not replace:
        message = (
            f"There already is an import named {chosen!r}: give another --name, or --replace it."
        )
        raise InputError(message)
    tell = progress or silent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder))
        try:
            report = _written(draft, file, label or str(file), chosen, form, tell)
            _settle(draft, folder / chosen)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        message = f"{folder} cannot be written ({error.strerror}): make room, or mend its rights."
        raise StoreError(message) from error
    return report


def _written(
    draft: Path, file: Path, label: str, name: str, form: str, tell: Progress
) -> ImportReport:
    with open_source(file) as source:
        kind = _format_of(source, form)
        tally = _Tally(file, lambda rows: tell(f"Reading {file.name}: {rows:,} rows",
                                               0.98 * source.share()))  # fmt: skip
        sources, licences = _credits(kind, source.name)
        rows = tally.rows(_found(source, kind, name), draft / _SHAPES)
        shards = _write_shards(draft, rows, sources, licences)
    if not tally.accepted:
        first = tally.faults[0].reason if tally.faults else "It has no rows."
        message = (
            f"{file.name} holds no place that can be used: {tally.rejected:,} rows read as "
            f"{kind}, all rejected. {first}"
        )
        raise FileRefusedError(message, code="no_places")
    if not tally.outlines:
        (draft / _SHAPES).unlink()
    tell("Counting up", 0.99)
    digest = sha256_of_file(file)
    count = tally.accepted + tally.rejected
    report = ImportReport(name, label, digest, kind, count, tally.accepted, tally.rejected,
                          shards, tally.outlines, tally.issues())  # fmt: skip
    text = json.dumps({**asdict(report), "layout": 1}, ensure_ascii=False, indent=1)
    (draft / _MANIFEST).write_text(text + "\n", "utf-8", "backslashreplace")
    return report


def _write_shards(
    draft: Path, rows: Iterator[Row], sources: dict[str, str], licences: dict[str, str]
) -> int:
    """Write the rows as shards of bounded size, so that memory is bounded too."""
    number = 0
    while (first := next(rows, None)) is not None:
        number += 1
        shard = draft / f"shard-{number:03}"
        shard.mkdir()
        ids = array("Q")
        some = _numbered(chain([first], islice(rows, SHARD_ROWS - 1)), ids)
        write_index(shard, some, sources, licences)
        if ids:
            np.save(shard / _NUMBERS, np.frombuffer(ids, "u8"))
    return number


def _numbered(rows: Iterator[Row], ids: array[int]) -> Iterator[Row]:
    """Pass rows on and keep the GeoNames ids of a dump's: the world may have the same places."""
    for row in rows:
        if row.layer == geonames_dump.LAYER:
            ids.append(int(row.place_id.removeprefix("gn:")))
        yield row


def _format_of(source: Source, form: str) -> str:
    if form != "auto":
        return form
    head = source.head.decode("utf-8", "replace")
    if looks_like_features(head):
        return "geojson"
    if looks_like_dump(head):
        return "geonames"
    if find_table(head) is not None:
        return "csv"
    message = (
        f"{source.name} is not a file of places that geomap knows: it is neither a GeoNames dump "
        "(19 columns between tabs) nor GeoJSON nor a CSV with columns name, lat and lon."
    )
    raise FileRefusedError(message, code="not_places")


def _found(source: Source, kind: str, name: str) -> Iterator[Found]:
    if kind == "geonames":
        return read_dump(source)
    own = Records(name, source.name)
    return read_features(source, own) if kind == "geojson" else read_table(source, own)


def _credits(kind: str, name: str) -> tuple[dict[str, str], dict[str, str]]:
    if kind == "geonames":
        return {geonames_dump.LAYER: f"GeoNames, {name}"}, {geonames_dump.LAYER: "CC BY 4.0"}
    return {place_record.LAYER: name}, {}


def _settle(draft: Path, final: Path) -> None:
    """Put the draft in its place; what was there before goes only when that has worked."""
    old = final.with_name(_OLD + final.name)
    if final.exists():
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
    try:
        draft.rename(final)
    except OSError:
        if old.exists() and not final.exists():
            old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def tidy(folder: Path) -> None:
    """Remove what killed imports left; an import that had just made way comes back."""
    for left in folder.glob(f"{_OLD}*"):
        final = folder / left.name.removeprefix(_OLD)
        if final.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(final)
    for left in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)


def forget_places(folder: Path, name: str) -> None:
    """Remove an import.

    Raises
    ------
    NotFoundError
        When there is none of this name.
    """
    if not (folder / _checked(name) / _MANIFEST).is_file():
        message = f"There is no import named {name!r}; geomap gazetteer list shows those there are."
        raise NotFoundError(message)
    going = folder / f"{_DRAFT}{name}"
    shutil.rmtree(going, ignore_errors=True)
    (folder / name).rename(going)
    shutil.rmtree(going, ignore_errors=True)


def known_imports(folder: Path) -> tuple[ImportReport, ...]:
    """Return the account of each import, by name.

    Raises
    ------
    StoreError
        When one cannot be read.
    """
    return tuple(_read_manifest(path) for path in _manifests(folder))


def _manifests(folder: Path) -> list[Path]:
    found = folder.glob(f"*/{_MANIFEST}")
    return sorted(path for path in found if not path.parent.name.startswith("."))


def _read_manifest(path: Path) -> ImportReport:
    try:
        told = json.loads(path.read_text("utf-8"))
        told.pop("layout", None)
        return ImportReport(**{**told, "issues": tuple(told["issues"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} cannot be read; remove the folder {path.parent} and import again."
        raise StoreError(message) from error


def open_imports(folder: Path) -> tuple[tuple[Shard, ...], tuple[Layer, ...]]:
    """Return the index shards of all imports, and their layers of places with outlines or dates.

    Raises
    ------
    StoreError
        When an import is damaged.
    """
    shards: list[Shard] = []
    layers: list[Layer] = []
    for manifest in _manifests(folder):
        home = manifest.parent
        shards += [_open_shard(shard) for shard in sorted(home.glob("shard-*"))]
        if (home / _SHAPES).is_file():
            layers.append(read_layer_lazily(home / _SHAPES, "user"))
    return tuple(shards), tuple(layers)


def _open_shard(folder: Path) -> Shard:
    numbers = folder / _NUMBERS
    try:
        known = np.load(numbers, mmap_mode="r") if numbers.is_file() else None
    except (OSError, ValueError) as error:
        message = f"{numbers} cannot be read; remove {folder.parent} and import again."
        raise StoreError(message) from error
    return Shard(NameIndex(folder), known)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name) or name.endswith("."):
        message = (
            f"{name!r} cannot name an import: use small letters, digits, dots, hyphens and "
            "underscores, such as azerbaijan-2026."
        )
        raise InputError(message)
    return name


def _name_of(file_name: str) -> str:
    stem = file_name.split(".", maxsplit=1)[0].lower()
    return re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_")[:60] or "places"
