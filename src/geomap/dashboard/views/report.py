"""The Report page: the view of the Map page as a figure, a file that opens offline, data."""

from geomap.dashboard import cache, filters, report

data = cache.current()
view = filters.current_view()
report.report_page(data, filters.query_of(view), view.camera)
