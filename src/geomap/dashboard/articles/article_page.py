"""What the Articles page is made of: the list, the text, the small map, adding a text."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from geomap.dashboard.articles import article_cards
from geomap.dashboard.articles.text_marks import Shown, cut_text, mark_dates, mark_toponyms
from geomap.dashboard.articles.why_here import Known, codes_of, why_blocks
from geomap.dashboard.shared import asset_server, cache, components, session, view_url
from geomap.dashboard.shared.cache import Data
from geomap.dashboard.shared.callbacks import GO_TO, NESTED, ONLY_UNCERTAIN, OPEN_ARTICLE, opened
from geomap.dashboard.shared.event_words import days_of
from geomap.errors import GeomapError
from geomap.geo.extent import bounds_of
from geomap.maps.map_layers import base_map
from geomap.maps.place_layer import place_layers, places_json
from geomap.model import Article, GeoparsedArticle, Toponym
from geomap.readers.article_files import read_articles
from geomap.readers.article_metadata import article_from_text

DRAFTS = "geomap_drafts"
TOPONYM = "geomap_toponym"
LIST = "articles_list"
READER = "articles_reader"
EVENTS = "articles_events"
SEARCH_FROM = 20
MANY = 10
_TRIED = "geomap_articles_tried"


def article_page(data: Data) -> None:
    """Draw the page."""
    beside, main = st.columns([0.3, 0.7], gap="large")
    with beside:
        st.title("Articles")
        _add_box()
        _list(data)
    with main:
        parsed, is_draft = _chosen(data)
        if parsed is None:
            st.info("No article yet. Paste a text or upload a file to read the first one.")
        else:
            _show(data, parsed, is_draft=is_draft)


def _add_box() -> None:
    with st.expander("Read a new text", key="articles_add", icon=":material/add:"):
        with st.form("articles_paste", border=False, clear_on_submit=True):
            text = st.text_area("Text", key="articles_text", height=160)
            published = st.date_input("Published", value=None, key="articles_published")
            if st.form_submit_button("Read the text", key="articles_read") and text.strip():
                _keep_drafts((article_from_text(text, published=published),))
        files = st.file_uploader(
            "Or upload (txt, md, html, json, jsonl)",
            key="articles_files",
            accept_multiple_files=True,
        )
        fresh = [file for file in files or () if file.file_id not in _tried()]
        for file in fresh:
            _tried().add(file.file_id)
            try:
                _keep_drafts(read_articles(file.getvalue(), name=file.name))
            except GeomapError as error:
                components.notice(str(error), key=f"articles_error_{file.file_id}", tone="problem")


def _tried() -> set[str]:
    tried: set[str] = st.session_state.setdefault(_TRIED, set())
    return tried


def _drafts() -> dict[str, Article]:
    drafts: dict[str, Article] = st.session_state.setdefault(DRAFTS, {})
    return drafts


def _keep_drafts(articles: tuple[Article, ...]) -> None:
    for article in articles:
        _drafts()[article.article_id] = article
    if articles:
        _open(articles[0].article_id)


def _open(article_id: str) -> None:
    st.session_state[OPEN_ARTICLE] = article_id
    st.session_state.pop(TOPONYM, None)


def _list(data: Data) -> None:
    table = cache.article_list(data)
    words = ""
    if len(table) > SEARCH_FROM:
        words = st.text_input("Search titles and publishers", key="articles_search")
    items = article_cards.article_items(table, words.split(), _current(data))
    items = [
        {
            "text": draft.title or draft.text[:80],
            "note": "read, not in the workspace yet",
            "action": draft.article_id,
            "current": draft.article_id == _current(data),
        }
        for draft in _drafts().values()
    ] + items
    if not items and words:
        items = [{"text": "No article has these words", "note": "Try fewer of them."}]
    with st.container(height=640 if len(items) > MANY else "content", border=False):
        components.panel(
            [{"kind": "list", "items": items}], key=LIST, label="Articles", on_action=_pressed
        )


def _pressed() -> None:
    action = (st.session_state.get(LIST) or {}).get("action")
    if action:
        _open(action)


def _current(data: Data) -> str | None:
    ids = cache.article_list(data).index
    article_id: str | None = st.session_state.get(OPEN_ARTICLE)
    if article_id in ids or article_id in _drafts():
        return article_id
    return str(ids[0]) if len(ids) else None


def _chosen(data: Data) -> tuple[GeoparsedArticle | None, bool]:
    article_id = _current(data)
    if article_id is None:
        return None, False
    if article_id in cache.article_list(data).index:
        return cache.article(data, article_id), False
    return cache.parsed(data.folder, _drafts()[article_id]), True


def _show(data: Data, parsed: GeoparsedArticle, *, is_draft: bool) -> None:
    text_side, map_side = st.columns([0.58, 0.42], gap="medium")
    with text_side:
        components.panel(_head(parsed.article), key="articles_head")
        if is_draft:
            _offer_to_add(parsed)
        shown = _what_is_marked(parsed.toponyms)
        marks = mark_toponyms(parsed.toponyms, shown)
        marks += mark_dates(parsed.dates, article_cards.date_notes(parsed.dates))
        components.reader(
            cut_text(parsed.article.text, marks),
            key=READER,
            chosen=st.session_state.get(TOPONYM),
            on_toponym=_marked,
        )
    with map_side:
        _small_map(parsed, shown)
        _why_here(parsed, shown)
        _events(data, parsed, is_draft=is_draft)


def _what_is_marked(toponyms: Sequence[Toponym]) -> Shown:
    """Let the reader choose which names are marked, and say how a doubt is marked."""
    st.session_state.setdefault(NESTED, True)  # a value beside the key would be said twice
    with st.container(horizontal=True, key="articles_marks"):
        nested = st.checkbox("Show names inside names of organisations", key=NESTED)
        only_uncertain = st.checkbox("Only uncertain places", key=ONLY_UNCERTAIN)
    shown = Shown(nested=nested, only_uncertain=only_uncertain)
    words = article_cards.names_line(toponyms, shown)
    components.panel([{"kind": "quiet", "text": words}], key="articles_names")
    return shown


def _head(article: Article) -> list[components.Block]:
    parts = (article.publisher, str(article.published or "no publication date"), article.file_name)
    blocks: list[components.Block] = [
        {"kind": "title", "text": article.title or "Untitled"},
        {"kind": "quiet", "text": " · ".join(part for part in parts if part)},
    ]
    return blocks


def _offer_to_add(parsed: GeoparsedArticle) -> None:
    events, names = len(parsed.incidents), len(parsed.toponyms)
    st.button(
        f"Add to workspace ({events} events, {names} place names)",
        key="articles_add_to_workspace",
        type="primary",
        on_click=_add_to_workspace,
        args=(parsed.article,),
    )


def _add_to_workspace(article: Article) -> None:
    session.workspace().add_article(article)
    _drafts().pop(article.article_id, None)
    _open(article.article_id)


def _marked() -> None:
    pressed = (st.session_state.get(READER) or {}).get("toponym")
    if pressed is not None:
        st.session_state[TOPONYM] = pressed


def _small_map(parsed: GeoparsedArticle, shown: Shown) -> None:
    places = article_cards.places_table(parsed.toponyms, shown)
    if places.empty:
        return
    asset_server.serve_assets()
    channel = f"{session.token()}-article"
    figure = base_map(
        bounds=bounds_of(places), theme=st.context.theme.type or "light", channel=channel
    )
    src = session.visitor().address(asset_server.kept(places_json(places)))
    place_layers(src, channel=channel).add_to(figure)
    st_folium(
        figure,
        key=f"articles_map_{parsed.article.article_id}",
        height=300,
        use_container_width=True,
        returned_objects=[],
    )


def _why_here(parsed: GeoparsedArticle, shown: Shown) -> None:
    toponym = _chosen_toponym(parsed)
    if toponym is None or not shown.keeps(toponym):
        blocks = [{"kind": "quiet", "text": "Press a marked name to see why it is placed here."}]
        components.panel(blocks, key="articles_why")
        return
    gazetteer = session.workspace().gazetteer
    place_id = toponym.place.place_id if toponym.place else ""
    countries = {code: gazetteer.country(code) for code in codes_of(toponym)}
    known = Known(
        gazetteer.get(place_id, on=parsed.article.published),
        {code: country.name for code, country in countries.items() if country},
    )
    components.panel(
        why_blocks(toponym, known), key="articles_why", framed=True, label="Why here", answers=True
    )


def _chosen_toponym(parsed: GeoparsedArticle) -> Toponym | None:
    chosen = st.session_state.get(TOPONYM)
    if chosen is None or not chosen.isdigit() or int(chosen) >= len(parsed.toponyms):
        return None
    return parsed.toponyms[int(chosen)]


def _events(data: Data, parsed: GeoparsedArticle, *, is_draft: bool) -> None:
    if is_draft:
        items = article_cards.incident_items(parsed.incidents)
    else:
        events = cache.events_of_article(data, parsed.article.article_id)
        items = article_cards.event_items(events, [days_of(e) for e in events.to_dict("records")])
    body = (
        {"kind": "list", "items": items}
        if items
        else {"kind": "quiet", "text": "No sentence reports an event that geomap can read."}
    )
    heading = {"kind": "heading", "text": f"Events found ({len(items)})"}
    components.panel([heading, body], key=EVENTS, on_action=_event_pressed)


def _event_pressed() -> None:
    action = (st.session_state.get(EVENTS) or {}).get("action") or ""
    if action.startswith("event:"):
        event_id = action.removeprefix("event:")
        view_url.keep_view(opened(view_url.current_view(), event_id=event_id))
        st.session_state[GO_TO] = "map"
