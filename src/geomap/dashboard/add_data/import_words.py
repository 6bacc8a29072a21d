"""The report of a file in words and as tables.

Reports are mostly taken in the shape that `geomap ingest --json` prints.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from geomap.exports.csv_table import rows_as_csv
from geomap.ingest import IngestResult

MAX_COLUMNS = 60
ISSUE_COLUMNS = ("row", "column", "value", "code", "reason", "remedy")
_COUNT_WORDS = {
    "accepted": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "duplicate": "duplicate",
    "rejected": "rejected",
}
_OF_KEPT_WORDS = {
    "unplaced": "without a place",
    "undated": "without a date",
    "imprecise_place": "with a place known only roughly",
    "imprecise_date": "with days known only roughly",
    "flagged": "to look at",
}


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return the counts of a file as a sentence whose numbers add up."""
    rows, parts = counts.get("rows", 0), _parts(counts, _COUNT_WORDS)
    return f"{rows:,} {'row' if rows == 1 else 'rows'}{f': {parts}' if parts else ''}."


def _parts(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    return ", ".join(f"{counts[name]:,} {noun}" for name, noun in words.items() if counts.get(name))


def of_kept_in_words(of_kept: Mapping[str, int] | None) -> str:
    """Return a sentence on accepted rows with something unknown; "" when nothing is."""
    parts = _parts(of_kept or {}, _OF_KEPT_WORDS)
    return f"Of those kept: {parts}." if parts else ""


def issues_table(issues: Sequence[Mapping[str, Any]], *, codes: Sequence[str] = ()) -> pd.DataFrame:
    """Return the issues as a table in file order, with `codes` only those of these codes."""
    rows = [issue for issue in issues if not codes or issue.get("code") in codes]
    return pd.DataFrame([{n: i.get(n) for n in ISSUE_COLUMNS} for i in rows], columns=ISSUE_COLUMNS)


def issue_codes(issues: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many issues there are of each code, most frequent first."""
    return dict(Counter(str(issue.get("code")) for issue in issues).most_common())


def issues_csv(issues: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the issues as CSV in which a spreadsheet reads no cell as a formula."""
    return rows_as_csv(issues_table(issues)).encode("utf-8-sig")


def issues_json(issues: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the issues as JSON."""
    rows = [{name: issue.get(name) for name in ISSUE_COLUMNS} for issue in issues]
    return json.dumps(rows, ensure_ascii=False, indent=2).encode("utf-8")


_DATE_QUESTIONS = {
    "event_date": "Which column holds the day it happened? Name it below. Some rows of each:",
    "date_century": "Which is the first year that two digits may mean? Both readings fit:",
    "date_days": "A spreadsheet may have exchanged day and month in these dates. Did it?",
    "date_calendar": "Of which calendar are these years?",
}


def question_in_words(question: Mapping[str, Any]) -> str:
    """Return a question that only the user can answer, with the cells that raise it."""
    if question["about"] == "date_order":
        words = "Is the day or the month written first? Both readings fit every date of the file."
    elif question["about"] == "kind":
        words = "Does the file hold rows of events, or texts of articles? Say so below. It begins:"
    elif question["about"] == "release":
        words = (
            "This file lacks many events of the earlier release. Is it the whole dataset (they are "
            "marked as gone) or a part of it (they stay)? Say so below. Among them:"
        )
    elif question["about"] in _DATE_QUESTIONS:
        words = _DATE_QUESTIONS[question["about"]]
    else:
        words = "Which columns hold the date and the place? Name them below."
    proof = [str(line) for line in question.get("proof") or ()][:5]
    return "\n".join([words, *(f"  {line}" for line in proof)])


def preview_with_fields(head: pd.DataFrame, mapping: Mapping[str, str]) -> pd.DataFrame:
    """Return the first rows with each used column named after its field, used ones first."""
    fields = {column: field for field, column in mapping.items()}
    used = [column for column in head.columns if column in fields]
    rest = [column for column in head.columns if column not in fields]
    table = head[used + rest[:MAX_COLUMNS]]
    return table.rename(columns={c: f"{c} → {fields[c].replace('_', ' ')}" for c in used})


def reasons_table(columns: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return why each column feeds a field, or none: Column, Used as, Why, First cell."""
    names = ("Column", "Used as", "Why", "First cell")
    rows = [
        (c["column"], c["field"].replace("_", " ") or "not used", c["reason"], c["sample"])
        for c in columns
    ]
    return pd.DataFrame(rows, columns=list(names))


def safe_stem(name: str) -> str:
    """Return a file's name without its ending, made of letters, digits and "_" only."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    return re.sub(r"\W+", "_", stem)[:60].strip("_") or "file"


_LIST_COLUMNS = {"row": "Row", "event_date": "Day", "title": "Title", "event_id": "Id"}
_NUMBER_WORDS = {
    **_COUNT_WORDS,
    "changes": "changed cells",
    "gone": "gone from the newer release",
    "unplaced": "without a place",
    "undated": "without a date",
}
_UNDO_WORDS = {
    "removed": "removed",
    "restored": "back as before",
    "unmarked": "no longer marked as gone",
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


def numbers_of(report: IngestResult) -> dict[str, tuple[str, int]]:
    """Return the numbers of a report that have rows behind them: words and number by name."""
    counts = dict(report.batch.counts)
    counts.pop("rows", None)
    if report.release is not None:
        counts["changes"] = len(report.release.changes)
        counts["gone"] = len(report.release.gone)
    return {name: (_NUMBER_WORDS[name], count) for name, count in counts.items()}


def rows_of(report: IngestResult, name: str) -> pd.DataFrame:
    """Return the rows behind a number of a report."""
    if name == "changes" and report.release is not None:
        return changes_table(report.release.changes)
    if name == "gone" and report.release is not None:
        return events_list(report.release.gone)
    if name in {"duplicate", "rejected"}:
        return issues_table(
            [
                asdict(issue)
                for issue in report.issues
                if (issue.rejected if name == "rejected" else issue.code in _ROW_CODES)
            ]
        )
    fates = report.fates
    if fates is None:
        return pd.DataFrame(columns=list(_LIST_COLUMNS.values()))
    return events_list(fates[fates["fate"] == name])


def events_list(events: pd.DataFrame) -> pd.DataFrame:
    """Return events with the columns Row, Day, Title and Id."""
    table = pd.DataFrame(events).rename(columns={"row_number": "row"})
    table = table[list(_LIST_COLUMNS)].assign(event_date=table["event_date"].dt.date)
    return table.rename(columns=_LIST_COLUMNS).reset_index(drop=True)


def changes_table(changes: pd.DataFrame) -> pd.DataFrame:
    """Return changed cells with the columns Row, Id, Column, Old and New."""
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
    if counts := report["aggregates"]:
        return f"{report['file_name']}: {counts:,} count(s) removed."
    parts = _parts(report, _UNDO_WORDS)
    return f"{report['file_name']}: of its events {parts or 'none changes'}."
