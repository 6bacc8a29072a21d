"""The map: an offline background, a canvas of events, places, and the time control.

Only this package imports folium; nothing here imports Streamlit. Text of users and articles
reaches the browser as files and messages, never as part of folium's templates, which would run
it (`templates`), and is written with `textContent` only.

docs/map-component.md shows how a page of Streamlit uses it. `geomap.exports.html_page.export_html`
makes one file that opens with no network; `geomap.basemap.background.load_basemap` provides
the background for other drawing libraries.
"""
