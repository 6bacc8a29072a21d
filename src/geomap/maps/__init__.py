"""The map: an offline background, a canvas of events, places, and the time control.

Only this package imports folium; nothing here imports Streamlit. Text of users and articles
reaches the browser as files and messages, never as part of folium's templates, which would run
it (`templates`), and is written with `textContent` only.

A page of Streamlit shows the map like this, where `events` and `places` are tables, `served` is
a folder that it serves under `served_name`, and `token` and `secret` are random and kept for the
session::

    # Once for the process: serve the files of this package and register their addresses.
    names = {
        mount: components.v1.declare_component(f"map_{mount}", path=str(folder)).name
        for mount, folder in asset_dirs().items()
    }
    use_assets(lambda mount, file: f"../{names[mount]}/{file}")

    # Once for each version of the data: events and places at addresses that cannot be guessed.
    (served / f"{secret}.gme").write_bytes(pack_events(events).blob)
    (served / f"{secret}.json").write_bytes(places_json(places))
    src = f"../{served_name}/{secret}"

    # At each run: the map, the same string each time, and the time control that drives it.
    figure = base_map(bounds=(44.5, 38.5, 50.5, 42.0), channel=token)
    EventLayer(channel=token).add_to(figure)
    group = place_layers(f"{src}.json", channel=token)
    st_folium(figure, key="map", returned_objects=[], feature_group_to_add=group)
    timeline = components.v2.component(
        "timeline", html=timeline_html(), css=timeline_css(), js=timeline_js()
    )
    query = EventQuery(start=date(2022, 12, 1), end=date(2023, 2, 28))
    state = timeline(
        key="timeline",
        data=timeline_data(
            channel=token,
            src=f"{src}.gme",
            window=(query.start, query.end),
            counts=count_events(events, query).as_dict(),
        ),
        default={"range": None, "picked": None},
        on_range_change=lambda: None,
        on_picked_change=lambda: None,
    )
    # state.range: ["2022-12-01", "2023-02-28"], an end is None when open
    # state.picked: {"row": 3, "here": [3, 8], ...}, rows of `pack_events(events).event_ids`

Addresses are resolved by the map's frame. The map is never rebuilt: new data, a new window, a
selected event and "fit" reach it through the time control's data. The control shows the seven
counts and keeps them right while it is dragged. `geomap.exports.html_page.export_html` makes one
file that opens with no network; `geomap.basemap.background.load_basemap` provides the
background for other drawing libraries.
"""
