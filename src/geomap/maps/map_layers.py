"""The folium map with its offline background, and the layer of events.

All that changes between two runs of a page (data, window, selection) reaches the map over
the channel, so that the map's own script is the same string each time and is never rebuilt.
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from geomap.basemap.background import BOUNDARIES, CREDITS, DEFAULT_BOUNDARIES, DISCLAIMER
from geomap.errors import InputError
from geomap.maps.assets import asset_url, links
from geomap.typing import BBox

MAX_ZOOM = 16  # beyond it the background has nothing more to say
MIN_ZOOM = 2
WORLD_BOUNDS: BBox = (-130.0, -50.0, 160.0, 70.0)

TILES: dict[str, dict[str, str]] = {
    "OpenStreetMap": {
        "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL)",
    },
    "OpenTopoMap": {
        "url": "https://tile.opentopomap.org/{z}/{x}/{y}.png",
        "attribution": "© OpenStreetMap contributors (ODbL), SRTM · style © OpenTopoMap (CC BY-SA)",
    },
}
"""Online tiles that a user may choose, by name. None is asked for before that."""

TILES_WARNING = (
    "Online tiles come from a server on the internet. It sees which part of the world you look "
    "at, how closely and when, and the address of your connection. geomap asks it for nothing "
    "unless you choose it here, and for nothing more once you choose the offline background."
)
"""What to say beside the choice of online tiles."""


class GeomapMap(folium.Map):
    """A folium map whose scripts and styles are geomap's own files."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.default_js = links("js")
        self.default_css = links("css")


class Background(MacroElement):
    """Scale, credits, first view and the vector background of a map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geomap.setUp({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own __init__ has no types
        self._name = "Background"
        self.options = options


class EventLayer(JSCSSMixin, Layer):
    """The events, drawn on one canvas and filtered by time in the browser.

    Parameters
    ----------
    src
        Address of packed events; None when the time control says it over the channel.
    channel
        Name of the channel, random and kept for the session.
    legend
        Whether the map has a legend of types and shapes.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = new geomap.EventLayer(
                {{ this.src|tojson }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self, src: str | None = None, *, channel: str = "page", legend: bool = True
    ) -> None:
        super().__init__(name="Events", overlay=True, control=True, show=True)
        self._name = "EventLayer"
        self.src = src
        self.options = {"channel": channel, "legend": legend}


def base_map(
    *,
    bounds: BBox | None = None,
    center: tuple[float, float] | None = None,
    zoom: int = 8,
    theme: str = "light",
    tiles: str | None = None,
    attribution: str | None = None,
    channel: str = "page",
    boundaries: str = DEFAULT_BOUNDARIES,
    graticule: bool = False,
    names: str = "source",
    area: bool = False,
) -> folium.Map:
    """Return a map with the offline background, scale, credits, disclaimer and buttons.

    The last four are where it starts; `{furniture: {...}}` on the channel changes them.

    Parameters
    ----------
    bounds
        West, south, east, north to show at first; or else `center` and `zoom`.
    center
        Longitude, latitude.
    zoom, theme
        Zoom for `center`; "light" or "dark".
    tiles, attribution
        Name or address of online tiles, which are asked of their server only when given,
        and the credit that their address needs. The background then stays off.
    channel
        Name of the channel that the map's layers use.
    boundaries
        A word of `geomap.basemap.background.BOUNDARIES`.
    graticule
        Whether lines of longitude and latitude are drawn.
    names
        A word of `geomap.maps.place_layer.names_policies`: whose names the places bear.
    area
        Whether the map has buttons to draw an area, which is told to the channel.

    Returns
    -------
    figure
        A `folium.Map`; it asks no other server for anything unless `tiles` is given or the
        channel says {furniture: {tiles: name}} with a name of `TILES`.
    """
    if boundaries not in BOUNDARIES:
        message = f"There is no way {boundaries!r} to draw boundaries; use one of {[*BOUNDARIES]}."
        raise InputError(message)
    if bounds is not None and not (bounds[0] <= bounds[2] and bounds[1] <= bounds[3]):
        message = f"The bounds {bounds!r} are not west, south, east, north; swap them."
        raise InputError(message)
    box = bounds if bounds or center else WORLD_BOUNDS
    longitude, latitude = center or ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)  # type: ignore[index]  # a box or a centre is there
    figure = GeomapMap([latitude, longitude], zoom_start=zoom, tiles=None)
    figure.options.update(max_zoom=MAX_ZOOM, min_zoom=MIN_ZOOM)
    if tiles:
        folium.TileLayer(tiles, attr=attribution, max_zoom=MAX_ZOOM).add_to(figure)
    figure.add_child(
        Background(
            {
                "bounds": box,
                "channel": channel,
                "theme": theme,
                "basemap": None if tiles else asset_url("data", "basemap.json"),
                "credits": None if tiles else CREDITS,
                "disclaimer": DISCLAIMER,
                "boundaries": boundaries,
                "graticule": graticule,
                "names": names,
                "area": area,
                "tileServers": TILES,
            }
        )
    )
    return figure
