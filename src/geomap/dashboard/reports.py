"""What was done with each file and row, in words and as tables to look at and to keep.

Pure: takes the report of a file in the shape that `geomap ingest --json` prints.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

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
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def question_in_words(question: Mapping[str, Any]) -> str:
    """Return what only the user can answer, with the cells that show why."""
    if question["about"] == "date_order":
        words = "Is the day or the month written first? Both readings fit every date of the file."
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
