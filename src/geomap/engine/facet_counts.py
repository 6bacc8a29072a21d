"""How many events have each word of a criterion, and between which numbers they lie."""

from __future__ import annotations

from geomap.sql import Sql, identifier, joined, sql
from geomap.store import Database
from geomap.vocabulary.criteria import Criterion

EVENTS = sql("events")


def word_counts(
    database: Database, criterion: Criterion, *, events: Sql = EVENTS
) -> dict[str | None, int]:
    """Return how many events have each word of a criterion, the most frequent first.

    An event that has a word in two columns counts once. None stands for the events without any
    word; of several closed lists these are not counted.

    Parameters
    ----------
    database, criterion
        With a table `events`; a criterion of words.
    events
        The table to count in (`EventTable.not_hidden`).
    """
    columns = [identifier(column.name) for column in criterion.columns]
    if len(columns) > 1 and criterion.words:
        apart = [_counts(database, [column], events) for column in columns]
        return {word: n for counts in apart for word, n in counts.items() if word is not None}
    return _counts(database, columns, events)


def _counts(database: Database, columns: list[Sql], events: Sql) -> dict[str | None, int]:
    """Return the counts of words that stand in any of some columns."""
    none = sql("SELECT NULL AS word FROM {} WHERE coalesce({}) IS NULL", events, joined(columns))
    parts = [none]
    for number, column in enumerate(columns):
        differs = [sql("{} IS DISTINCT FROM {}", column, before) for before in columns[:number]]
        where = joined([sql("{} IS NOT NULL", column), *differs], " AND ")
        parts.append(sql("SELECT {} AS word FROM {} WHERE {}", column, events, where))
    counted = (sql("SELECT word, count(*) AS n FROM ({}) GROUP BY word", part) for part in parts)
    statement = sql(
        "SELECT word, sum(n)::BIGINT AS n FROM ({}) GROUP BY word ORDER BY n DESC, word",
        joined(counted, " UNION ALL "),
    )
    answer = database.query(statement)
    return dict(zip(answer["word"].to_pylist(), answer["n"].to_pylist(), strict=True))


def number_extent(
    database: Database, criterion: Criterion, *, events: Sql = EVENTS
) -> tuple[int, int, int] | None:
    """Return the least and the greatest number of a criterion, and how many events have one.

    Parameters
    ----------
    database, criterion
        With a table `events`; a criterion of numbers.
    events
        The table to look in (`EventTable.not_hidden`).

    Returns
    -------
    extent
        None when no event has a number.
    """
    columns = joined([identifier(column.name) for column in criterion.columns], ", ")
    statement = sql(
        "SELECT min(least({columns})) AS low, max(greatest({columns})) AS high, "
        "count(coalesce({columns})) AS n FROM {events}",
        columns=columns,
        events=events,
    )
    extent = database.query(statement).to_pylist()[0]
    return (extent["low"], extent["high"], extent["n"]) if extent["n"] else None
