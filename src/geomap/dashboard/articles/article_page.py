"""The Articles page: the list, and the open article with its small map, names and events."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from geomap.dashboard.articles import article_cards, article_list
from geomap.dashboard.articles.text_marks import Shown, cut_text, mark_dates, mark_toponyms
from geomap.dashboard.articles.why_here import Known, codes_of, why_blocks
from geomap.dashboard.shared import asset_server, blocks, cache, components, keys, session, view_url
from geomap.dashboard.shared.cache import Data
from geomap.geo.extent import bounds_of
from geomap.geoparse.sentence_languages import Sentence
from geomap.incidents import read_article, unread_sentences
from geomap.maps.map_layers import base_map
from geomap.maps.place_layer import place_layers, places_json
from geomap.model import Article, GeoparsedArticle, Toponym


def article_page(data: Data) -> None:
    """Draw the page."""
    beside, main = st.columns([0.3, 0.7], gap="large")
    with beside:
        st.title("Articles")
        article_list.draw_form()
        article_list.draw_list(data)
    with main:
        article_id = article_list.current_article(data)
        if article_id is None:
            st.info("No article yet. Paste a text or upload a file to read the first one.")
        else:
            _article(data, article_id)


def _article(data: Data, article_id: str) -> None:
    is_draft = article_id not in cache.article_list(data).index
    if is_draft:
        parsed = _parsed(data.folder, article_list.drafts()[article_id])
    else:
        parsed = cache.article(data, article_id)
    text_side, map_side = st.columns([0.58, 0.42], gap="medium")
    with text_side:
        _head(parsed.article)
        if is_draft:
            _offer_to_add(parsed)
        shown = _choose_marks(parsed.toponyms)
        _text(parsed, shown)
    with map_side:
        _small_map(parsed, shown)
        _why_here(parsed, shown)
        _events(data, parsed, is_draft=is_draft)


@st.cache_resource(max_entries=32, show_spinner="Reading the text")
def _parsed(folder: str, article: Article) -> GeoparsedArticle:
    return read_article(article, session.workspace_at(folder).gazetteer)


def _head(article: Article) -> None:
    published = str(article.published or "no publication date")
    line = blocks.dotted(article.publisher, published, article.file_name)
    content = [blocks.title(article.title or "Untitled"), blocks.quiet(line)]
    components.panel(content, key="articles_head")


def _choose_marks(toponyms: Sequence[Toponym]) -> Shown:
    """Draw the choice of the names that are marked, and how a doubt is marked."""
    st.session_state.setdefault(keys.NESTED, True)  # a default in the widget too is an error
    with st.container(horizontal=True, key="articles_marks"):
        nested = st.checkbox("Show names inside names of organisations", key=keys.NESTED)
        only_uncertain = st.checkbox("Only uncertain places", key=keys.ONLY_UNCERTAIN)
    shown = Shown(nested=nested, only_uncertain=only_uncertain)
    words = article_cards.names_line(toponyms, shown)
    components.panel([blocks.quiet(words)], key="articles_names")
    return shown


def _text(parsed: GeoparsedArticle, shown: Shown) -> None:
    marks = mark_toponyms(parsed.toponyms, shown) + mark_dates(parsed.dates)
    components.component("reader", '<div class="reader" role="article"></div>\n')(
        key=keys.READER,
        data={
            "pieces": cut_text(parsed.article.text, marks),
            "chosen": st.session_state.get(keys.TOPONYM),
        },
        on_toponym_change=_toponym_pressed,
    )


def _toponym_pressed() -> None:
    number = components.value_of(keys.READER, "toponym")
    if number is not None:
        st.session_state[keys.TOPONYM] = number


def _offer_to_add(parsed: GeoparsedArticle) -> None:
    events, names = len(parsed.incidents), len(parsed.toponyms)
    st.button(
        f"Add to workspace ({_counted(events, 'event')}, {_counted(names, 'place name')})",
        key="articles_add_to_workspace",
        type="primary",
        on_click=_add_to_workspace,
        args=(parsed.article,),
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _add_to_workspace(article: Article) -> None:
    session.workspace().add_article(article)
    article_list.drafts().pop(article.article_id, None)
    article_list.open_article(article.article_id)


def _small_map(parsed: GeoparsedArticle, shown: Shown) -> None:
    places = article_cards.places_table(parsed.toponyms, shown)
    if places.empty:
        return
    asset_server.serve_assets()
    channel = f"{session.token()}-article"
    theme = st.context.theme.type or "light"
    figure = base_map(bounds=bounds_of(places), theme=theme, channel=channel)
    file = asset_server.served_file(places_json(places))
    place_layers(session.address(file), channel=channel).add_to(figure)
    st_folium(
        figure,
        key=f"articles_map_{parsed.article.article_id}",
        height=300,
        use_container_width=True,
        returned_objects=[],
    )


def _why_here(parsed: GeoparsedArticle, shown: Shown) -> None:
    toponym = _chosen_toponym(parsed)
    if toponym is None or not shown.includes(toponym):
        hint = "Press a marked name to see why it is placed here."
        components.panel([blocks.quiet(hint)], key="articles_why")
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
    chosen = st.session_state.get(keys.TOPONYM)
    if chosen is None or not chosen.isdigit() or int(chosen) >= len(parsed.toponyms):
        return None
    return parsed.toponyms[int(chosen)]


def _events(data: Data, parsed: GeoparsedArticle, *, is_draft: bool) -> None:
    if is_draft:
        items = article_cards.incident_items(parsed.incidents)
    else:
        items = article_cards.event_items(_stored_events(data, parsed.article.article_id))
    components.panel(
        [
            blocks.heading(f"Events found ({len(items)})"),
            blocks.listing(items, "No sentence reports an event that geomap can read."),
        ],
        key=keys.ARTICLE_EVENTS,
        on_action=_event_pressed,
    )
    unread = _unread(parsed.article.text)
    if unread:
        blocks_of_unread = article_cards.unread_blocks(parsed.article.text, unread)
        components.panel(blocks_of_unread, key="articles_unread")


@st.cache_resource(max_entries=64, show_spinner=False)
def _unread(text: str) -> tuple[Sentence, ...]:
    return unread_sentences(text)


@st.cache_resource(max_entries=64, show_spinner=False)
def _stored_events(data: Data, article_id: str) -> gpd.GeoDataFrame:
    events = cache.table(data).where("article_id", article_id)
    return events.sort_values("event_date", kind="stable")


def _event_pressed() -> None:
    verb, _, event_id = (components.value_of(keys.ARTICLE_EVENTS, "action") or "").partition(":")
    if verb == "event":
        view_url.change_view(event_id=event_id, place_id=None)
        st.session_state[keys.GO_TO] = "map"
