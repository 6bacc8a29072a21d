"""The figures are those of the script that scores geoparsers against shared corpora."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.conftest import compare_written

from geomap.evaluation import figures_of, figures_shape, figures_table

LENGTH = 24
COUNTRIES = st.sampled_from([None, "AM", "AZ", "GE"])
AREAS = st.sampled_from([None, "country:AM", "country:AZ", "admin1:AM", "admin1:GE", "continent"])
KINDS = st.sampled_from([None, "city", "country", "admin1", "continent"])
SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 9)).map(
    lambda pair: (pair[0], min(LENGTH, sum(pair)))
)
POINTS = st.one_of(
    st.just((None, None)),
    st.tuples(st.sampled_from([40.0, 40.1, 41.0, 41.4]), st.sampled_from([44.0, 44.2, 45.9])),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)


@st.composite
def gold_marks(draw: st.DrawFn) -> list[dict[str, Any]]:
    spans = draw(st.lists(SPANS, max_size=6, unique=True))
    return [
        {"start": start, "end": end, "lat": lat, "lon": lon, "area": draw(AREAS),
         "country": draw(COUNTRIES)}
        for start, end in spans
        for lat, lon in [draw(POINTS)]
    ]  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> list[dict[str, Any]]:
    spans = draw(st.lists(SPANS, max_size=7))
    return [
        {"start": start, "end": end, "lat": lat, "lon": lon, "kind": draw(KINDS),
         "country": draw(COUNTRIES), "score": draw(st.none() | st.floats(0, 1))}
        for start, end in spans
        for lat, lon in [draw(POINTS)]
    ]  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    gold = [
        {"id": number, "text": "x" * LENGTH, "toponyms": draw(gold_marks()),
         "ignore": [list(span) for span in draw(st.lists(SPANS, max_size=2))]}
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    told = draw(st.lists(st.booleans(), min_size=len(gold), max_size=len(gold)))
    predicted = [
        {"id": document["id"], "toponyms": draw(answers())}
        for document, is_told in zip(gold, told, strict=True)
        if is_told
    ]
    return gold, predicted


@pytest.fixture(scope="module")
def script(shared: Path) -> ModuleType:
    """Return the script; skip where it is absent."""
    path = shared / "corpora" / "score.py"
    if not path.is_file():
        pytest.skip("the script ../shared/corpora/score.py is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected(
    script: ModuleType, gold: list[dict[str, Any]], predicted: list[dict[str, Any]], draws: int
) -> dict[str, Any]:
    by_id = [{str(one["id"]): one for one in documents} for documents in (gold, predicted)]
    found: dict[str, Any] = script.score(*by_id, boot=draws)
    return found


def check_same(shape: dict[str, Any], told: dict[str, Any]) -> None:
    """Every figure is equal to the last digit; what the script leaves out is null here."""
    assert {name: shape[name] for name in told if name != "resolution"} == {
        name: told[name] for name in told if name != "resolution"
    }
    ours, theirs = shape["resolution"], told["resolution"]
    assert {name: value for name, value in ours.items() if value is not None} == {
        name: value for name, value in theirs.items() if value is not None
    }


@given(corpora())
def test_figures_are_the_scripts_to_the_last_digit(
    script: ModuleType, corpus: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    """Figures that differ from those published with the corpora could not be compared."""
    gold, predicted = corpus

    figures = figures_of(compare_written(gold, predicted), draws=5)

    check_same(figures_shape(figures), expected(script, gold, predicted, 5))


@given(corpora())
def test_table_is_the_scripts_table(
    script: ModuleType, corpus: tuple[list[dict[str, Any]], list[dict[str, Any]]]
) -> None:
    """Readers of one output can read the other."""
    gold, predicted = corpus
    lines: list[str] = []
    script.__dict__["print"] = lines.append
    script.show(expected(script, gold, predicted, 3))

    figures = figures_of(compare_written(gold, predicted), draws=3)

    assert list(figures_table(figures)) == lines


@pytest.mark.parametrize("name", ["lgl_dev", "gwn_dev", "geovirus"])
def test_figures_of_real_corpora_are_the_scripts(
    script: ModuleType, shared: Path, name: str
) -> None:
    """Thousands of real marks: large areas, ignored spans, marks without coordinates."""
    text = (shared / "corpora" / f"{name}.jsonl").read_text("utf-8")
    gold = [json.loads(line) for line in text.split("\n") if line]
    predicted = [
        {"id": document["id"], "toponyms": [_altered(n, m) for n, m in enumerate(marks) if n % 5]}
        for document in gold
        for marks in [document["toponyms"]]
    ]

    figures = figures_of(compare_written(gold, predicted))

    check_same(figures_shape(figures), expected(script, gold, predicted, 0))


def _altered(number: int, mark: dict[str, Any]) -> dict[str, Any]:
    kind = (mark.get("area") or "city").split(":")[0]
    lat = None if mark["lat"] is None or number % 7 == 3 else mark["lat"] / (1 + number % 3)
    lon = None if lat is None else mark["lon"]
    end = mark["end"] - (number % 4 == 2 and mark["end"] - mark["start"] > 1)
    return {**mark, "end": end, "lat": lat, "lon": lon, "kind": kind}
