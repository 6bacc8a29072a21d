"""What a server sends of a workspace whose every text was written by somebody hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests import hostile
from tests.hostile import FOLDER, NAME, TEXT

from geomap.dashboard import main
from geomap.dashboard.shared import session
from geomap.dashboard.shared.view_state import PARAMETERS
from geomap.workspace import Workspace

TEXT_ONLY = {
    ("BidiComponent", "json"),  # our components: their scripts set it with textContent
    ("MultiSelect", "options"),
    ("MultiSelect", "raw_values"),
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("Code", "code_text"),
    ("ArrowData", "data"),
    ("TextInput", "value"),
    ("TextArea", "value"),
    ("DownloadButton", "url"),
}
"""The fields of Streamlit's elements that a browser shows to the letter."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Return the server's hostile workspace, with the working directory in an empty folder."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    opened = hostile.make_workspace(folder, layers={"user", "curated"})
    monkeypatch.setitem(session._open, folder.resolve(), opened)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    yield opened
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(page: str = "map", **params: str) -> AppTest:
    """Return a page of the app, opened by a link with `params`."""
    app = AppTest.from_file(str(main.__file__), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    if page != "map":
        app.switch_page(f"views/{page}.py").run()
    return app


def sent(app: AppTest) -> dict[tuple[str, str], list[str]]:
    """Return all the texts that the app sends to the browser, by kind of element and field."""
    assert not app.exception, app.exception
    texts: dict[tuple[str, str], list[str]] = {}
    for proto in _protos(app._tree):
        for where, text in _texts(proto):
            texts.setdefault(where, []).append(text)
    return texts


def _protos(element: Any) -> Iterator[Any]:
    if (proto := getattr(element, "proto", None)) is not None:
        yield proto
    for child in getattr(element, "children", {}).values():
        yield from _protos(child)


def _texts(message: Any) -> Iterator[tuple[tuple[str, str], str]]:
    for field, value in message.ListFields():
        where = (message.DESCRIPTOR.name, field.name)
        for one in value if hasattr(value, "append") else [value]:
            if hasattr(one, "ListFields"):
                yield from _texts(one)
            elif isinstance(one, str | bytes):
                yield where, one if isinstance(one, str) else one.decode("latin-1")


def check(app: AppTest) -> None:
    """Fail where words of others reach an element that reads them as Markdown or a script."""
    for where, texts in sent(app).items():
        hostile_ones = [text for text in texts if "Zed" in text]
        assert where in TEXT_ONLY or not hostile_ones, (where, hostile_ones[0][:200])
    assert not list(Path().iterdir()), "a template ran"


def test_the_pages_send_words_of_others_as_text_only(workspace: Workspace) -> None:
    """No title, type, place, side, source or article is read as Markdown, script or template."""
    assert len(workspace.events()) == 5
    for page in ("map", "articles", "add_data", "report"):
        app = opened(page)
        assert any("Zed" in text for texts in sent(app).values() for text in texts), page
        check(app)


def test_cards_of_events_and_places_send_text_only(workspace: Workspace) -> None:
    """The cards that a click on the map opens."""
    events = workspace.events()
    event_id = events.loc[events["title"].str.startswith("Event 1"), "event_id"].iloc[0]
    for params in ({"event": event_id}, {"place": "zed"}, {"place": f"zone {TEXT}"}):
        app = opened(**params)
        assert any(TEXT in text for text in _panels(app)), params
        check(app)


def _panels(app: AppTest) -> list[str]:
    return [text.encode().decode("unicode_escape") for text in sent(app)["BidiComponent", "json"]]


@pytest.mark.parametrize("page", ["map", "report"])
def test_a_link_with_strange_words_is_answered_in_text_only(
    workspace: Workspace, page: str
) -> None:
    """Anybody can make a link."""
    assert workspace.version
    check(opened(page, **dict.fromkeys(PARAMETERS, TEXT)))


def test_a_file_on_its_way_in_is_told_in_text_only(workspace: Workspace) -> None:
    """Its name, columns, layout, rows and faults, and the changes of a newer release."""
    app = opened("add_data")
    newer = hostile.table().replace(b"Event 1", b"Changed 1")
    app.file_uploader[0].set_value((NAME, newer, "text/csv")).run()
    check(app)
    app.file_uploader[0].set_value((f"{TEXT}.txt", b"\x00\x01\x02", "text/plain")).run()
    check(app)

    app = opened("add_data")
    app.selectbox(key="add_batch").set_value(workspace.batches()[0].batch_id).run()
    check(app)
    app.button(key="add_undo").click().run()
    check(app)


def test_a_figure_with_a_strange_title_is_told_in_text_only(workspace: Workspace) -> None:
    """Title, caption and the description of the picture hold the user's words."""
    assert workspace.version
    app = opened("report")
    app.text_input(key="report_title").set_value(TEXT[:200]).run()
    check(app)


def test_reading_an_article_makes_no_folder(workspace: Workspace) -> None:
    """Its small map names the hostile place; a template that ran would have made one."""
    assert workspace.gazetteer.get("zed") is not None
    frames = sent(opened("articles"))["ComponentInstance", "json_args"]

    assert not list(Path().iterdir())
    assert any("new geomap.PlaceLayer(" in text for text in frames)
    assert not any(FOLDER in text for text in frames)
