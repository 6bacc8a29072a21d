"""`geomap evaluate`: figures on stdout, bars as exit codes, one sentence for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Geomap

BAKU: dict[str, Any] = {"start": 3, "end": 7, "lat": 40.4, "lon": 49.9, "country": "AZ"}
GOLD: list[dict[str, Any]] = [
    {"id": "b", "text": "In Baku. \u2028 A line separator.", "toponyms": [BAKU]},
    {"text": "Nothing here.", "toponyms": []},
]
TABLE = [
    *("recognition_exact", "recognition_overlap"),
    *("end_to_end", "end_to_end_lenient", "end_to_end_20km"),
]


def write(path: Path, documents: list[dict[str, Any]]) -> Path:
    lines = (json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", GOLD)


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """Predictions that are right about the place and wrong about a second one."""
    more = {"start": 12, "end": 16, "lat": 1, "lon": 2, "score": 0.25}
    return write(tmp_path / "p.jsonl", [{"id": "b", "toponyms": [{**BAKU, "score": 0.75}, more]}])


def test_evaluate_has_its_shape(geomap: Geomap, gold: Path, half: Path) -> None:
    """Scripts read the figures by these names."""
    answer = geomap("evaluate", gold, "--pred", half, "--boot", "20", "--json")

    shape = answer.document
    assert (answer.code, answer.err) == (0, "")
    assert list(shape) == [
        *("docs", "gold", "gold_grounded", *TABLE, "resolution", "calibration", "worst", "bars")
    ]
    assert list(shape["end_to_end"]) == ["p", "r", "f1", "f1_ci95"]
    assert (shape["end_to_end"]["p"], shape["end_to_end"]["r"]) == (0.5, 1.0)
    assert list(shape["resolution"]) == [
        *("n", "acc161", "acc20", "mean_km", "median_km", "auc", "unresolved"),
        *("acc161_lenient", "acc161_noncountry", "n_noncountry", "country_acc"),
    ]
    assert [list(step) for step in shape["calibration"]] == [
        ["threshold", "answers", "of_all", "said", "right"]
    ] * len(shape["calibration"])
    [worst] = shape["worst"]
    assert list(worst) == ["id", "gold", "answers", "right", "begins", "mistakes"]
    assert list(worst["mistakes"][0]) == ["what", "start", "end", "text", "km"]
    assert shape["bars"] == []


def test_evaluate_reads_the_documents_itself(geomap: Geomap, gold: Path) -> None:
    """The predictions that are scored are those of `geoparse --corpus`."""
    for extra in ((), ("--gold-spans",)):
        shape = geomap("evaluate", gold, "--json", *extra).document
        assert shape["recognition_exact"]["f1"] == 1.0
        assert shape["end_to_end"]["f1"] == 1.0
        assert shape["calibration"][0]["answers"] == 1

    out = gold.with_name("pred.jsonl")
    geomap("geoparse", "--corpus", gold, "--out", out, "--gold-spans")
    assert geomap("evaluate", gold, "--pred", out, "--json").document == shape


def test_geoparse_numbers_documents_without_id_as_evaluate_does(
    geomap: Geomap, gold: Path, tmp_path: Path
) -> None:
    """The predictions of a corpus are paired with it whether or not it has ids."""
    out = tmp_path / "pred.jsonl"
    geomap("geoparse", "--corpus", gold, "--out", out)

    ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]

    assert ids == ["b", 2]


def test_evaluate_prints_a_table_for_a_person(geomap: Geomap, gold: Path, half: Path) -> None:
    """The output has the figures, the calibration of the scores, and the worst documents."""
    lines = geomap("evaluate", gold, "--pred", half).out.splitlines()

    assert lines[0] == "documents 2, gold toponyms 1 (1 with coordinates)"
    assert lines[1] == "recognition_exact      P 0.500  R 1.000  F1 0.667"
    assert lines[6].startswith("resolution on 1 matched: acc@161 1.000 (lenient 1.000)")
    assert "at least  answers  of all  mean score  right" in lines
    assert "0.70      1        0.500   0.750       1.000" in lines
    assert lines[-1] == "b   1     2        1      In Baku. A line separator."


@pytest.mark.parametrize(
    ("bars", "code"),
    [
        (("end_to_end_f1=0.6", "acc161=1", "mean_km=20"), 0),
        (("end_to_end_f1=0.7",), 1),
        (("acc161=1", "end_to_end_p=0.51"), 1),
    ],
)
def test_evaluate_says_no_when_a_bar_is_missed(
    geomap: Geomap, gold: Path, half: Path, bars: tuple[str, ...], code: int
) -> None:
    """A build can require what was reached; the sentence states by how much it failed."""
    words = [word for bar in bars for word in ("--bar", bar)]

    answer = geomap("evaluate", gold, "--pred", half, "--json", "--quiet", *words)

    assert answer.code == code
    shape = answer.document
    assert [list(bar) for bar in shape["bars"]] == [["metric", "bar", "value", "met"]] * len(bars)
    missed = [bar for bar in shape["bars"] if not bar["met"]]
    assert len(missed) == code == answer.err.count("below the bar of")


def test_evaluate_writes_the_mistakes_of_each_document(
    geomap: Geomap, gold: Path, half: Path, tmp_path: Path
) -> None:
    """Every document is listed, also those without a mistake."""
    out = tmp_path / "mistakes.jsonl"

    geomap("evaluate", gold, "--pred", half, "--per-doc", out)

    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["id"], [one["what"] for one in row["mistakes"]]) for row in rows] == [
        ("b", ["unmarked"]),
        ("2", []),
    ]


@pytest.mark.parametrize("name", ["gold", "pred"])
def test_evaluate_names_the_line_that_cannot_be_used(
    geomap: Geomap, gold: Path, tmp_path: Path, name: str
) -> None:
    """Line 2 of 2,000 is refused at once, before any text is read."""
    broken = write(
        tmp_path / "broken.jsonl",
        [GOLD[0], {"id": 2, "text": "x", "toponyms": [{"start": 0, "end": 99}]}],
    )
    words = (broken,) if name == "gold" else (gold, "--pred", broken)

    answer = geomap("evaluate", *words)

    assert (answer.code, answer.out) == (2, "")
    assert "broken.jsonl, line 2 (document 2): the span 0 to 99 is not within" in answer.err
    assert answer.err.count("\n") == 1


def test_evaluate_takes_the_example_of_the_guide(
    geomap: Geomap, root: Path, tmp_path: Path
) -> None:
    """The example of the guide is a gold file that can be copied and scored."""
    guide = (root / "docs" / "evaluate.md").read_text("utf-8")
    example = guide.split("```json\n")[1].split("```")[0]
    documents = [json.loads(line) for line in example.splitlines()]
    gold = write(tmp_path / "gold.jsonl", documents)

    answer = geomap("evaluate", gold, "--pred", gold, "--json")

    assert answer.document["docs"] == 2
    assert answer.document["end_to_end"]["f1"] == 1.0
    for document in documents:
        for mark in document["toponyms"]:
            assert document["text"][mark["start"] : mark["end"]] == mark["text"]
