"""The Map page: filters beside, the map with its time control, a card, a table."""

from geomap.dashboard.map import map_page
from geomap.dashboard.shared import cache

map_page.map_page(cache.current())
