"""The Report page: the view of the Map page as a figure, a page for offline use, and data."""

from geomap.dashboard.report import report_page
from geomap.dashboard.shared import cache

report_page.report_page(cache.current())
