"""What was done with each file and row, in words and as tables to look at and to keep.

Pure: takes the report of a file, mostly in the shape that `geomap ingest --json` prints.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.exports.csv_table import plain_text
from geomap.workspace import FileReport

Tables = Callable[[str], pd.DataFrame]

MOST_COLUMNS = 60
ISSUE_COLUMNS = ("row", "column", "value", "code", "reason", "remedy")
_COUNT_WORDS = (
    ("accepted", "new"),
    ("updated", "updated"),
    ("unchanged", "unchanged"),
    ("duplicate", "duplicate"),
    ("rejected", "rejected"),
)
_OF_KEPT_WORDS = (
    ("unplaced", "without a place"),
    ("undated", "without a date"),
    ("imprecise_place", "with a place known only roughly"),
    ("imprecise_date", "with days known only roughly"),
    ("flagged", "to look at"),
)


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return the counts of a file as a sentence whose numbers add up."""
    parts = [f"{counts[name]:,} {words}" for name, words in _COUNT_WORDS if counts.get(name)]
    rows = counts.get("rows", 0)
    noun = "row" if rows == 1 else "rows"
    return f"{rows:,} {noun}: {', '.join(parts)}." if parts else f"{rows:,} {noun}."


def is_news(counts: Mapping[str, int]) -> bool:
    """Return whether a file adds or changes any event."""
    return bool(counts.get("accepted") or counts.get("updated"))


def of_kept_in_words(of_kept: Mapping[str, int] | None) -> str:
    """Return what is known only in part about the rows that were kept; "" when all is known."""
    known = of_kept or {}
    parts = [f"{known[name]:,} {words}" for name, words in _OF_KEPT_WORDS if known.get(name)]
    return f"Of those kept: {', '.join(parts)}." if parts else ""


def issues_table(issues: Sequence[Mapping[str, Any]], *, codes: Sequence[str] = ()) -> pd.DataFrame:
    """Return the issues as a table in file order; `codes` keeps only those reasons."""
    kept = [issue for issue in issues if not codes or issue.get("code") in codes]
    return pd.DataFrame([{n: i.get(n) for n in ISSUE_COLUMNS} for i in kept], columns=ISSUE_COLUMNS)


def issue_codes(issues: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many issues there are of each code, most frequent first."""
    return dict(Counter(str(issue.get("code")) for issue in issues).most_common())


def issues_csv(issues: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the issues as CSV in which no cell is read as a formula by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(ISSUE_COLUMNS)
    for issue in issues:
        writer.writerow([_plain_cell(issue.get(name)) for name in ISSUE_COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def issues_json(issues: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the issues as JSON."""
    kept = [{name: issue.get(name) for name in ISSUE_COLUMNS} for issue in issues]
    return json.dumps(kept, ensure_ascii=False, indent=2).encode("utf-8")


def _plain_cell(value: Any) -> Any:
    return plain_text(value) if isinstance(value, str) else value


def question_in_words(question: Mapping[str, Any]) -> str:
    """Return what only the user can answer, with the cells that show why."""
    if question["about"] == "date_order":
        words = "Is the day or the month written first? Both readings fit every date of the file."
    elif question["about"] == "kind":
        words = "Does the file hold rows of events, or texts of articles? Say so below. It begins:"
    elif question["about"] == "release":
        words = (
            "This file lacks many events of the earlier release. Is it the whole dataset (they are "
            "marked as gone) or a part of it (they stay)? Say so below. Among them:"
        )
    else:
        words = "Which columns hold the date and the place? Name them below."
    proof = [str(line) for line in question.get("proof") or ()][:5]
    return "\n".join([words, *(f"  {line}" for line in proof)])


def preview_with_fields(head: pd.DataFrame, mapping: Mapping[str, str]) -> pd.DataFrame:
    """Return the first rows with each used column named after its field, used ones first."""
    fields = {column: field for field, column in mapping.items()}
    used = [column for column in head.columns if column in fields]
    rest = [column for column in head.columns if column not in fields]
    table = head[used + rest[:MOST_COLUMNS]]
    return table.rename(columns={c: f"{c} → {fields[c].replace('_', ' ')}" for c in used})


def safe_stem(name: str) -> str:
    """Return a file's name without its ending, made of letters, digits and "_" only."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    return re.sub(r"\W+", "_", stem)[:60].strip("_") or "file"


_LIST_COLUMNS = {"row": "Row", "event_date": "Day", "title": "Title", "event_id": "Id"}
_NUMBER_WORDS = {
    **dict(_COUNT_WORDS),
    "changes": "changed cells",
    "gone": "gone from the newer release",
    "unplaced": "without a place",
    "undated": "without a date",
}
NUMBER_NOTES = {
    "changes": "Each cell that changes, with its old and its new value.",
    "gone": (
        "Events of the earlier release that this one no longer has. They are marked, not deleted, "
        "and still counted."
    ),
    "duplicate": "Rows of the file that another row of it stands for.",
    "rejected": "Rows that became no event, each with its reason.",
}
_ROW_CODES = frozenset({"duplicate_row", "conflicting_version"})


def numbers_of(report: FileReport) -> dict[str, tuple[str, int]]:
    """Return the numbers of a report that have rows behind them: words and number by name."""
    counts = dict(report.counts or {})
    counts.pop("rows", None)
    if report.release is not None:
        counts["changes"] = len(report.release.changes)
        counts["gone"] = len(report.release.gone)
    return {name: (_NUMBER_WORDS[name], count) for name, count in counts.items()}


def rows_of(report: FileReport, name: str) -> pd.DataFrame:
    """Return the rows behind a number of a report."""
    if name == "changes" and report.release is not None:
        return changes_table(report.release.changes)
    if name == "gone" and report.release is not None:
        return events_list(report.release.gone)
    if name in {"duplicate", "rejected"}:
        wanted = [
            {word: getattr(issue, word) for word in ISSUE_COLUMNS}
            for issue in report.issues
            if (issue.rejected if name == "rejected" else issue.code in _ROW_CODES)
        ]
        return issues_table(wanted)
    fates = report.fates
    if fates is None:
        return pd.DataFrame(columns=list(_LIST_COLUMNS.values()))
    return events_list(fates[fates["fate"] == name])


def events_list(events: pd.DataFrame) -> pd.DataFrame:
    """Return events as a person reads a list of them."""
    table = pd.DataFrame(events).rename(columns={"row_number": "row"})
    table = table[list(_LIST_COLUMNS)].assign(event_date=table["event_date"].dt.date)
    return table.rename(columns=_LIST_COLUMNS).reset_index(drop=True)


def changes_table(changes: pd.DataFrame) -> pd.DataFrame:
    """Return changed cells as a person reads them."""
    words = {"row": "Row", "event_id": "Id", "column": "Column", "old": "Old", "new": "New"}
    return changes[list(words)].rename(columns=words)


def release_in_words(release: Mapping[str, Any]) -> str:
    """Return what a newer release changes as a sentence."""
    parts = [f"{release['added'] or 0:,} added", f"{release['changed']:,} changed"]
    if release["gone"]:
        parts.append(f"{release['gone']:,} gone (marked, not deleted)")
    if release["returned"]:
        parts.append(f"{release['returned']:,} back again")
    return f"A newer release of {release['dataset']}: {', '.join(parts)}."


def change_in_words(column: Mapping[str, Any]) -> str:
    """Return how often a column changes, with the first examples of old and new value."""
    lines = [f"{column['count']:,} changed"]
    for cell in column["examples"][:3]:
        old, new = (
            "nothing" if cell[word] is None else str(cell[word])[:80] for word in ("old", "new")
        )
        lines.append(f"row {cell['row']}: {old} → {new}")
    return "\n".join(lines)


def undo_in_words(report: Mapping[str, Any]) -> str:
    """Return what taking an import back changes as a sentence."""
    parts = [
        (report["removed"], "removed"),
        (report["restored"], "back as before"),
        (report["unmarked"], "no longer marked as gone"),
    ]
    told = ", ".join(f"{number:,} {words}" for number, words in parts if number)
    return f"{report['file_name']}: of its events {told or 'none changes'}."
