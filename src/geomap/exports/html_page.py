"""A map as one HTML file that opens with no network, today and in ten years.

The file holds its scripts, styles, background and data, and a policy under which a browser runs
those scripts only and contacts no server. Texts are in it as JSON and are written by the scripts
with `textContent`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.basemap.background import CREDITS, DISCLAIMER
from geomap.dates import words_of_span
from geomap.exports.page_filters import page_filters
from geomap.geo.extent import WORLD
from geomap.maps.assets import MAP_STYLES, component_files, json_bytes, read_asset
from geomap.maps.map_layers import MAX_ZOOM, MIN_ZOOM
from geomap.maps.pack import PackedEvents, pack_bits, pack_events
from geomap.maps.place_layer import place_records
from geomap.maps.time_component import Window, timeline_data
from geomap.typing import BBox

DETAILS = (
    "title", "event_type", "sub_event_type", "status", "place_name", "geo_precision", "actor1",
    "actor2", "notes", "source", "source_url",
)  # fmt: skip
"""Columns of an event on the cards of the page, besides its dates and fatalities."""

WITHHELD = "The terms of its source do not allow its text to be given on: only its symbol is here."

_SLOT = re.compile(r"\[\[(\w+)\]\]")
_URL = re.compile(r"url\([^)]*\)")


def export_html(
    events: gpd.GeoDataFrame,
    *,
    title: str,
    counts: Mapping[str, int],
    window: Window = (None, None),
    subtitle: str = "",
    notes: Sequence[str] = (),
    places: gpd.GeoDataFrame | None = None,
    bounds: BBox | None = None,
    verdicts: pd.Series | None = None,
    colours: Mapping[str, str] | None = None,
    withheld: pd.Series | None = None,
) -> str:
    """Return a page with the map, a time control, a legend, sources and counts.

    Parameters
    ----------
    events
        Events table in EPSG:4326. Every event that passes the filters is in the file, whatever
        the window: leave out beforehand what must not be passed on.
    title, subtitle, notes
        Words over the map, and paragraphs under it (sources, as-of time, counts, licence).
    counts, window
        The eight counts of the whole workspace; first and last day with which the page opens.
    places
        Places table; those valid on some day of the window are drawn.
    bounds
        West, south, east, north of the first view, in degrees.
    verdicts
        Verdict of each event (same index) without a window; by default all are shown.
    colours
        Colour of each event type as "#rrggbb"; by default chosen by frequency.
    withheld
        Which events (same index) go in as symbols only, without any of their text.

    Returns
    -------
    page
        Text of an HTML file, to be written as UTF-8; the same input gives the same text.
    """
    drawn = _drawn(events, verdicts)
    chosen = None if colours is None else {"type": colours}
    packed = pack_events(drawn, beyond=_beyond(counts, len(drawn)), colours=chosen)
    style = _style()
    script = _script()
    footer = [*notes, f"Background: {CREDITS}.", DISCLAIMER]
    data = {
        "packed": _base64(packed.blob),
        "bits": _base64(_bits(packed, verdicts, drawn)),
        "events": _details(drawn, packed.order, withheld),
        "places": [] if places is None else place_records(places, *window),
        "filters": page_filters(drawn, packed.order),
        "timeline": timeline_data(channel="", window=window, counts=counts),
        "map": {
            "bounds": bounds or WORLD, "credits": CREDITS, "disclaimer": DISCLAIMER,
            "maxZoom": MAX_ZOOM, "minZoom": MIN_ZOOM,
        },
        "basemap": json.loads(read_asset("data", "basemap.json")),
    }  # fmt: skip
    slots = {
        "policy": _policy(style, script),
        "title": html.escape(title),
        "subtitle": html.escape(subtitle),
        "footer": "".join(f"<p>{html.escape(line)}</p>" for line in footer),
        "timeline": component_files("timeline")["html"],
        "filters": component_files("filters")["html"],
        "style": style,
        "script": script,
        "manifest": "{}",
        "data": _base64(gzip.compress(json_bytes(data), compresslevel=9, mtime=0)),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], read_asset("static", "page.html"))


def _drawn(events: gpd.GeoDataFrame, verdicts: pd.Series | None) -> gpd.GeoDataFrame:
    """Return the events that have a place and a day and pass the filters."""
    placed = events["event_date"].notna() & events.geometry.notna() & ~events.geometry.is_empty
    return events[placed if verdicts is None else placed & verdicts.isin(["shown", "possible"])]


def _beyond(counts: Mapping[str, int], drawn: int) -> dict[str, int]:
    """Return the counts of the events that are not in the file."""
    lost = {name: int(counts[name]) for name in ("filtered", "unplaced", "undated", "hidden")}
    return {**lost, "outside_dates": int(counts["total"]) - drawn - sum(lost.values())}


def _bits(packed: PackedEvents, verdicts: pd.Series | None, events: gpd.GeoDataFrame) -> bytes:
    """Return the bits of which rows are only possible, whatever the dates."""
    sure = np.ones(len(events), dtype=bool)
    if verdicts is not None:
        sure = (verdicts[events.index] != "possible").to_numpy()
    rows = packed.order
    return pack_bits(np.ones(len(rows), dtype=bool), sure[rows])


def _details(
    events: gpd.GeoDataFrame, positions: np.ndarray[Any, Any], withheld: pd.Series | None
) -> list[dict[str, str]]:
    """Return the card of the event of each row of the bytes."""
    hidden = np.zeros(len(events), dtype=bool)
    if withheld is not None:
        hidden = withheld[events.index].to_numpy(dtype=bool)
    cards = [
        {"withheld": WITHHELD} if is_hidden else _card(event)
        for event, is_hidden in zip(events.to_dict("records"), hidden, strict=True)
    ]
    return [cards[position] for position in positions]


def _card(event: Mapping[str, Any]) -> dict[str, str]:
    card = {name: text for name in DETAILS if isinstance(text := event[name], str) and text}
    end, confirmed = event["event_date_end"], event["last_confirmed"]
    card["date"] = words_of_span(
        event["event_date"].date(),
        None if pd.isna(end) else end.date(),
        event["date_precision"],
        last_confirmed=None if pd.isna(confirmed) else confirmed.date(),
    )
    if pd.notna(event["fatalities"]):
        card["fatalities"] = f"{int(event['fatalities']):,}"
    return card


def _style() -> str:
    styles = [read_asset(*file) for file in MAP_STYLES]
    styles += [component_files(name)["css"] for name in ("timeline", "filters")]
    styles.append(read_asset("static", "page.css"))
    # Leaflet's pictures (of controls that are not used) are not in the file.
    return _URL.sub("none", "\n".join(styles)).replace("</", "<\\/")


def _script() -> str:
    leaflet = re.sub(r"//# sourceMappingURL=\S+", "", read_asset("leaflet", "leaflet.js"))
    return f"{leaflet}\n;\n{read_asset('static', 'page.js')}".replace("</script", "<\\/script")


def _policy(style: str, script: str) -> str:
    """Return a content security policy under which only this style and this script run."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")

    return (
        f"default-src 'none'; script-src 'sha256-{digest(script)}'; "
        f"style-src 'sha256-{digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
