"""Join events with the dated places of a gazetteer.

An event meets a version of a place only on days on which both are valid. It is in a zone, on or
near a road, at a point. A place that the source names is certain; one where the event merely
lies is certain when neither the radius of the event, nor the margin of the place, nor the
possible days leave room for doubt.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.errors import SchemaError
from geomap.join.candidate_pairs import candidate_pairs
from geomap.join.day_overlap import cover, event_days, place_days
from geomap.join.geodesy import measure
from geomap.model import AREA_KINDS, AREA_PRECISIONS, CRS, GeoPrecision
from geomap.tables import JOIN_COLUMNS
from geomap.typing import Floats, Shapes

NEAR_KM = 1.0
"""Distance from a road within which an event counts as near it."""

AT_KM = 1.0
"""Distance from the point of a town, mine or bridge within which an event counts as at it."""

_PAIR = ["event_id", "place_id", "relation"]


def join_places(
    events: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    near_km: float = NEAR_KM,
    at_km: float = AT_KM,
) -> pd.DataFrame:
    """Return the matches of events and places, one row for each event, place and relation.

    Parameters
    ----------
    events
        Events table. An event that is known only by a unit (a province, a country) meets the
        places that it names and, when it has a radius, the zones within it: a possible match
        with every town of a province would carry no information.
    places
        Places table: one row for each dated version of a place.
    near_km, at_km
        Distance in kilometres within which an event is near a road, and at a point.

    Returns
    -------
    joins
        Table of `JOIN_COLUMNS`, ordered like the events. `metres` is missing where one of
        both has no geometry.

    Raises
    ------
    SchemaError
        When one of the tables is not in EPSG:4326.
    """
    for name, table in (("events", events), ("places", places)):
        if table.crs != CRS:
            message = f"The {name} are in {table.crs}, not {CRS}; call .to_crs({CRS!r}) first."
            raise SchemaError(message)
    event, place = _of_events(events), _of_places(places, near_m=near_km * 1000, at_m=at_km * 1000)
    pairs = _pairs(event, place)
    rows, columns = event.take(pairs["event"]), place.take(pairs["place"])
    metres, depth = _distances(
        rows["shape"].to_numpy(), columns["shape"].to_numpy(), pairs["place"]
    )
    return _one_row_each(_met(pairs, rows.reset_index(), columns.reset_index(), metres, depth))


def _of_events(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the columns of the events that the join needs.

    `radius` is in metres, missing where the position is too uncertain to measure from;
    `is_unit` marks events known by a unit only, `is_vague` those near a place at an unknown
    distance.
    """
    shapes = events.geometry.to_numpy().astype("object")
    shapes[shapely.is_empty(shapes)] = None
    precision = events["geo_precision"]
    known = events["uncertainty_km"].to_numpy(dtype="float64", na_value=np.nan) * 1000
    is_unit = precision.isin([word.value for word in AREA_PRECISIONS]).to_numpy()
    is_near = (precision == GeoPrecision.NEAR.value).to_numpy(dtype=bool, na_value=False)
    first, last = event_days(events)
    texts = pd.DataFrame(events[["event_id", "place_id", "place_ids"]].reset_index(drop=True))
    return texts.assign(
        shape=shapes,
        radius=np.where(np.isnan(known) & ~is_unit, 0.0, known),
        is_unit=is_unit,
        is_vague=is_near & np.isnan(known),
        first=first,
        last=last,
    )


def _of_places(places: gpd.GeoDataFrame, *, near_m: float, at_m: float) -> pd.DataFrame:
    """Return the columns of the places that the join needs, a row for each dated version.

    `dimension` is 2 for an area, 1 for a line, 0 for a point, -1 without a shape; `margin` the
    metres by which the shape may be off, `within` those within which an event counts as there.
    """
    shapes = places.geometry.to_numpy().astype("object")
    shapes[shapely.is_empty(shapes)] = None
    dimension = shapely.get_dimensions(shapes)
    is_area = places["kind"].isin([kind.value for kind in AREA_KINDS]).to_numpy()
    first, last = place_days(places)
    return pd.DataFrame(
        {
            "place_id": places["place_id"].to_numpy("object"),
            "shape": shapes,
            "dimension": dimension,
            "is_area": is_area | (dimension == 2),
            "is_measurable": (dimension == 2) | ((dimension >= 0) & ~is_area),
            "margin": np.nan_to_num(places["uncertainty_km"].to_numpy("float64")) * 1000,
            "within": np.select([dimension == 2, dimension == 1], [0.0, near_m], at_m),
            "first": first,
            "last": last,
        }
    )


def _pairs(event: pd.DataFrame, place: pd.DataFrame) -> pd.DataFrame:
    """Return the positions of events and places to look at, and whether the event names it."""
    can_be_near = event["radius"].notna().to_numpy()
    rows, at = candidate_pairs(
        shapely.bounds(np.where(can_be_near, event["shape"], None)),
        event["radius"].fillna(0).to_numpy(),
        shapely.bounds(np.where(place["is_measurable"], place["shape"], None)),
        (place["margin"] + place["within"]).to_numpy(),
    )
    usable = (place["dimension"].to_numpy()[at] == 2) | ~event["is_unit"].to_numpy()[rows]
    near = pd.DataFrame({"event": rows[usable], "place": at[usable], "is_named": False})
    lists = event["place_ids"].where(event["place_ids"].notna(), event["place_id"]).str.split(";")
    names = pd.concat([lists.explode(), event["place_id"]]).dropna().rename("place_id")
    known = place["place_id"].rename_axis("place").reset_index()
    named = names.rename_axis("event").reset_index().merge(known, on="place_id")
    pairs = pd.concat([named[["event", "place"]].assign(is_named=True), near])
    pairs = pairs.drop_duplicates(["event", "place"]).sort_values(["place", "event"])
    first, last = (event[name].to_numpy()[pairs["event"]] for name in ("first", "last"))
    start, end = (place[name].to_numpy()[pairs["place"]] for name in ("first", "last"))
    return pairs[(first <= end) & (last >= start)].reset_index(drop=True)


def _distances(shapes: Shapes, places: Shapes, place: pd.Series) -> tuple[Floats, Floats]:
    """Return metres and depth of each pair, as `measure`; metres are NaN without both shapes."""
    metres, depth = np.full(len(place), np.nan), np.full(len(place), -np.inf)
    usable = place[~shapely.is_missing(shapes) & ~shapely.is_missing(places)]
    for pairs in usable.groupby(usable).indices.values():
        rows = usable.index[pairs]
        metres[rows], depth[rows] = measure(shapes[rows], places[rows[0]])
    return metres, depth


def _met(
    pairs: pd.DataFrame, event: pd.DataFrame, place: pd.DataFrame, metres: Floats, depth: Floats
) -> pd.DataFrame:
    """Return the pairs that meet, unlike versions of a place still apart."""
    is_named, is_line = pairs["is_named"], place["dimension"] == 1
    off = np.where(np.isfinite(depth), -depth, metres)  # below 0: that deep inside
    slack = event["radius"].fillna(0) + place["margin"]
    may_be = place["is_measurable"] & (off - slack <= place["within"])
    is_inside = (place["dimension"] != 2) | np.isfinite(depth)
    surely = may_be & (off + slack <= place["within"]) & ~event["is_vague"] & is_inside
    relation = np.select(
        [place["is_area"], is_line & (is_named | (metres == 0)), is_line],
        ["in", "on", "near"],
        "at",
    )
    met = pd.DataFrame(
        {
            "position": pairs["event"],
            "event_id": event["event_id"],
            "place_id": place["place_id"],
            "relation": relation.astype(object),
            "metres": metres,
            "sure": is_named | surely,
            "from": np.maximum(event["first"], place["first"]),
            "to": np.minimum(event["last"], place["last"]),
            "first": event["first"],
            "last": event["last"],
        }
    )
    return met[is_named | may_be]


def _one_row_each(pairs: pd.DataFrame) -> pd.DataFrame:
    """Fold the versions of a place together: certain when sure on every day of the event."""
    whole_time = (pairs["from"] == pairs["first"]) & (pairs["to"] == pairs["last"])
    pairs = pairs.assign(certain=pairs["sure"] & whole_time)
    groups = pairs.groupby(_PAIR, sort=False)
    folded = groups.agg({"position": "first", "metres": "min", "certain": "any"}).reset_index()
    in_parts = pairs[pairs["sure"] & ~whole_time & pairs.duplicated(_PAIR, keep=False)]
    patched = {
        key
        for key, part in in_parts.groupby(_PAIR)
        if cover(
            zip(part["from"], part["to"], strict=True), part["first"].iloc[0], part["last"].iloc[0]
        )
    }
    if patched:
        keys = folded[_PAIR].itertuples(index=False, name=None)
        folded["certain"] |= np.array([key in patched for key in keys])
    ordered = folded.sort_values(["position", "place_id", "relation"], ignore_index=True)
    return ordered[list(JOIN_COLUMNS)].astype(JOIN_COLUMNS)
