"""The legend of a figure: every sign that is on the map, with its count, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from geomap.maps.colours import OTHER_COLOUR
from geomap.maps.looks import Flag, flags_of
from geomap.model import AREA_PRECISIONS, GeoPrecision

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geomap.snapshot.view import View

MAX_TYPES = 12
MAX_LABEL = 34
GREY, TINT = "#555555", "#55555522"

WAYS = {
    "disc": "at the place named",
    "ring": "near it, within the circle",
    "area": "in a district or larger unit",
    "line": "along a road",
    "zone": "somewhere in a zone",
}


def way_of(precision: object) -> str:
    """Return how an event of this geo_precision is drawn: a key of `WAYS`."""
    if precision in AREA_PRECISIONS:
        return "area"
    if precision in (GeoPrecision.LINE, GeoPrecision.APPROXIMATE_LINE):
        return "line"
    if precision == GeoPrecision.ZONE:
        return "zone"
    return "ring" if precision == GeoPrecision.NEAR else "disc"


Group = list[Any]


def legend_groups(view: View) -> list[Group]:
    """Return the lines of the legend in groups: types, signs of precision, place layers."""
    groups = [
        [_head("Event type"), *_type_handles(view)],
        [_head("Position and date"), *_precision_handles(view)],
        [_head("Places"), *_place_handles(view.places)] if len(view.places) else [],
    ]
    return [group for group in groups if group]


def draw_legend(axes: Axes, groups: list[Group], *, side_by_side: bool) -> None:
    """Write the groups on axes of their own, beside or above each other."""
    axes.axis("off")
    if not side_by_side:
        groups = [[line for group in groups for line in group]]
    for number, group in enumerate(groups):
        _add_group(axes, group, number / 3)


def _add_group(axes: Axes, handles: list[Any], left: float) -> None:
    made = axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(left, 1),
        borderaxespad=0,
        fontsize=7.4,
        frameon=False,
        handlelength=1.6,
        labelspacing=0.62,
        alignment="left",
    )
    axes.add_artist(made)
    for text, handle in zip(made.get_texts(), handles, strict=True):
        text.set_parse_math(False)  # a "$" in a type's name is not mathematics
        if handle.get_gid() == "head":
            text.set(weight="bold", color="#5b6470")


def _line(label: str, **style: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D([], [], label=label, **{"ls": "", **style})


def _head(label: str) -> Any:
    return _line(label, gid="head")


def _patch(label: str, **style: Any) -> Any:
    from matplotlib.patches import Patch

    return Patch(label=label, **style)


def _dot(label: str, **style: Any) -> Any:
    return _line(label, **{"marker": "o", "mfc": GREY, "mec": "white", "ms": 6, **style})


def _type_handles(view: View) -> list[Any]:
    counts = view.events["event_type"].fillna("type not stated").value_counts()
    handles = [
        _dot(f"{_cut(str(name))} ({number:,})", mfc=view.colours.get(str(name), OTHER_COLOUR), ms=7)
        for name, number in counts.head(MAX_TYPES).items()
    ]
    rest = counts.iloc[MAX_TYPES:]
    if len(rest):
        handles.append(_dot(f"{len(rest)} more types ({rest.sum():,})", mfc=OTHER_COLOUR))
    return handles or [_line("no event in this view")]


def _cut(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _precision_handles(view: View) -> list[Any]:
    counts = view.events["geo_precision"].map(way_of).value_counts()
    draw: dict[str, Callable[[str], Any]] = {
        "disc": _dot,
        "ring": lambda label: _dot(label, mfc=TINT, mec=GREY, mew=0.8, ms=10),
        "area": lambda label: _patch(label, fc=TINT, ec=GREY, ls="--", lw=0.9),
        "line": lambda label: _line(label, ls="-", color=GREY, lw=2.4),
        "zone": lambda label: _patch(label, fc=TINT, ec=GREY, lw=1.2),
    }
    handles = [draw[way](f"{WAYS[way]} ({counts[way]:,})") for way in WAYS if way in counts]
    possible = int(view.possible.sum())
    if possible:
        label = f"possibly in these dates ({possible:,})"
        handles.append(_dot(label, mfc="white", mec=GREY, mew=1.3))
    not_happened = int(((flags_of(view.events["status"]) & Flag.NOT_HAPPENED) != 0).sum())
    if not_happened:
        handles.append(_dot(f"planned, prevented or denied ({not_happened:,})", marker="X", ms=7))
    return handles


def _place_handles(places: gpd.GeoDataFrame) -> list[Any]:
    kinds = {kind.removeprefix("Multi") for kind in places.geometry.geom_type.dropna()}
    signs = {
        "LineString": _line("road", ls="-", color="#7a5c3e", lw=1.5),
        "Polygon": _patch("zone (edge approximate)", fc="#7a6ca822", ec="#6b5b95", ls="--"),
        "Point": _dot("town or site", marker="D", mfc="white", mec="#444444", ms=4),
    }
    return [sign for kind, sign in signs.items() if kind in kinds]
