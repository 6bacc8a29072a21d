"""The Add data page: drop files, see what they are and what will change, confirm."""

from geomap.dashboard.add_data import upload_page
from geomap.dashboard.shared import cache

upload_page.upload_page(cache.current())
