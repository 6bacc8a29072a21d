"""The names in a workspace's texts and tables that no known place bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from geomap.gazetteer.dump_suggestions import UnplacedName
from geomap.ingest.events.place_names import PlaceFinder
from geomap.workspace.contents import Contents

NEIGHBOURS = 5
"""How many placed names around an unplaced one decide its country: one sentence or two."""

_UNKNOWN_PLACE = frozenset({"unplaced", "placed_in_division"})


def unplaced_names(contents: Contents) -> Iterator[UnplacedName]:
    """Yield the unplaced names of the articles, then those of the rows of tables.

    In an article the country is that of most of the placed names nearest to the name, in a table
    the one that the row states.

    Parameters
    ----------
    contents
        An open workspace.
    """
    toponyms = contents.toponyms()
    for _, names in toponyms.groupby("article_id", sort=False):
        yield from _of_article(names.sort_values("start_char"))
    finder = PlaceFinder(contents.gazetteer)
    for name, country in _unknown_places(contents):
        yield UnplacedName(name, finder.country_code(country))


def _of_article(names: pd.DataFrame) -> Iterator[UnplacedName]:
    """Yield the unplaced names of one article, whose toponyms come in the order of the text."""
    placed = names[names["place_id"].notna() & names["country_code"].notna()]
    for text, start in names.loc[names["place_id"].isna(), ["text", "start_char"]].itertuples(
        index=False
    ):
        nearest = (placed["start_char"] - start).abs().sort_values(kind="stable").index
        codes = placed.loc[nearest[:NEIGHBOURS], "country_code"].tolist()
        # of countries that are named equally often, the nearest comes first
        yield UnplacedName(text, Counter(codes).most_common(1)[0][0] if codes else None)


def _unknown_places(contents: Contents) -> Iterator[tuple[str, str | None]]:
    """Yield the name of the place and of the country of each row whose place is not known."""
    events = contents.events()
    of_tables = events[
        events["article_id"].isna() & events["place_name"].notna() & events["flags"].notna()
    ]
    is_unknown = [
        not _UNKNOWN_PLACE.isdisjoint(flags.split(";")) for flags in of_tables["flags"].tolist()
    ]
    rows = of_tables.loc[is_unknown, ["place_name", "country"]]
    for name, country in rows.itertuples(index=False):
        yield name, None if pd.isna(country) else country
