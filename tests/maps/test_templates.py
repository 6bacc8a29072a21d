"""Promises about folium's templates: no text of a user is part of one, so none can run."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import jinja2
import pytest
from branca.element import Element
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile import FORMULA, PAYLOADS, RUNS

import geomap
from geomap.errors import InputError
from geomap.maps.assets import data_address, use_assets
from geomap.maps.map_layers import Background, EventLayer, GeomapMap, base_map
from geomap.maps.place_layer import PlaceLayer, place_layers, places_json
from geomap.maps.templates import template_arguments, template_constant
from geomap.symbology.map_choices import TILES

BUILDERS: dict[type[Element], tuple[Callable[..., Any], dict[str, Any]]] = {
    GeomapMap: (GeomapMap, {"longitude": 46.0, "latitude": 40.0, "zoom": 8}),
    Background: (Background, {"options": {"channel": "test", "credits": None, "area": True}}),
    EventLayer: (EventLayer, {"channel": "test"}),
    PlaceLayer: (PlaceLayer, {"src": "../places.gz", "channel": "test"}),
}
"""How each class that folium renders is made, with a value for every argument."""

FUNCTIONS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (
        base_map,
        {
            "bounds": (44.5, 38.5, 50.5, 42.0), "center": None, "zoom": 8, "theme": "light",
            "channel": "test", "area": True,
        },
    ),
    (place_layers, {"src": "../p.gz", "channel": "test"}),
]  # fmt: skip
"""The functions that make such elements."""


def elements() -> set[type[Element]]:
    """Return every class of geomap that folium renders, after importing all its modules."""
    for module in pkgutil.walk_packages(geomap.__path__, "geomap."):
        if "dashboard.views" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {one for one in _below(Element) if one.__module__.startswith("geomap")}


def _below(kind: type[Any]) -> set[type[Any]]:
    subclasses: list[type[Any]] = kind.__subclasses__()
    return {*subclasses, *(one for below in map(_below, subclasses) for one in below)}


def with_text(value: Any, text: str) -> Iterator[Any]:
    """Yield `value` with `text` in the place of each of its parts, and of the whole."""
    yield text
    if isinstance(value, dict):
        for name, part in value.items():
            yield from ({**value, name: changed} for changed in with_text(part, text))
        yield {**value, text: "a"}
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            for changed in with_text(part, text):
                yield type(value)((*value[:place], changed, *value[place + 1 :]))


def rendered(element: Any) -> str:
    """Return the page that an element gives as folium renders it."""
    figure = element if isinstance(element, GeomapMap) else base_map(channel="test")
    if figure is not element:
        element.add_to(figure)
    page: str = figure.get_root().render()
    return page


def test_every_class_that_folium_renders_is_looked_at() -> None:
    """A new one must say here how it is made, so that the next test can try it."""
    assert elements() == set(BUILDERS)


@pytest.mark.parametrize("payload", [text for text in PAYLOADS if text != FORMULA])
@pytest.mark.parametrize(("build", "arguments"), [*BUILDERS.values(), *FUNCTIONS])
def test_no_argument_of_an_element_takes_text(
    build: Callable[..., Any], arguments: dict[str, Any], payload: str
) -> None:
    """What is refused when a map is made cannot run when it is drawn."""
    assert set(arguments) == set(inspect.signature(build).parameters)
    assert rendered(build(**arguments))

    for name, value in arguments.items():
        for changed in with_text(value, payload):
            with pytest.raises((InputError, ValueError, TypeError, AttributeError)):
                build(**{**arguments, name: changed})


def test_addresses_of_scripts_take_no_text() -> None:
    """They are part of the page's head."""
    use_assets(lambda mount, file: f"../{mount}/{{{{7*7}}}}/{file}")

    with pytest.raises(InputError, match="must not be part of a map's template"):
        base_map()


def test_a_map_with_a_place_of_any_name_runs_nothing(
    places: gpd.GeoDataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends an analyst a list of places must not own the machine."""
    monkeypatch.chdir(tmp_path)
    table = places.assign(name=RUNS)

    page = rendered(place_layers(data_address(places_json(table))))

    assert "new geomap.PlaceLayer(" in page
    assert list(tmp_path.iterdir()) == []


def test_only_rooms_with_tested_elements_know_folium(root: Path) -> None:
    """An element of folium itself that another module fills with text would not be seen here."""
    source = root / "src" / "geomap"
    users = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _imported(node)
        if name.split(".")[0] in {"folium", "branca", "jinja2"}
    }

    assert users == {"maps/map_layers.py", "maps/place_layer.py"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
)


@given(JSON)
def test_what_the_gate_lets_through_a_template_leaves_as_it_is(value: Any) -> None:
    """Rendered any number of times: folium does so twice."""
    try:
        text = template_arguments(value)
    except InputError:
        return
    assert jinja2.Template(text).render() == text


@pytest.mark.parametrize("text", ["_{", "{{", "a\\b", "a'b", 'a"b', "<b>", "a%b", "a#b", "é", "\n"])
def test_the_gate_refuses_letters_with_a_meaning_elsewhere(text: str) -> None:
    """Templates, scripts and HTML give them one."""
    with pytest.raises(InputError):
        template_constant({"a": [text]})


@given(st.text(alphabet=string.ascii_letters + string.digits + "_-"))
def test_the_gate_lets_every_token_of_a_session_through(token: str) -> None:
    """They are random: one in thirty begins with a hyphen."""
    assert template_constant(token) == token


def test_the_gate_knows_the_own_addresses_with_braces() -> None:
    """The addresses of tiles have single braces, which no template reads."""
    addresses = [server["url"] for server in TILES.values()]

    assert template_constant(addresses) == addresses
    assert jinja2.Template(template_arguments(TILES)).render() == template_arguments(TILES)
