"""One record of a user's own file as a place.

A point without dates goes into the index; what the index cannot hold (an outline, dates,
names with their sides) goes into the layer that is kept in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer.import_shards import OWN_LAYER
from geomap.gazetteer.place_index import Row
from geomap.ingest.places.import_row import (
    MOST_PEOPLE,
    BoundedWords,
    DrawnPlace,
    ImportRow,
    RowFault,
    SeenNumbers,
)
from geomap.ingest.places.place_kinds import kind_of_code, kind_of_word, known_code
from geomap.ingest.places.place_values import (
    Values,
    country_of,
    names_in,
    number_of,
    outline_of,
    point_of,
    text_of,
    validity_of,
)
from geomap.model import RowIssue, ToponymKind

_MOST_KM = 20_000.0


class PlaceRecords:
    """Turns the records of one file into places.

    Parameters
    ----------
    name, file_name
        The name of the import; that of the file, as the source of its places.
    """

    def __init__(self, name: str, file_name: str) -> None:
        self._name, self._source = name, f"{file_name}, imported as {name}"
        self._codes, self._divisions, self._seen = BoundedWords(), BoundedWords(), SeenNumbers()

    def rows(
        self, number: int, values: Values, geometry: Mapping[str, Any] | None
    ) -> Iterator[ImportRow]:
        """Yield the place of a record with remarks on it, or why it cannot be used.

        Parameters
        ----------
        number
            The number of the record in its file.
        values
            What it states, by field (`fields_of`).
        geometry
            GeoJSON; None for a record with coordinates in columns.
        """
        remarks: list[RowIssue] = []
        try:
            yield self._place(number, values, geometry, remarks)
        except RowFault as fault:
            yield fault.issue(number)
        else:
            yield from remarks

    def _place(
        self,
        number: int,
        values: Values,
        geometry: Mapping[str, Any] | None,
        remarks: list[RowIssue],
    ) -> Row | DrawnPlace:
        def usable(value: Any) -> Any:
            """Return a value, or None with a remark where it is a fault."""
            if not isinstance(value, RowFault):
                return value
            remarks.append(value.issue(number, rejected=False))
            return None

        by_language, listed = _names(values)
        forms = [text_of(form.get("name")) for form in (*by_language, *listed)]
        name = text_of(values.get("name")) or next(filter(None, forms), "")
        if not name:
            reason = "The place has no name."
            raise RowFault(reason, "Give it one in the column name.", code="no_name", column="name")
        outline = None if geometry is None else outline_of(geometry)
        point = point_of(values) if outline is None else _point_in(outline)
        days = validity_of(values)
        code = self._codes.add(known_code(text_of(values.get("feature_code"))))
        own_id = text_of(values.get("id")) or _digest(name, point or mapping(outline), days[0])
        row = Row(
            place_id=f"{self._name}:{own_id}",
            name=name,
            names=[form for form in forms if form],
            lat=point[1] if point else 0.0,
            lon=point[0] if point else 0.0,
            kind=_kind(values, code, outline),
            feature_code=code,
            country_code=usable(country_of(values)),
            admin1=self._divisions.add(text_of(values.get("admin1"))),
            layer=OWN_LAYER,
            population=int(usable(number_of(values, "population", MOST_PEOPLE)) or 0),
            importance=usable(number_of(values, "importance", 1.0)) or 0.0,
            uncertainty_km=usable(number_of(values, "uncertainty_km", _MOST_KM)),
        )
        sided = any(len(form) > 1 for form in listed)
        if point and not (any(days) or sided or values.get("ends") or values.get("adjectives")):
            return self._checked(row)
        names = sorted((*by_language, *listed), key=len, reverse=True)  # those with a side first
        return self._drawn(row, values, [form for form in names if form["name"]], outline, days)

    def _checked(self, row: Row) -> Row:
        if self._seen.add(int(_digest(row.place_id), 16)):
            reason = "An earlier row is the same place, or has the same id."
            raise RowFault(reason, "Remove one of them.", code="duplicate", value=row.place_id)
        return row

    def _drawn(
        self,
        row: Row,
        values: Values,
        names: Sequence[Mapping[str, Any]],
        outline: BaseGeometry | None,
        days: tuple[date | None, date | None],
    ) -> DrawnPlace:
        whole = shapely.Point(row.lon, row.lat) if outline is None else outline
        properties = {
            "place_id": row.place_id,
            "name": row.name,
            "names": [_name_form(form) for form in names],
            "feature_class": text_of(values.get("feature_class"))[:1].upper(),
            "feature_code": row.feature_code,
            "kind": row.kind.value,
            "country_code": row.country_code,
            "uncertainty_km": row.uncertainty_km,
            "population": row.population,
            "importance": row.importance,
            **_validity(days),
            "ends": _ends(values.get("ends")),
            "adjectives": [text_of(form["name"]) for form in names_in(values.get("adjectives"))],
            "note": text_of(values.get("note")),
            "source": text_of(values.get("source")) or self._source,
            "licence": text_of(values.get("licence")),
        }
        stated = {key: value for key, value in properties.items() if value not in (None, "", [])}
        return {"type": "Feature", "properties": stated, "geometry": mapping(whole)}


def _names(values: Values) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the names from columns of a language, and those from lists of names."""
    cells = values.items()
    by_language = [{"name": text_of(cell), "lang": key[5:]} for key, cell in cells if ":" in key]
    lists = (names_in(cell) for key, cell in cells if key.startswith("names"))
    return by_language, [name for names in lists for name in names]


def _validity(days: tuple[date | None, date | None]) -> dict[str, str]:
    named = zip(("valid_from", "valid_to"), days, strict=True)
    return {name: day.isoformat() for name, day in named if day}


def _name_form(form: Mapping[str, Any]) -> dict[str, str]:
    texts = {key: text_of(form.get(key)) for key in ("name", "lang", "side")}
    return {key: text for key, text in texts.items() if text} | _validity(validity_of(form))


def _ends(value: Any) -> list[list[str]]:
    """Return the place ids of the two ends of a road, nothing when it does not list both."""
    if not (isinstance(value, list) and len(value) == 2):
        return []
    return [
        [text_of(end) for end in (ends if isinstance(ends, list) else [ends])] for ends in value
    ]


def _point_in(outline: BaseGeometry) -> tuple[float, float] | None:
    return (outline.x, outline.y) if outline.geom_type == "Point" else None


def _kind(values: Values, code: str, outline: BaseGeometry | None) -> ToponymKind:
    letter = text_of(values.get("feature_class"))[:1]
    stated = kind_of_word(text_of(values.get("kind"))) or kind_of_code(letter, code)
    if stated is not None:
        return stated
    dimensions = 0 if outline is None else shapely.get_dimensions(outline)
    if dimensions:
        return ToponymKind.ROAD if dimensions == 1 else ToponymKind.ZONE
    return ToponymKind.CITY if text_of(values.get("population")) else ToponymKind.OTHER


def _digest(*parts: Any) -> str:
    text = "\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(text, digest_size=8).hexdigest()
