"""The Map page: filters beside, the map with its time control, a card, a table."""

from geomap.dashboard import cache, components, filters, mapview, welcome

data = cache.current()
for number, problem in enumerate(filters.link_problems()):
    components.notice(problem, key=f"map_link_problem_{number}", tone="problem")
filters.sidebar(cache.words(data, "event_type"), cache.words(data, "source"))
welcome.greet()
mapview.map_panel(data)
