"""The folium map with its offline background, and the layer of events.

All that changes between two runs of a page (data, window, selection) reaches the map over
the channel, so that the map's own script is the same string each time and is never rebuilt.
"""

from __future__ import annotations

from typing import Any

import folium
from branca.element import MacroElement
from folium.map import Layer
from folium.template import Template

from geomap.basemap.background import CREDITS, DISCLAIMER
from geomap.errors import InputError
from geomap.geo.extent import WORLD
from geomap.maps.assets import asset_url, links
from geomap.maps.templates import template_arguments, template_constant
from geomap.symbology.map_choices import TILES
from geomap.typing import BBox

MAX_ZOOM = 16  # beyond it the background has no more detail
MIN_ZOOM = 2

THEMES = ("light", "dark")


class GeomapMap(folium.Map):
    """A folium map whose scripts and styles are geomap's own files."""

    def __init__(self, longitude: float, latitude: float, zoom: int) -> None:
        place = template_constant([float(latitude), float(longitude)])
        super().__init__(place, zoom_start=int(zoom), tiles=None)
        self.options.update(max_zoom=MAX_ZOOM, min_zoom=MIN_ZOOM)
        self.default_js = template_constant(links("js"))
        self.default_css = template_constant(links("css"))


class Background(MacroElement):
    """Scale, credits, first view and the vector background of a map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geomap.setUp({{ this._parent.get_name() }}, {{ this.arguments }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own __init__ has no types
        self._name = "Background"
        self.arguments = template_arguments(options)


class EventLayer(Layer):
    """The events, drawn on one canvas and filtered by time in the browser.

    Parameters
    ----------
    channel
        Name of the channel, random and kept for the session; the address of the packed events
        comes over it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = new geomap.EventLayer({{ this.arguments }});
        {% endmacro %}
        """
    )

    def __init__(self, *, channel: str) -> None:
        super().__init__(name="Events", overlay=True, control=True, show=True)
        self._name = "EventLayer"
        self.arguments = template_arguments(None, {"channel": channel, "legend": True})


def base_map(
    *,
    bounds: BBox | None = None,
    center: tuple[float, float] | None = None,
    zoom: int = 8,
    theme: str = "light",
    channel: str = "page",
    area: bool = False,
) -> folium.Map:
    """Return a map with the offline background, scale, credits, disclaimer and buttons.

    All arguments are numbers or words of geomap's own. Text of users, and the policy of
    names, are sent over the channel (`{furniture: {...}}`), as are boundaries, graticule and tiles.

    Parameters
    ----------
    bounds
        West, south, east, north of the first view in degrees; or else `center` and `zoom`.
    center
        Longitude, latitude.
    zoom, theme
        Zoom for `center`; "light" or "dark".
    channel
        Name of the channel that the map's layers use.
    area
        Whether the map has buttons to draw an area, which is sent over the channel.

    Returns
    -------
    figure
        A `folium.Map`; it contacts no other server unless the channel sends
        {furniture: {tiles: name}} with a name of `TILES`.
    """
    if theme not in THEMES:
        message = f"There is no theme {theme!r}; use one of {[*THEMES]}."
        raise InputError(message)
    if bounds is not None and not (bounds[0] <= bounds[2] and bounds[1] <= bounds[3]):
        message = f"The bounds {bounds!r} are not west, south, east, north; swap them."
        raise InputError(message)
    box = bounds if bounds or center else WORLD
    longitude, latitude = center or ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)  # type: ignore[index]  # a box or a centre is there
    figure = GeomapMap(longitude, latitude, zoom)
    figure.add_child(
        Background(
            {
                "bounds": box,
                "channel": channel,
                "theme": theme,
                "basemap": asset_url("data", "basemap.json"),
                "credits": CREDITS,
                "disclaimer": DISCLAIMER,
                "area": area,
                "tileServers": TILES,
            }
        )
    )
    return figure
