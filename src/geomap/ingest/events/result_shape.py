"""The JSON shape of the result of an import, as `geomap ingest --json` prints it."""

from __future__ import annotations

from collections.abc import Mapping

from geomap.ingest.events.ingest_records import IngestResult, Release
from geomap.json_shapes import Shape, json_value

_EXAMPLES = 5
_LISTED = 100
_ISSUE = ("row", "column", "value", "code", "reason", "remedy")


def result_shape(result: IngestResult) -> Shape:
    """Return what became of one file as JSON values; what is not known is null.

    Parameters
    ----------
    result
        Result of one import, with or without the rows to write.
    """
    batch, question, release = result.batch, result.question, result.release
    return {
        "path": result.path,
        "sha256": batch.sha256 or None,
        "batch_id": batch.batch_id or None,
        "layout": batch.layout or None,
        "layout_reason": batch.layout_reason or None,
        "counts": dict(batch.counts) or None,
        "of_kept": dict(batch.of_kept) or None,
        "warnings": [warning._asdict() for warning in batch.warnings],
        "issues": [{name: getattr(issue, name) for name in _ISSUE} for issue in result.issues],
        "question": None
        if question is None
        else {
            "about": question.about,
            "choices": list(question.choices),
            "proof": list(question.proof),
        },
        "columns": [choice._asdict() for choice in result.columns],
        "release": None if release is None else release_shape(release, batch.counts),
    }


def release_shape(release: Release, counts: Mapping[str, int]) -> Shape:
    """Return what a newer release changes: numbers, with examples of what is behind them.

    Parameters
    ----------
    release, counts
        The release; the counts of its import, empty while a question stands.
    """
    changes, gone = release.changes, release.gone
    columns = [
        {
            "column": column,
            "count": int(count),
            "examples": [
                {name: json_value(row[name]) for name in ("event_id", "old", "new", "row")}
                for row in changes[changes["column"] == column].head(_EXAMPLES).to_dict("records")
            ],
        }
        for column, count in changes["column"].value_counts().items()
    ]
    events = gone.head(_LISTED)[["event_id", "event_date", "title"]].to_dict("records")
    return {
        "dataset": release.dataset,
        "of": list(release.of),
        "added": counts.get("accepted"),
        "changed": int(changes["event_id"].nunique()),
        "gone": len(gone),
        "returned": release.returned,
        "not_covered": release.outside,
        "columns": columns,
        "gone_events": [{k: json_value(v) for k, v in event.items()} for event in events],
    }
