"""What each column or property of a file of places holds, by the many names it may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from geomap.paths import packaged_rows

_LANGUAGE = re.compile(r"^(?:alt_?)?name[\s_:.-]([a-z]{2,3})$", re.IGNORECASE)


@cache
def _fields() -> dict[str, tuple[str, int]]:
    """Return the field and the rank of each name that a column may have."""
    rows = packaged_rows("geomap.ingest.places", "place_columns.tsv")
    return {name: (field, rank) for field, names in rows for rank, name in enumerate(names.split())}


def fields_of(headers: Iterable[str]) -> dict[str, str]:
    """Return the field of each column or property that is understood.

    That is a field, "name:xx" for a name in a language, and "names 2" and so on for further
    columns of other names. Of several headers for one field the most usual one is taken.
    """
    fields: dict[str, str] = {}
    ranks: dict[str, int] = {}
    more = 1
    for header in headers:
        plain = re.sub(r"[^a-z0-9]+", "", header.casefold())
        language = _LANGUAGE.match(header.strip())
        field, rank = _fields().get(plain, ("", 0))
        if field == "names" and field in ranks:
            more += 1
            fields[header] = f"names {more}"
        elif field and rank < ranks.get(field, 99):
            fields = {key: other for key, other in fields.items() if other != field}
            fields[header], ranks[field] = field, rank
        elif not field and language:
            fields.setdefault(header, f"name:{language[1].lower()}")
    return fields
