"""The Map page: filters beside, the map with its time control, a card, a table."""

from geomap.dashboard.map import filter_panel, map_page, welcome
from geomap.dashboard.shared import cache, components, view_url

data = cache.current()
for number, problem in enumerate(view_url.link_problems()):
    components.notice(problem, key=f"map_link_problem_{number}", tone="problem")
filter_panel.sidebar(data)
welcome.greet()
map_page.map_page(data)
