"""The four pages without a browser: they run, hold their words, and change with their widgets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.dashboard.shared import session
from geomap.dashboard.shared.view_state import View
from geomap.gazetteer import open_gazetteer
from geomap.query import EventQuery
from geomap.workspace import Workspace

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest
    from tests.dashboard.conftest import OpenPage


def data_of(app: AppTest, name: str, **wanted: str) -> dict[str, Any]:
    """Return the data of one of our own components: the first, or the one that fits."""
    for element in app.main:
        data = _find(element, name, wanted)
        if data is not None:
            return data
    pytest.fail(f"the page has no component {name!r}")


def _find(element: Any, name: str, wanted: dict[str, str]) -> dict[str, Any] | None:
    proto: Any = getattr(element, "proto", None)
    if getattr(proto, "component_name", None) == name:
        data: dict[str, Any] = json.loads(proto.json)
        if wanted.items() <= data.items():
            return data
    for child in getattr(element, "children", {}).values():
        inner = _find(child, name, wanted)
        if inner is not None:
            return inner
    return None


def frames_of(app: AppTest) -> list[str]:
    """Return the arguments of each map of the page."""
    frames: list[str] = []

    def look(element: Any) -> None:
        proto: Any = getattr(element, "proto", None)
        if getattr(proto, "component_name", "").startswith("streamlit_folium"):
            frames.append(proto.json_args)
        for child in getattr(element, "children", {}).values():
            look(child)

    look(app.main)
    return frames


def test_map_page_accounts_for_every_row(open_page: OpenPage) -> None:
    """The counts line includes every row: none vanishes without a number."""
    counts = data_of(open_page("map"), "geomap.counts")["counts"]

    assert counts == {
        "total": 5,
        "shown": 3,
        "possible": 0,
        "outside_dates": 0,
        "filtered": 0,
        "unplaced": 1,
        "undated": 1,
        "hidden": 0,
    }


@pytest.mark.parametrize("page", ["map", "articles"])
def test_a_map_is_given_the_same_words_at_each_run(
    workspace: Workspace, open_page: OpenPage, page: str
) -> None:
    """Another string would rebuild it, with a blank moment and the view lost."""
    from tests.dashboard.conftest import TEXT

    workspace.ingest(TEXT.encode(), name="article.txt")
    app = open_page(page)
    before = frames_of(app)

    assert "new geomap.PlaceLayer(" in before[0]
    assert frames_of(app.run()) == before


def test_filters_change_the_counts_and_the_link(open_page: OpenPage) -> None:
    """A filter is seen at once, and the address brings it back."""
    app = open_page("map")

    app.session_state["geomap_view"] = View(query=EventQuery(types=frozenset({"Protest"})))
    app.run()

    counts = data_of(app, "geomap.counts")["counts"]
    assert (counts["shown"], counts["filtered"]) == (1, 2)
    assert app.query_params["type"] == "Protest"


def test_filters_survive_a_visit_to_another_page(open_page: OpenPage) -> None:
    """Streamlit forgets widgets that are not drawn; the view must not."""
    app = open_page("map")
    app.text_input(key="map_text").set_value("march").run()

    app.switch_page("views/report.py").run()
    app.switch_page("views/map.py").run()

    assert app.text_input(key="map_text").value == "march"
    assert data_of(app, "geomap.counts")["counts"]["shown"] == 1


def test_link_opens_the_event_it_names(workspace: Workspace, open_page: OpenPage) -> None:
    """A permalink to an event leads to its card, with file and row."""
    event_id = workspace.events()["event_id"].iloc[0]
    app = open_page("map")
    app.query_params["event"] = event_id
    del app.session_state["geomap_view"]
    app.run()

    blocks = data_of(app, "geomap.panel")["blocks"]
    facts = dict(next(block["rows"] for block in blocks if block["kind"] == "facts"))
    assert facts["From"] == "rows.csv, row 2"
    assert {"kind": "text", "text": "<img src=x onerror=alert(1)>"} in blocks


@pytest.mark.parametrize("name", ["articles", "add_data", "report"])
def test_page_has_its_title(name: str, open_page: OpenPage) -> None:
    """Each page has its title."""
    titles = {"articles": "Articles", "add_data": "Add data", "report": "Report"}

    assert open_page(name).title[0].value == titles[name]


def test_pasted_text_is_read_and_added_only_when_asked(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """Reading a text stores nothing."""
    from tests.dashboard.conftest import TEXT

    app = open_page("articles")
    app.text_area(key="articles_text").set_value(TEXT)
    app.button(key="articles_read").click().run()

    pieces = data_of(app, "geomap.reader")["pieces"]
    assert "".join(piece["text"] for piece in pieces) == TEXT.strip() or TEXT
    assert "Shusha" in [piece["text"] for piece in pieces if piece.get("kind") == "place"]
    assert workspace.articles().empty
    app.button(key="articles_add_to_workspace").click().run()
    assert len(workspace.articles()) == 1


def test_articles_page_marks_doubt_and_says_why(workspace: Workspace, open_page: OpenPage) -> None:
    """Doubts outlast storing an article; the card lists every other candidate."""
    from tests.dashboard.conftest import doubtful_article, keep_article

    keep_article(workspace.folder, doubtful_article())
    app = open_page("articles")
    app.session_state["geomap_toponym"] = "2"
    app.run()

    pieces = [piece for piece in data_of(app, "geomap.reader")["pieces"] if "kind" in piece]
    assert [piece["kind"] for piece in pieces] == [
        *("place", "place nested", "place uncertain", "place unplaced", "place")
    ]
    card = data_of(app, "geomap.panel", label="Why here")
    assert card["answers"]
    items = [item for block in card["blocks"] for item in block.get("items", [])]
    assert [item["text"] for item in items] == [
        *("Uncertain: not drawn as sure", "Cece, IT", "Cece Bay", "None of these")
    ]


def test_articles_page_marks_what_is_asked_for_and_remembers_it(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """A reader who looks for doubts sees only those, also after a visit to another page."""
    from tests.dashboard.conftest import doubtful_article, keep_article

    def marked(app: AppTest) -> list[str]:
        pieces = data_of(app, "geomap.reader")["pieces"]
        return [piece["text"] for piece in pieces if piece.get("id")]

    keep_article(workspace.folder, doubtful_article())
    app = open_page("articles")
    nested = app.checkbox(key="articles_nested")
    assert (nested.label, nested.value) == ("Show names inside names of organisations", True)
    nested.uncheck().run()
    assert marked(app) == ["Abaköy", "Cece", "Dede", "Abaköy"]

    app.checkbox(key="articles_only_uncertain").check().run()
    app.switch_page("views/report.py").run()
    app.switch_page("views/articles.py").run()
    assert marked(app) == ["Cece", "Dede"]
    assert not app.checkbox(key="articles_nested").value


def test_uploaded_table_changes_nothing_before_confirm(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """Looking at a file changes nothing."""
    rows = b"id,date,lat,lon,type\n9,2022-11-01,39.8,46.7,Protest\n"
    app = open_page("add_data")
    before = workspace.version

    app.file_uploader[0].set_value(("more.csv", rows, "text/csv")).run()

    about = data_of(app, "geomap.panel")["blocks"]
    assert about[0]["text"] == "more.csv"
    assert "1 row: 1 new" in about[2]["text"]
    assert workspace.version == before
    app.button(key="add_confirm").click().run()
    assert len(workspace.events()) == 6
    assert not app.exception


def test_file_that_cannot_be_used_gets_one_sentence(open_page: OpenPage) -> None:
    """No traceback, no half-taken file."""
    app = open_page("add_data")

    app.file_uploader[0].set_value(("notes.csv", b"", "text/csv")).run()

    notice = data_of(app, "geomap.panel")["blocks"][1]
    assert notice["tone"] == "problem"
    assert "notes.csv" in notice["text"]
    assert app.button(key="add_confirm").disabled


def test_report_page_draws_the_figure_and_its_caption(open_page: OpenPage) -> None:
    """The events that are drawn are those that are counted."""
    app = open_page("report")

    assert "3 shown + 0 possible of 5" in app.code[0].value
    app.text_input(key="report_title").set_value("Winter").run()
    assert app.code[0].value.startswith("Winter.")


def test_every_bad_file_gets_a_card_and_no_traceback(shared: Path, open_page: OpenPage) -> None:
    """The page opens each kind of damaged file without an exception."""
    app = open_page("add_data")
    for path in sorted((shared / "bad").iterdir()):
        if path.suffix in {".py", ".jsonl"}:
            continue
        app.file_uploader[0].set_value((path.name, path.read_bytes(), "text/csv")).run(timeout=60)

        assert not app.exception, path.name
        titles = [b["text"] for b in data_of(app, "geomap.panel")["blocks"] if b["kind"] == "title"]
        assert titles == [path.name]


def test_table_that_is_not_recognised_is_asked_about_and_then_read(
    workspace: Workspace, open_page: OpenPage
) -> None:
    """The owner of a file can state what its columns are."""
    rows = b"s1,s2,s3,s4\n2022-11-01,39.8,46.7,Markt\n2022-11-02,39.9,46.8,Fest\n"
    app = open_page("add_data")
    app.file_uploader[0].set_value(("own.csv", rows, "text/csv")).run()
    assert app.button(key="add_confirm").disabled

    answers = {"event_date": "s1", "latitude": "s2", "longitude": "s3", "title": "s4"}
    for box in app.selectbox:
        field = next((f for f in answers if str(box.key).endswith(f"_{f}")), None)
        if field:
            box.set_value(answers[field])
    next(b for b in app.button if b.label == "Read the file this way").click().run()

    about = data_of(app, "geomap.panel")["blocks"]
    assert "2 rows: 2 new" in about[2]["text"]
    app.button(key="add_confirm").click().run()
    assert len(workspace.events()) == 7


def test_day_and_month_are_asked_when_the_column_cannot_tell(open_page: OpenPage) -> None:
    """03/04 is March or April: only the owner can tell."""
    rows = b"id,date,lat,lon\n1,03/04/2022,39.8,46.7\n2,05/06/2022,39.8,46.7\n"
    app = open_page("add_data")
    app.file_uploader[0].set_value(("days.csv", rows, "text/csv")).run()

    blocks = data_of(app, "geomap.panel")["blocks"]
    assert "day or the month" in blocks[2]["text"]
    app.radio[0].set_value("Month first (12/31)")
    next(b for b in app.button if b.label == "Read the file this way").click().run()

    assert "2 rows: 2 new" in data_of(app, "geomap.panel")["blocks"][2]["text"]


def test_report_choices_survive_a_visit_to_another_page(open_page: OpenPage) -> None:
    """A title is not typed twice."""
    app = open_page("report")
    app.text_input(key="report_title").set_value("Winter").run()
    app.switch_page("views/articles.py").run()
    app.switch_page("views/report.py").run()

    assert app.text_input(key="report_title").value == "Winter"


def test_empty_workspace_says_what_to_do_next_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage
) -> None:
    """The first minute of somebody who has no data yet."""
    folder = tmp_path / "empty"
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    opened = Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    monkeypatch.setitem(session._open, folder.resolve(), opened)

    blocks = data_of(open_page("map"), "geomap.panel")["blocks"]
    assert "Add data" in blocks[1]["text"]
    assert "Paste a text" in open_page("articles").info[0].value
    assert "Drop one above" in open_page("add_data").info[0].value
    assert "0 shown" in open_page("report").code[0].value


def test_map_page_above_the_limit_counts_the_same_and_sends_less(
    monkeypatch: pytest.MonkeyPatch, open_page: OpenPage
) -> None:
    """The numbers are right and the controls the same for any number of events."""
    monkeypatch.setenv("GEOMAP_POINT_LIMIT", "2")
    monkeypatch.setattr("geomap.dashboard.map.map_source.MOST_POINTS", 1)
    app = open_page("map")
    data = data_of(app, "geomap.timeline")
    assert data["src"] is None
    assert data["grid"] is not None
    assert data["counts"]["shown"] == 3
    assert sum(sum(one["shown"]) for one in data["histogram"]["series"]) == 3

    monkeypatch.setattr("geomap.dashboard.map.map_source.MOST_POINTS", 50_000)
    app.session_state["geomap_view"] = View(query=EventQuery(text="march"))
    app.run()
    data = data_of(app, "geomap.timeline")
    assert data["grid"] is None
    assert data["src"] is not None
    assert data["counts"]["shown"] == 1


def test_question_which_column_is_the_day_is_answered_by_the_form(open_page: OpenPage) -> None:
    """The column that was proposed is an answer as good as any other."""
    days = b"2022-11-01,2022-12-05,39.8,46.7\n2022-11-02,2022-10-01,39.9,46.8\n"
    app = open_page("add_data")
    app.file_uploader[0].set_value(("two.csv", b"Date 1,Date 2,lat,lon\n" + days, "text/csv")).run()
    assert app.button(key="add_confirm").disabled

    next(b for b in app.button if b.label == "Read the file this way").click().run()
    assert not app.button(key="add_confirm").disabled
