"""The map: an offline background, a canvas of events, places, and the time control.

Only this package imports folium; nothing here imports Streamlit. Text of users and
articles reaches the browser as JSON or bytes and is written with `textContent` only.

A page that shows the map does this (`token` is random and kept for the session)::

    from geomap.maps.assets import asset_dirs, use_assets
    from geomap.symbology.colours import colours_of
    from geomap.maps.map_layers import EventLayer, base_map
    from geomap.maps.pack import pack_events
    from geomap.maps.place_layer import place_layers
    from geomap.maps.time_component import timeline_css, timeline_data, timeline_html, timeline_js

    # Once for the process: serve the files of this package, tell folium their addresses.
    names = {mount: v1.declare_component(f"geomap_{mount}", path=str(folder)).name
             for mount, folder in asset_dirs().items()}
    use_assets(lambda mount, file: f"../{names[mount]}/{file}")

    # For each set of filters: the events that pass all filters but the dates, as bytes at
    # an address nobody can guess. Colours come from all types of the workspace, so that a
    # filter never changes the colour of a type.
    verdicts = classify_events(all_events, query_without_dates, joins=joins)
    packed = pack_events(all_events, verdicts=verdicts,
                         colours=colours_of(all_events["event_type"]))
    (served_folder / f"{name}.gme").write_bytes(packed.blob)

    # In the fragment: the time control first, then the map. Both talk over the channel.
    timeline = v2.component("geomap_timeline", html=timeline_html(), css=timeline_css(),
                            js=timeline_js())
    state = timeline(key="timeline", data=timeline_data(
        channel=token, src=f"../{served_name}/{name}.gme", histogram=day_histogram,
        window=(start, end), counts=counts.as_dict(), selected=event_id),
        default={"range": None, "picked": None, "place": None, "view": None},
        on_range_change=f, on_picked_change=f, on_place_change=f, on_view_change=f)
    # state.range == ["2022-12-01", "2023-02-28"] (an end is None when open)
    # state.picked == {"id": event_id, "here": [event_id, ...], "n": 1}; n grows at each pick
    # state.place == {"id": place_id, "n": 2}; state.view == {"bbox": [W, S, E, N], "zoom": 8}
    figure = base_map(bounds=(44.5, 38.5, 50.5, 42.0), channel=token)
    EventLayer(channel=token).add_to(figure)
    st_folium(figure, key="map", height=560, use_container_width=True, returned_objects=[],
              feature_group_to_add=place_layers(places, start, end, channel=token))

`src` is resolved by the map's frame. `histogram` is a Series of counts indexed by day.
The map is the same string at every run, so it is never rebuilt: new data, a new window, a
selected event and "fit" reach it through the time control's data. The time control shows
the seven counts itself (`data-testid="geomap-live-counts"`) and keeps them right while it is
dragged. `geomap.exports.html_page.export_html` makes one file that opens with no network, and
`geomap.basemap.background.load_basemap` gives the background to other drawing libraries.
"""
