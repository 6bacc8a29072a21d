"""The form below the card of an event: correct, hide, restore, note, take back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from geomap.dashboard import main
from geomap.workspace import Workspace

Card = Callable[[int], AppTest]


@pytest.fixture
def open_card(workspace: Workspace) -> Card:
    """Return a function that opens the map with the card of an event of the table."""
    ids = workspace.events()["event_id"].tolist()

    def run(row: int) -> AppTest:
        app = AppTest.from_file(str(main.__file__), default_timeout=60)
        app.query_params["event"] = ids[row]
        app.run()
        assert not app.exception, app.exception
        return app

    return run


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with a label."""
    button = next(one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception, app.exception
    return app


def labels(app: AppTest) -> set[str]:
    """Return the labels of all buttons."""
    return {one.label for one in app.button}


def test_form_corrects_an_event_and_undoes_that(open_card: Card, workspace: Workspace) -> None:
    """The whole way of one correction, and back."""
    app = open_card(1)
    app.selectbox(key="map_decide").select("title").run()
    app.text_input(key="map_decision_value_title").input("A silent march").run()
    app.text_input(key="map_decision_reason").input("The photo shows it").run()
    app.text_input(key="map_decision_author").input("Ann").run()
    press(app, "Correct")
    corrected = workspace.events()["title"].tolist()[1]
    made = workspace.ledger().decisions[0]
    press(app, "Undo")

    assert corrected == "A silent march"
    assert (made.author, made.reason) == ("Ann", "The photo shows it")
    assert workspace.events()["title"].tolist()[1] == "A march"
    assert "Undo" not in labels(app)


def test_form_hides_and_restores_an_event(open_card: Card, workspace: Workspace) -> None:
    """A hidden event leaves the counts of the page, and its card brings it back."""
    app = open_card(1)
    app.text_input(key="map_decision_reason").input("Double").run()
    press(app, "Hide")
    is_hidden = workspace.ledger().state(workspace.events()["event_id"][1]).is_hidden
    app.text_input(key="map_decision_reason").input("Not the same").run()
    press(app, "Restore")

    assert is_hidden
    assert not workspace.ledger().state(workspace.events()["event_id"][1]).is_hidden
    assert "Hide" in labels(app)


def test_form_says_what_it_refuses_and_writes_nothing(
    open_card: Card, workspace: Workspace
) -> None:
    """A missing reason and an impossible value are said in a sentence."""
    app = open_card(1)
    press(app, "Hide")
    no_reason = [text.value for text in app.text]
    app.text_input(key="map_decision_reason").input("Heard").run()
    app.text_input(key="map_decision_value_date").input("soon").run()
    press(app, "Correct")

    assert any("needs a reason" in text for text in no_reason)
    assert any("'soon' is not a date" in text.value for text in app.text)
    assert not workspace.ledger()


def test_form_does_not_replace_what_somebody_else_decided_meanwhile(
    open_card: Card, workspace: Workspace
) -> None:
    """Two browsers at one event: the second is told."""
    from geomap.decisions import read_value
    from geomap.model import DecisionKind
    from geomap.workspace import Edit

    app = open_card(1)
    event_id = workspace.events()["event_id"][1]
    app.selectbox(key="map_decide").select("title").run()
    app.text_input(key="map_decision_reason").input("Mine").run()
    app.text_input(key="map_decision_value_title").input("His").run()
    edit = Edit(DecisionKind.OVERRIDE, "title", read_value("title", "Hers"))
    workspace.decide(event_id, [edit], reason="Hers", author="Ann")
    press(app, "Correct")

    assert workspace.events()["title"][1] == "Hers"


def test_form_offers_the_places_that_bear_a_name(open_card: Card, workspace: Workspace) -> None:
    """A place is chosen, not guessed."""
    app = open_card(1)
    app.selectbox(key="map_decide").select("place").run()
    app.text_input(key="map_decision_value_place").input("Shusha").run()
    app.text_input(key="map_decision_reason").input("The text says so").run()
    press(app, "Correct")

    assert workspace.events()["place_id"][1] == "shusha"
