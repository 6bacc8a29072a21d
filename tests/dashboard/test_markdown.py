"""Which words reach the elements of Streamlit that read Markdown: our own.

Markdown from a file could show an image of another server, a link, colours and symbols. What
users wrote goes through components of ours; escaping is not enough, addresses become links.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

SHOWN = {
    **dict.fromkeys(
        (
            *("badge", "button", "checkbox", "color_picker", "date_input", "datetime_input"),
            *("download_button", "expander", "feedback", "file_uploader", "form_submit_button"),
            *("audio_input", "camera_input", "link_button", "menu_button", "multiselect"),
            *("number_input", "page_link", "popover", "select_slider", "selectbox", "slider"),
            *("status", "text_area", "text_input", "time_input", "toggle"),
        ),
        ("label", "help"),
    ),
    **dict.fromkeys(
        (
            *("caption", "error", "header", "html", "info", "latex", "markdown", "subheader"),
            *("success", "title", "toast", "warning"),
        ),
        ("body", "help"),
    ),
    **dict.fromkeys(("pills", "segmented_control"), ("label", "options", "format_func", "help")),
    "dialog": ("title",),
    "image": ("caption",),
    "metric": ("label", "value", "delta", "help"),
    "progress": ("text",),
    "radio": ("label", "options", "format_func", "captions", "help"),
    "spinner": ("text",),
    "table": ("data",),
    "tabs": ("tabs",),
    "text": ("help",),
    "write": ("args",),
    "write_stream": ("stream",),
}
"""The elements that read Markdown (or HTML), and the arguments in which they do."""

NO_WORDS = {"Page", "columns", "container", "empty", "navigation", "set_page_config"}
"""Those whose documentation names it without taking words that are read so."""

OWN = {
    "article_page.py": {
        # numbers and words of ours
        "f\"Add to workspace ({_counted(events, 'event')}, {_counted(names, 'place name')})\"",
    },
    "components.py": {"f\"<style>{(_STATIC / 'page.css').read_text('utf-8')}</style>\""},
    "decision_form.py": {"_HINTS.get(field, 'Empty: not known')"},  # what can be typed
    "import_history.py": {"words"},  # how many files
    "event_table.py": {"f'{words}, {pages:,} pages' if pages > 1 else words"},  # how many events
    "mapping_form.py": {
        "list(kinds)",  # events, an article, counts: words of this page
        # the answers to a question about dates: centuries, calendars, orders
        *("question['choices']", "lambda choice: str(choice).capitalize()"),
    },
    "report_page.py": {"label", "f'Preview; files are drawn at {chosen.settings.dpi} dpi.'"},
    "row_tables.py": {
        *("words", "list(shown)"),  # names of numbers and notes on them, all of geomap's own
        *("lambda name: f'{shown[name][1]:,} {shown[name][0]}'", "f'All rows as {form.upper()}'"),
    },
    "look_panel.py": {"label_of"},  # of a layer of the map
    "upload_page.py": {
        "limits",  # numbers
        "f'Confirm: add {words}'",  # how many files
        "f'{waiting} of {len(files)} files cannot be taken in as they stand: see above.'",
    },
}
"""The expressions that do not look like words of ours, by file: a person has looked at each."""


def calls(root: Path) -> Iterator[tuple[str, ast.Call, str]]:
    """Yield every call in the dashboard whose name may be that of such an element."""
    for path in sorted((root / "src" / "geomap" / "dashboard").rglob("*.py")):
        tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        ours = {
            alias.asname or alias.name
            for node in tree
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("geomap")
            for alias in node.names
        }
        for node in tree:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if not (isinstance(owner, ast.Name) and owner.id in ours):
                    yield path.name, node, node.func.attr


def shown(call: ast.Call, name: str) -> Iterator[ast.expr]:
    """Yield the arguments of a call that are read as Markdown."""
    wanted = SHOWN[name]
    places = _places(name)
    for place, argument in enumerate(call.args):
        if place < len(places) and places[place] in wanted:
            yield argument
    yield from (one.value for one in call.keywords if one.arg in wanted)


def _places(name: str) -> list[str]:
    return list(inspect.signature(getattr(st, name)).parameters)


def is_own(node: ast.expr) -> bool:
    """Return whether an expression can hold words of ours only, by what it looks like."""
    match node:
        case ast.Constant():
            return True
        case ast.Subscript() | ast.Attribute(attr="__getitem__"):
            return is_own(node.value)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case ast.Call(func=ast.Attribute(attr="get_option") | ast.Name(id="len")):
            return True
        case ast.Call(func=ast.Name(id="list")):
            return all(map(is_own, node.args))
        case ast.List() | ast.Tuple():
            return all(map(is_own, node.elts))
        case ast.IfExp():
            return is_own(node.body) and is_own(node.orelse)
        case ast.JoinedStr():
            return all(map(is_own, node.values))
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)])):
            return spec == ","  # only a number can be written so
        case ast.FormattedValue():
            return is_own(node.value)
    return False


def test_every_element_that_reads_markdown_is_in_the_list(root: Path) -> None:
    """An element that is used for the first time has to be reviewed."""
    used = {name for _, _, name in calls(root)}
    documented = {name for name in dir(st) if "arkdown" in (getattr(st, name).__doc__ or "")}

    assert used & documented - NO_WORDS <= set(SHOWN)


def test_no_words_of_others_are_read_as_markdown(root: Path) -> None:
    """A person has looked at each other expression and listed it in `OWN`."""
    strange: dict[str, set[str]] = {}
    for file, call, name in calls(root):
        for argument in shown(call, name) if name in SHOWN else ():
            if not is_own(argument):
                strange.setdefault(file, set()).add(ast.unparse(argument))

    assert strange == OWN


def test_no_element_is_allowed_html(root: Path) -> None:
    """Streamlit offers it, with a warning."""
    words = {one.arg for _, call, _ in calls(root) for one in call.keywords}

    assert not {word for word in words if word and word.startswith("unsafe_allow")}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("'words'", True), ("f'{len(x)} files'", True), ("f'{n:,} rows'", True),
        ("f'{name}'", False), ("f'{WORDS[name]}'", True), ("name", False),
        ("f'{n:>9}'", False), ("NOTE", True), ("a + 'b'", False), ("x if y else 'z'", False),
    ],
)  # fmt: skip
def test_an_expression_is_own_only_if_it_looks_so(text: str, own: bool) -> None:
    """A file name must not pass for words of ours."""
    assert is_own(ast.parse(text, mode="eval").body) is own
