"""Join events with the dated places of a gazetteer.

An event meets a version of a place only on days on which both are valid. It is in a zone, on or
near a road, at a point. A place that the source names is certain; one where the event merely
lies is certain when neither the radius of the event, nor the margin of the place, nor the
possible days leave room for doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geomap.errors import SchemaError
from geomap.join.candidates import Floats, Positions, candidate_pairs
from geomap.join.day_overlap import cover, event_days, place_days
from geomap.join.geodesy import Shapes, measure
from geomap.model import AREA_PRECISIONS, CRS, GeoPrecision, ToponymKind
from geomap.tables import JOIN_COLUMNS
from geomap.typing import Days, Mask

NEAR_KM = 1.0
"""How far from a road an event still counts as near it."""

AT_KM = 1.0
"""How far from the point of a town, mine or bridge an event still counts as at it."""

_AREA_KINDS = frozenset(
    {ToponymKind.COUNTRY, ToponymKind.CONTINENT, ToponymKind.REGION, ToponymKind.ADMIN1}
    | {ToponymKind.ADMIN2}
)
_PAIR = ["event_id", "place_id", "relation"]


def join_places(
    events: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    *,
    near_km: float = NEAR_KM,
    at_km: float = AT_KM,
) -> pd.DataFrame:
    """Return which event lies at which place, one row for each event, place and relation.

    Parameters
    ----------
    events
        Events table. An event that is known only by a unit (a province, a country) meets the
        places that it names and, when it has a radius, the zones within it: that it is possibly
        at every town of a province would say nothing.
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
    event = _Events.of(events)
    place = _Places.of(places, near_m=near_km * 1000, at_m=at_km * 1000)
    return _one_row_each(_met(event, place, *_pairs(event, place)))


@dataclass(frozen=True, slots=True)
class _Events:
    """What the join needs of the events, one value for each."""

    ids: npt.NDArray[np.object_]
    shapes: Shapes
    bounds: Floats
    radius: Floats  # metres; NaN where the place is not known well enough to measure from
    is_unit: Mask  # known by a unit only
    is_vague: Mask  # near something, without saying how near
    first: Days
    last: Days
    named: pd.DataFrame  # event (its position) and place_id of each place that it names

    @classmethod
    def of(cls, events: gpd.GeoDataFrame) -> _Events:
        shapes = events.geometry.to_numpy().astype("object")
        shapes[shapely.is_empty(shapes)] = None
        precision = events["geo_precision"]
        known = events["uncertainty_km"].to_numpy(dtype="float64", na_value=np.nan) * 1000
        is_unit = precision.isin([word.value for word in AREA_PRECISIONS]).to_numpy()
        is_near = (precision == GeoPrecision.NEAR.value).to_numpy(dtype=bool, na_value=False)
        first, last = event_days(events)
        return cls(
            events["event_id"].to_numpy(dtype="object"),
            shapes,
            shapely.bounds(shapes),
            np.where(np.isnan(known) & ~is_unit, 0.0, known),
            is_unit,
            is_near & np.isnan(known),
            first,
            last,
            _named(events),
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """What the join needs of the places, one value for each dated version."""

    ids: npt.NDArray[np.object_]
    shapes: Shapes
    bounds: Floats
    dimension: npt.NDArray[np.int_]  # 2 for an area, 1 for a line, 0 for a point, -1 without shape
    is_area: Mask  # an area by its kind, whatever its shape
    is_measurable: Mask  # distances from its shape mean something
    margin: Floats  # metres by which the shape may be off
    within: Floats  # metres within which an event counts as there
    first: Days
    last: Days

    @classmethod
    def of(cls, places: gpd.GeoDataFrame, *, near_m: float, at_m: float) -> _Places:
        shapes = places.geometry.to_numpy().astype("object")
        dimension = np.where(shapely.is_empty(shapes), -1, shapely.get_dimensions(shapes))
        is_area = places["kind"].isin([kind.value for kind in _AREA_KINDS]).to_numpy()
        first, last = place_days(places)
        return cls(
            places["place_id"].to_numpy(dtype="object"),
            shapes,
            shapely.bounds(shapes),
            dimension,
            is_area,
            (dimension == 2) | ((dimension >= 0) & ~is_area),
            np.nan_to_num(places["uncertainty_km"].to_numpy(dtype="float64")) * 1000,
            np.select([dimension == 2, dimension == 1], [0.0, near_m], at_m),
            first,
            last,
        )


def _named(events: gpd.GeoDataFrame) -> pd.DataFrame:
    lists = events["place_ids"].where(events["place_ids"].notna(), events["place_id"])
    named = pd.DataFrame({"event": np.arange(len(events)), "place_id": lists.str.split(";")})
    main = named.assign(place_id=events["place_id"].to_numpy())
    return pd.concat([named.explode("place_id"), main]).dropna().drop_duplicates()


def _pairs(event: _Events, place: _Places) -> tuple[Positions, Positions, Mask]:
    """Return event and place of each pair to look at, and whether the event names the place."""
    bounds = np.where(np.isnan(event.radius)[:, None], np.nan, event.bounds)
    areas = np.where(place.is_measurable[:, None], place.bounds, np.nan)
    radius = np.nan_to_num(event.radius)
    rows, at = candidate_pairs(bounds, radius, areas, place.margin + place.within)
    usable = (place.dimension[at] == 2) | ~event.is_unit[rows]
    known = pd.DataFrame({"place": np.arange(len(place.ids)), "place_id": place.ids})
    by_name = event.named.merge(known, on="place_id")
    size = max(1, len(event.ids))
    named = by_name["place"].to_numpy("int64") * size + by_name["event"].to_numpy("int64")
    pairs = np.union1d(named, at[usable] * size + rows[usable])
    at, rows = np.divmod(pairs, size)
    together = (event.first[rows] <= place.last[at]) & (event.last[rows] >= place.first[at])
    return rows[together], at[together], np.isin(pairs, named)[together]


def _met(
    event: _Events, place: _Places, rows: Positions, at: Positions, named: Mask
) -> pd.DataFrame:
    """Return the pairs that meet, unlike versions of a place still apart."""
    metres, depth = _distances(event, place, rows, at)
    dimension, measurable = place.dimension[at], place.is_measurable[at]
    off = np.where(np.isfinite(depth), -depth, metres)  # below 0: that deep inside
    slack = np.nan_to_num(event.radius[rows]) + place.margin[at]
    is_inside = (dimension != 2) | np.isfinite(depth)
    surely = measurable & (off + slack <= place.within[at]) & ~event.is_vague[rows] & is_inside
    relation = np.select(
        [(dimension == 2) | place.is_area[at], (dimension == 1) & (named | (metres == 0))],
        ["in", "on"],
        np.where(dimension == 1, "near", "at"),
    )
    pairs = pd.DataFrame(
        {
            "position": rows,
            "event_id": event.ids[rows],
            "place_id": place.ids[at],
            "relation": relation.astype(object),
            "metres": metres,
            "sure": named | surely,
            "from": np.maximum(event.first[rows], place.first[at]),
            "to": np.minimum(event.last[rows], place.last[at]),
            "first": event.first[rows],
            "last": event.last[rows],
        }
    )
    return pairs[named | (measurable & (off - slack <= place.within[at]))]


def _distances(
    event: _Events, place: _Places, rows: Positions, at: Positions
) -> tuple[Floats, Floats]:
    """Return metres and depth of each pair, as `measure`; NaN metres without both shapes."""
    metres, depth = np.full(len(rows), np.nan), np.full(len(rows), -np.inf)
    shaped = np.flatnonzero((place.dimension[at] >= 0) & ~shapely.is_missing(event.shapes[rows]))
    changes = np.flatnonzero(np.diff(at[shaped])) + 1
    for pairs in np.split(shaped, changes) if len(shaped) else ():
        shape = place.shapes[at[pairs[0]]]
        metres[pairs], depth[pairs] = measure(event.shapes[rows[pairs]], shape)
    return metres, depth


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
