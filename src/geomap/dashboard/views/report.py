"""The Report page: the view of the Map page as a figure, a file that opens offline, data."""

from geomap.dashboard.report import report_page
from geomap.dashboard.shared import cache, view_url

data = cache.current()
view = view_url.current_view()
report_page.report_page(data, view_url.query_of(view), view.camera)
