"""One record of a user's own file as a place: columns by many names, dates, outlines.

A point without dates goes into the index; what the index cannot hold (an outline, dates,
names with their sides) goes into the layer that is kept in memory.
"""

from __future__ import annotations

import calendar
import hashlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer.imports.import_row import (
    MOST_PEOPLE,
    Drawn,
    Found,
    Refusal,
    Seen,
    Words,
    degrees,
    kind_of_code,
    kind_of_word,
    known_code,
    one_line,
    parts_of,
)
from geomap.gazetteer.place_index import Row
from geomap.model import RowIssue, ToponymKind

LAYER = "user"
_ALIASES = {
    "name": "name placename nameen place toponym geographicname title label",
    "lat": "lat latitude y ycoord latwgs84 latdd decimallatitude ylat",
    "lon": "lon lng long longitude x xcoord lonwgs84 londd decimallongitude xlon xlong",
    "names": "names alternatenames alternatename altnames altname othernames aliases alias "
             "variants variantnames synonyms alternativenames asciiname",
    "kind": "kind type featuretype category placetype",
    "feature_code": "featurecode fcode fcl featcode",
    "feature_class": "featureclass fclass",
    "country_code": "countrycode country iso iso2 iso31661 isocode cc",
    "admin1": "admin1 admin1code adm1",
    "population": "population pop",
    "valid_from": "validfrom startdate datefrom since begin start",
    "valid_to": "validto enddate dateto until end",
    "uncertainty_km": "uncertaintykm uncertainty radius radiuskm precisionkm accuracykm",
    "id": "placeid id geonameid gid fid",
    "importance": "importance",
    "ends": "ends",
    "adjectives": "adjectives",
    "note": "note notes",
    "source": "source",
    "licence": "licence license",
}  # fmt: skip
_FIELDS = {
    alias: (field, rank)
    for field, words in _ALIASES.items()
    for rank, alias in enumerate(words.split())
}
_LANGUAGE = re.compile(r"^(?:alt_?)?name[\s_:.-]([a-z]{2,3})$", re.IGNORECASE)
_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$")
_GROUPED = re.compile(r"^\d{1,3}([ ,'\u2009\u202f]\d{3})+$")
_UNDRAWABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError,
               shapely.errors.ShapelyError)  # fmt: skip
_MOST_KM = 20_000.0


def fields_of(headers: Iterable[str]) -> dict[str, str]:
    """Return what each column or property that is understood holds.

    That is a field, "name:xx" for a name in a language, and "names 2" and so on for further
    columns of other names. Of several headers for one field the most usual one is taken.
    """
    fields: dict[str, str] = {}
    ranks: dict[str, int] = {}
    more = 1
    for header in headers:
        plain = re.sub(r"[^a-z0-9]+", "", header.casefold())
        language = _LANGUAGE.match(header.strip())
        field, rank = _FIELDS.get(plain, ("", 0))
        if field == "names" and field in ranks:
            more += 1
            fields[header] = f"names {more}"
        elif field and rank < ranks.get(field, 99):
            fields = {key: other for key, other in fields.items() if other != field}
            fields[header], ranks[field] = field, rank
        elif not field and language:
            fields.setdefault(header, f"name:{language[1].lower()}")
    return fields


class Records:
    """Turns the records of one file into places; `name` is the import's."""

    def __init__(self, name: str, file_name: str) -> None:
        self._name, self._source = name, f"{file_name}, imported as {name}"
        self._codes, self._divisions, self._seen = Words(), Words(), Seen()

    def found(
        self, number: int, values: Mapping[str, Any], geometry: Mapping[str, Any] | None
    ) -> Iterator[Found]:
        """Yield the place of a record with remarks on it, or why it cannot be used.

        Parameters
        ----------
        number
            The number of the record in its file.
        values
            What it says, by field (`field_of`).
        geometry
            GeoJSON; None for a record with coordinates in columns.
        """
        try:
            remarks: list[RowIssue] = []
            place = self._place(number, values, geometry, remarks)
        except Refusal as refusal:
            yield refusal.issue(number)
            return
        yield place
        yield from remarks

    def _place(
        self,
        number: int,
        values: Mapping[str, Any],
        geometry: Mapping[str, Any] | None,
        remarks: list[RowIssue],
    ) -> Row | Drawn:
        listed = [form for key, told in values.items() if key.startswith("names")
                  for form in _listed(told)]  # fmt: skip
        plain = [_text(form.get("name")) if isinstance(form, dict) else form for form in listed]
        by_language = [(key[5:], _text(value)) for key, value in values.items() if ":" in key]
        forms = [*(form for _, form in by_language), *plain]
        name = _text(values.get("name")) or next(filter(None, forms), "")
        if not name:
            reason = "The place has no name."
            raise Refusal(reason, "Give it one in the column name.", code="no_name", column="name")
        outline = None if geometry is None else _outline(geometry)
        point = _point(values) if outline is None else _point_of(outline)
        first, last = _dates(values)
        code = self._codes.kept(known_code(_text(values.get("feature_code"))))
        own_id = _text(values.get("id")) or _digest(name, point or mapping(outline), first)
        row = Row(
            place_id=f"{self._name}:{own_id}",
            name=name,
            names=[form for form in forms if form],
            lat=point[1] if point else 0.0,
            lon=point[0] if point else 0.0,
            kind=_kind(values, code, outline),
            feature_code=code,
            country_code=_country(number, values, remarks),
            admin1=self._divisions.kept(_text(values.get("admin1"))),
            layer=LAYER,
            population=int(_number(number, values, "population", MOST_PEOPLE, remarks) or 0),
            importance=_number(number, values, "importance", 1.0, remarks) or 0.0,
            uncertainty_km=_number(number, values, "uncertainty_km", _MOST_KM, remarks),
        )
        sided = any(isinstance(form, dict) and len(form) > 1 for form in listed)
        if point and not (first or last or sided or values.get("ends") or values.get("adjectives")):
            if self._seen.before(int(_digest(row.place_id), 16)):
                reason = "An earlier row is the same place, or has the same id."
                raise Refusal(reason, "Remove one of them.", code="duplicate", value=row.place_id)
            return row
        known = [form for form in listed if isinstance(form, dict)]
        stated = [{"name": form, "lang": lang} for lang, form in by_language if form]
        stated += [{"name": form} for form in listed if isinstance(form, str)]
        return self._drawn(row, values, [*known, *stated], outline, (first, last))

    def _drawn(
        self,
        row: Row,
        values: Mapping[str, Any],
        names: list[dict[str, Any]],
        outline: BaseGeometry | None,
        days: tuple[date | None, date | None],
    ) -> Drawn:
        first, last = days
        whole = shapely.Point(row.lon, row.lat) if outline is None else outline
        properties = {
            "place_id": row.place_id,
            "name": row.name,
            "names": [_form(form) for form in names],
            "feature_class": _text(values.get("feature_class"))[:1].upper(),
            "feature_code": row.feature_code,
            "kind": row.kind.value,
            "country_code": row.country_code,
            "uncertainty_km": row.uncertainty_km,
            "population": row.population,
            "importance": row.importance,
            "valid_from": first.isoformat() if first else None,
            "valid_to": last.isoformat() if last else None,
            "ends": _ends(values.get("ends")),
            "adjectives": [word for word in _listed(values.get("adjectives")) if word],
            "note": _text(values.get("note")),
            "source": _text(values.get("source")) or self._source,
            "licence": _text(values.get("licence")),
        }
        kept = {key: value for key, value in properties.items() if value not in (None, "", [])}
        return {"type": "Feature", "properties": kept, "geometry": mapping(whole)}


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value)
    # A half of a letter, which JSON can write and no file can hold, becomes a question mark.
    return one_line(text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8"))


def _listed(value: Any) -> Iterator[str | dict[str, Any]]:
    """Yield the names of a list, or of a cell that lists several."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and _text(item.get("name")):
                yield item
            elif text := _text(item):
                yield text
    else:
        yield from parts_of(_text(value))


def _form(form: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"name": _text(form["name"])}
    for key in ("lang", "side"):
        if _text(form.get(key)):
            kept[key] = _text(form[key])
    first, last = _dates(form)
    if first:
        kept["valid_from"] = first.isoformat()
    if last:
        kept["valid_to"] = last.isoformat()
    return kept


def _ends(value: Any) -> list[list[str]]:
    """Return the place ids of the two ends of a road, nothing when they are not told that way."""
    if not (isinstance(value, list) and len(value) == 2):
        return []
    return [[_text(end) for end in (ends if isinstance(ends, list) else [ends])] for ends in value]


def _point(values: Mapping[str, Any]) -> tuple[float, float]:
    lat = degrees(_decimal(_text(values.get("lat"))), 90, "latitude")
    return degrees(_decimal(_text(values.get("lon"))), 180, "longitude"), lat


def _decimal(text: str) -> str:
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _point_of(outline: BaseGeometry) -> tuple[float, float] | None:
    return (outline.x, outline.y) if outline.geom_type == "Point" else None


def _outline(geometry: Mapping[str, Any]) -> BaseGeometry:
    remedy = "Draw it again, with longitude first, in degrees of WGS 84."
    try:
        found = shapely.force_2d(shape(geometry))
        bounds = shapely.bounds(found).tolist()
    except _UNDRAWABLE as error:
        reason = "The geometry cannot be read."
        raise Refusal(reason, remedy, code="geometry", column="geometry") from error
    if found.is_empty or not all(map(math.isfinite, bounds)):
        reason = "The geometry is empty."
        raise Refusal(reason, remedy, code="geometry", column="geometry")
    west, south, east, north = bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        reason = "The geometry leaves the world: longitude past 180 or latitude past 90."
        where = f"{west:.5g},{south:.5g},{east:.5g},{north:.5g}"
        raise Refusal(reason, remedy, code="coordinates", column="geometry", value=where)
    return found if found.is_valid else shapely.make_valid(found)


def _kind(values: Mapping[str, Any], code: str, outline: BaseGeometry | None) -> ToponymKind:
    told = kind_of_word(_text(values.get("kind"))) or kind_of_code(
        _text(values.get("feature_class"))[:1], code
    )
    if told is not None:
        return told
    dimensions = 0 if outline is None else shapely.get_dimensions(outline)
    if dimensions:
        return ToponymKind.ROAD if dimensions == 1 else ToponymKind.ZONE
    return ToponymKind.CITY if _text(values.get("population")) else ToponymKind.OTHER


def _dates(values: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first = _day(values, "valid_from", last=False)
    last = _day(values, "valid_to", last=True)
    if first and last and last < first:
        reason = f"The place ends ({last}) before it begins ({first})."
        raise Refusal(reason, "Swap or mend the dates.", code="dates", column="valid_to")
    return first, last


def _day(values: Mapping[str, Any], field: str, *, last: bool) -> date | None:
    """Return a day; a year or month alone stands for its first or last day."""
    text = _text(values.get(field))
    if not text:
        return None
    match = _DATE.match(text)
    try:
        found = None if match is None else _day_of(int(match[1]), match[2], match[3], last=last)
    except ValueError:
        found = None
    if found is None:
        reason, remedy = "The date cannot be read.", "Write it as YYYY-MM-DD, YYYY-MM or YYYY."
        raise Refusal(reason, remedy, code="dates", column=field, value=text)
    return found


def _day_of(year: int, month: str | None, day: str | None, *, last: bool) -> date:
    in_year = int(month or (12 if last else 1))
    in_month = int(day or (calendar.monthrange(year, in_year)[1] if last else 1))
    return date(year, in_year, in_month)


def _number(
    number: int, values: Mapping[str, Any], field: str, most: float, remarks: list[RowIssue]
) -> float | None:
    text = _text(values.get(field))
    text = re.sub(r"\D", "", text) if _GROUPED.match(text) else _decimal(text)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        reason = f"The {field} is not a number from 0 up; the place is kept without it."
        said = Refusal(reason, "Write digits only.", code=field, column=field, value=text)
        remarks.append(said.issue(number, rejected=False))
        return None
    return min(value, most)


def _country(number: int, values: Mapping[str, Any], remarks: list[RowIssue]) -> str | None:
    text = _text(values.get("country_code")).upper()
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text
    if text:
        reason = "The country is not a code of two letters; the place is kept without it."
        remedy = "Write ISO 3166-1 alpha-2, such as AZ."
        said = Refusal(reason, remedy, code="country_code", column="country_code", value=text)
        remarks.append(said.issue(number, rejected=False))
    return None


def _digest(*parts: Any) -> str:
    told = "\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(told, digest_size=8).hexdigest()
