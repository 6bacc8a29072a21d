"""What became of one file that was given to a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.ingest import IngestResult, Question, Release
from geomap.model import RowIssue

Warnings = tuple[tuple[str, str], ...]

EXAMPLES = 5
LISTED = 100
_CELL = ("event_id", "old", "new")


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: how it was understood, what became of each row, or why it was refused.

    `counts` is None while a `question` stands and for a file that was `refused`; the reason
    is then the last of `warnings`. `changed` says whether anything was (or, in a dry run,
    would be) written.
    """

    path: str
    sha256: str | None = None
    batch_id: str | None = None
    layout: str | None = None
    layout_reason: str | None = None
    mapping: Mapping[str, str] | None = None
    counts: Mapping[str, int] | None = None
    of_kept: Mapping[str, int] | None = None
    warnings: Warnings = ()
    issues: tuple[RowIssue, ...] = ()
    question: Question | None = None
    refused: bool = False
    changed: bool = False
    release: Release | None = None
    fates: pd.DataFrame | None = None

    @classmethod
    def of_result(
        cls, result: IngestResult, *, path: str, sha256: str, batch_id: str, changed: bool
    ) -> FileReport:
        """Return the report of a file that could be read."""
        return cls(
            path,
            sha256,
            batch_id,
            result.layout or None,
            result.layout_reason,
            dict(result.mapping),
            result.counts.as_dict() if result.counts else None,
            result.of_kept.as_dict() if result.of_kept else None,
            tuple((warning.code, warning.message) for warning in result.warnings),
            result.issues,
            result.question,
            changed=changed,
            release=result.release,
            fates=result.fates,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the shape that `geomap ingest --json` prints for each file."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "batch_id": self.batch_id,
            "layout": self.layout,
            "layout_reason": self.layout_reason,
            "counts": None if self.counts is None else dict(self.counts),
            "of_kept": None if self.of_kept is None else dict(self.of_kept),
            "warnings": [{"code": code, "message": text} for code, text in self.warnings],
            "issues": [_issue(issue) for issue in self.issues],
            "question": None if self.question is None else _question(self.question),
            "release": None if self.release is None else release_shape(self.release, self.counts),
        }


def _issue(issue: RowIssue) -> dict[str, Any]:
    words = ("row", "column", "value", "code", "reason", "remedy")
    return {word: getattr(issue, word) for word in words}


def release_shape(release: Release, counts: Mapping[str, int] | None) -> dict[str, Any]:
    """Return what a newer release changes: numbers, with examples of what is behind them."""
    changes, gone = release.changes, release.gone
    columns = [
        {
            "column": column,
            "count": int(count),
            "examples": [
                {word: None if pd.isna(row[word]) else row[word] for word in _CELL}
                | {"row": int(row["row"])}
                for row in changes[changes["column"] == column].head(EXAMPLES).to_dict("records")
            ],
        }
        for column, count in changes["column"].value_counts().items()
    ]
    return {
        "dataset": release.dataset,
        "of": list(release.of),
        "added": counts["accepted"] if counts else None,
        "changed": int(changes["event_id"].nunique()),
        "gone": len(gone),
        "returned": release.returned,
        "not_covered": release.outside,
        "columns": columns,
        "gone_events": [
            {
                "event_id": event_id,
                "event_date": None if pd.isna(day) else str(day.date()),
                "title": None if pd.isna(title) else title,
            }
            for event_id, day, title in zip(
                gone["event_id"], gone["event_date"], gone["title"], strict=True
            )
        ][:LISTED],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "about": question.about,
        "choices": list(question.choices),
        "proof": list(question.proof),
    }
