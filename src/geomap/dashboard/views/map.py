"""The Map page: filters beside, the map with its time control, a card, a table."""

from geomap.dashboard import cache, components, filters, mapview, sidebar, welcome

data = cache.current()
for number, problem in enumerate(filters.link_problems()):
    components.notice(problem, key=f"map_link_problem_{number}", tone="problem")
sidebar.sidebar(data)
welcome.greet()
mapview.map_page(data)
