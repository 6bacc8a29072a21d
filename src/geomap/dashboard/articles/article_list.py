"""The list of the Articles page: the articles of the workspace, drafts, a form for a new text."""

from __future__ import annotations

import streamlit as st

from geomap.dashboard.articles import article_cards
from geomap.dashboard.shared import blocks, cache, components, keys
from geomap.dashboard.shared.cache import Data
from geomap.errors import GeomapError
from geomap.model import Article
from geomap.readers.article_files import read_article_file
from geomap.readers.article_metadata import article_from_text

SEARCH_FROM = 20  # articles
SCROLL_FROM = 10  # articles


def draw_form() -> None:
    """Draw the form for a new text, which becomes a draft."""
    with st.expander("Read a new text", key="articles_add", icon=":material/add:"):
        with st.form("articles_paste", border=False, clear_on_submit=True):
            text = st.text_area("Text", key="articles_text", height=160)
            published = st.date_input("Published", value=None, key="articles_published")
            if st.form_submit_button("Read the text", key="articles_read") and text.strip():
                _add_drafts((article_from_text(text, published=published),))
        files = st.file_uploader(
            "Or upload (text, web page, PDF, DOCX, mail, feed, chat, ...)",
            key="articles_files",
            accept_multiple_files=True,
        )
        read: set[str] = st.session_state.setdefault(keys.READ_UPLOADS, set())
        for file in files or ():
            if file.file_id in read:
                continue
            read.add(file.file_id)
            try:
                found = read_article_file(file.getvalue(), name=file.name)
                _add_drafts(found.articles)
                if found.issues:
                    words = f"{file.name}: {len(found.issues):,} parts are no text of an article."
                    components.notice(words, key=f"articles_left_{file.file_id}")
            except GeomapError as error:
                components.notice(str(error), key=f"articles_error_{file.file_id}", tone="problem")


def drafts() -> dict[str, Article]:
    """Return the session's articles that are not in the workspace, by id."""
    articles: dict[str, Article] = st.session_state.setdefault(keys.DRAFTS, {})
    return articles


def _add_drafts(articles: tuple[Article, ...]) -> None:
    drafts().update({article.article_id: article for article in articles})
    if articles:
        open_article(articles[0].article_id)


def open_article(article_id: str) -> None:
    """Make an article the open one."""
    st.session_state[keys.OPEN_ARTICLE] = article_id
    st.session_state.pop(keys.TOPONYM, None)


def draw_list(data: Data) -> None:
    """Draw the drafts and the articles of the workspace, newest first."""
    table = cache.article_list(data)
    words = ""
    if len(table) > SEARCH_FROM:
        words = st.text_input("Search titles and publishers", key="articles_search")
    current = current_article(data)
    items = [
        *article_cards.draft_items(drafts().values(), current),
        *article_cards.article_items(table, words.split(), current),
    ]
    if not items and words:
        items = [blocks.item("No article has these words", "Try fewer of them.")]
    with st.container(height=640 if len(items) > SCROLL_FROM else "content", border=False):
        components.panel(
            [blocks.listing(items)],
            key=keys.ARTICLE_LIST,
            label="Articles",
            on_action=_article_pressed,
        )


def _article_pressed() -> None:
    if article_id := components.value_of(keys.ARTICLE_LIST, "action"):
        open_article(article_id)


def current_article(data: Data) -> str | None:
    """Return the id of the open article, which is the first of the list until one is chosen."""
    ids = cache.article_list(data).index
    article_id: str | None = st.session_state.get(keys.OPEN_ARTICLE)
    if article_id in ids or article_id in drafts():
        return article_id
    return str(ids[0]) if len(ids) else None
