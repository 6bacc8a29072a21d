"""The places of the gazetteer as a layer: roads as lines, zones as areas, points as diamonds.

The layer holds every dated version; the page shows those that are true on some day of the
window. Countries, provinces and regions known by a point alone are not drawn: a centroid is
not a place to point at. Which of its names labels a place is a policy
(`geomap.symbology.name_policy`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import shapely
from folium.map import Layer
from folium.template import Template

from geomap.maps.assets import json_bytes
from geomap.maps.templates import template_arguments
from geomap.model import AREA_KINDS, PlaceName
from geomap.symbology.name_policy import names_by_policy
from geomap.tables import valid_between

APPROXIMATE_KM = 5.0
"""A road whose course may be off by more than this is drawn dashed."""

_DECIMALS = 5


class PlaceLayer(Layer):
    """Places drawn by js/map/places.js, which fetches them: no name is part of the template.

    Parameters
    ----------
    src
        Address of the result of `places_json`, as the map's frame resolves it.
    channel
        Name of the channel that receives the `place_id` of a place that is clicked.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = new geomap.PlaceLayer({{ this.arguments }});
        {% endmacro %}
        """
    )

    def __init__(self, src: str, *, channel: str) -> None:
        super().__init__(name="Places", overlay=True, control=False, show=True)
        self._name = "PlaceLayer"
        self.arguments = template_arguments(src, {"channel": channel})


def place_layers(src: str, *, channel: str = "page") -> folium.FeatureGroup:
    """Return a feature group of all dated versions of the places.

    It shows those that are valid on some day of the window that the channel sends. It is the
    same at every run of a page, so that the map need not redraw it.

    Parameters
    ----------
    src
        Address of the result of `places_json`; without a server, its `data_address`.
    channel
        Name of the channel that receives the `place_id` of a place that is clicked.

    Returns
    -------
    group
        To be added to a map, or given to `st_folium(feature_group_to_add=...)`; good for one
        run of a page.
    """
    group = folium.FeatureGroup(name="Places", control=False)
    PlaceLayer(src, channel=channel).add_to(group)
    return group


def places_json(places: gpd.GeoDataFrame) -> bytes:
    """Return all dated versions of the places as JSON, for the map's script to fetch.

    Parameters
    ----------
    places
        Places table, one row for each dated version; where it has a column `is_sure`, places
        that are not sure are drawn with a mark of doubt, and where it has the column `names` of
        `geomap.symbology.name_policy.with_names`, names follow the chosen policy.
    """
    return json_bytes(place_records(places))


def place_records(
    places: gpd.GeoDataFrame, start: date | None = None, end: date | None = None
) -> list[dict[str, Any]]:
    """Return the properties of each place that the map's script draws, areas first, points last.

    Given a window, versions that are true on no day of it are left out.
    """
    valid = places[valid_between(places, start, end)]
    records = [record for row in valid.itertuples() if (record := _record(row)) is not None]
    rank = {"area": 0, "line": 1, "point": 2}
    return sorted(records, key=lambda record: rank[record["form"]])


def _record(row: Any) -> dict[str, Any] | None:
    shape = row.geometry
    if shape is None or shape.is_empty:
        return None
    record: dict[str, Any] = {"id": row.place_id, "name": row.name, "note": _note(row)}
    for key, day in (("from", row.valid_from), ("to", row.valid_to)):
        if pd.notna(day):
            record[key] = f"{pd.Timestamp(day):%Y-%m-%d}"
    if names := names_by_policy(row.name, _forms_of(row)):
        record["names"] = names
    if _is_unsure(row):
        record["unsure"] = True
    if shape.geom_type == "Point":
        if row.kind in AREA_KINDS:
            return None
        is_town = row.kind == "city"
        return {**record, "form": "point", "town": is_town, "at": _pairs(shape)[0]}
    parts = shapely.get_parts(shape)
    record["at"] = _pairs(_middle(parts))[0]
    if parts[0].geom_type == "Polygon":
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        return {**record, "form": "area", "parts": [_pairs(ring) for ring in rings]}
    lines = [_pairs(part) for part in parts]
    return {**record, "form": "line", "parts": lines, "approximate": _is_approximate(row, lines)}


def _forms_of(row: Any) -> Sequence[PlaceName]:
    """Return the forms of a name that were in use while this version was valid."""
    forms: Sequence[PlaceName] = getattr(row, "names", ())
    first = date.min if pd.isna(row.valid_from) else pd.Timestamp(row.valid_from).date()
    last = date.max if pd.isna(row.valid_to) else pd.Timestamp(row.valid_to).date()
    return [
        form
        for form in forms
        if (form.valid_from or date.min) <= last and (form.valid_to or date.max) >= first
    ]


def _middle(parts: Any) -> Any:
    """Return a point on the largest part, at which the name is written."""
    if parts[0].geom_type == "Polygon":
        return max(parts, key=lambda part: part.area).representative_point()
    return max(parts, key=lambda part: part.length).interpolate(0.5, normalized=True)


def _is_approximate(row: Any, lines: list[list[list[float]]]) -> bool:
    straight = all(len(line) == 2 for line in lines)
    return straight or (pd.notna(row.uncertainty_km) and row.uncertainty_km > APPROXIMATE_KM)


def _note(row: Any) -> str:
    """Return the dates of this version and how far its line may be off, in words."""
    parts = []
    if pd.notna(row.valid_from):
        parts.append(f"from {pd.Timestamp(row.valid_from):%Y-%m-%d}")
    if pd.notna(row.valid_to):
        parts.append(f"to {pd.Timestamp(row.valid_to):%Y-%m-%d}")
    if pd.notna(row.uncertainty_km) and row.geometry.geom_type != "Point":
        parts.append(f"drawn to within {row.uncertainty_km:g} km")
    if _is_unsure(row):
        parts.append("uncertain: the text may mean another place")
    return ", ".join(parts)


def _is_unsure(row: Any) -> bool:
    """Return whether a place of a table of named places is marked as uncertain."""
    return not getattr(row, "is_sure", True)


def _pairs(shape: Any) -> list[list[float]]:
    pairs: list[list[float]] = shapely.get_coordinates(shape).round(_DECIMALS).tolist()
    return pairs
