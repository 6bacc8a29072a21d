"""Figures worked out by hand, each of its own rule."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from geomap.evaluation import figures_of, figures_table, metrics_of

if TYPE_CHECKING:
    from tests.evaluation.conftest import Compare

TEXT = "From Aba to Bebe, past Cece and Dede."
ABA: dict[str, Any] = {"start": 5, "end": 8, "lat": 40.0, "lon": 45.0}
BEBE: dict[str, Any] = {"start": 12, "end": 16, "lat": 41.0, "lon": 46.0}
CECE: dict[str, Any] = {"start": 23, "end": 27}
FAR = {"lat": -40.0, "lon": -120.0}


def gold(*marks: dict[str, Any], **rest: Any) -> list[dict[str, Any]]:
    return [{"id": "a", "text": TEXT, "toponyms": list(marks), **rest}]


def answered(*marks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": "a", "toponyms": list(marks)}]


def test_perfect_predictions_have_perfect_figures(compared: Compare) -> None:
    """The scale must reach its end."""
    marks = (ABA, BEBE)

    figures = figures_of(compared(gold(*marks, CECE), answered(*marks, CECE)))

    assert [rates.f1 for rates in figures.rates.values()] == [1.0] * 5
    assert (figures.gold, figures.gold_placed) == (3, 2)
    assert (figures.resolution.n, figures.resolution.auc) == (2, 0.0)


def test_document_without_predictions_counts_as_read_in_vain(compared: Compare) -> None:
    """Leaving out hard documents must not pay."""
    figures = figures_of(compared(gold(ABA), []))

    rates = figures.rates["end_to_end"]
    assert (rates.p, rates.r, rates.f1) == (0.0, 0.0, 0.0)
    assert figures.resolution.acc161 is None


def test_nothing_marked_and_nothing_found_is_right(compared: Compare) -> None:
    """No answer is the right answer for a text without places."""
    assert figures_of(compared(gold(), answered())).rates["end_to_end"].f1 == 1.0


def test_overlap_forgives_borders_but_not_a_second_answer(compared: Compare) -> None:
    """A name is found once, however often it is answered."""
    wide, half = {**ABA, "start": 0}, {**ABA, "end": 7}

    figures = figures_of(compared(gold(ABA), answered(wide, half)))

    assert figures.rates["recognition_exact"].f1 == 0.0
    overlap = figures.rates["recognition_overlap"]
    assert (overlap.p, overlap.r) == (0.5, 1.0)


def test_larger_overlap_wins_the_pair(compared: Compare) -> None:
    """A span over two names is matched with the one it covers more of."""
    both = {"start": 6, "end": 16, **FAR}

    [result] = compared(gold(ABA, BEBE), answered(both))

    assert [pair.gold.start for pair in result.overlap.pairs] == [BEBE["start"]]


@pytest.mark.parametrize(("degrees", "is_right"), [(1.44, True), (1.46, False)])
def test_right_is_within_161_km(compared: Compare, degrees: float, is_right: bool) -> None:
    """One degree of the equator is 111.2 km: 1.44 are 160.1 km, 1.46 are 162.3 km."""
    origin, off = ({"start": 5, "end": 8, "lat": 0, "lon": lon} for lon in (0, degrees))

    figures = figures_of(compared(gold(origin), answered(off)))

    assert figures.rates["end_to_end"].f1 == float(is_right)
    assert figures.rates["end_to_end_20km"].f1 == 0.0


def test_distance_goes_over_the_antimeridian(compared: Compare) -> None:
    """Fiji has places on both sides of 180 degrees."""
    east, west = ({"start": 5, "end": 8, "lat": 0, "lon": lon} for lon in (179.9, -179.9))

    figures = figures_of(compared(gold(east), answered(west)))

    assert figures.resolution.mean_km == pytest.approx(22.24, abs=0.01)


def test_answer_without_coordinates_abstains(compared: Compare) -> None:
    """It is no wrong pin, but the mark stays missed, and resolution counts the largest error."""
    figures = figures_of(compared(gold(ABA, BEBE), answered(ABA, {"start": 12, "end": 16})))

    rates = figures.rates["end_to_end"]
    assert (rates.p, rates.r) == (1.0, 0.5)
    assert (figures.resolution.unresolved, figures.resolution.mean_km) == (1, 20039 / 2)


def test_answers_over_ignored_spans_and_unplaced_marks_count_for_nothing(
    compared: Compare,
) -> None:
    """Nobody can say whether they are right."""
    over_ignored = {"start": 32, "end": 36, **FAR}

    figures = figures_of(
        compared(
            gold(ABA, CECE, ignore=[[30, 33, "Dede"], {"start": 35, "end": 37}]),
            answered(ABA, {**CECE, **FAR}, over_ignored),
        )
    )

    assert figures.rates["end_to_end"].f1 == 1.0
    assert figures.rates["recognition_exact"].f1 == 1.0


@pytest.mark.parametrize(
    ("area", "kind", "country", "is_right"),
    [
        ("country:AM", "country", "AM", True),
        ("country:AM", "country", "AZ", False),
        ("country:AM", "admin1", "AM", False),
        ("admin1:AM", "admin1", "AM", True),
        ("continent", "continent", None, True),
        (None, "country", "AM", False),
    ],
)
def test_large_area_is_right_by_its_name(
    compared: Compare, area: str | None, kind: str, country: str | None, is_right: bool
) -> None:
    """Where the one point of Russia lies is a convention."""
    answer = {"start": 5, "end": 8, **FAR, "kind": kind, "country": country}

    figures = figures_of(compared(gold({**ABA, "area": area}), answered(answer)))

    assert figures.rates["end_to_end"].f1 == 0.0
    assert figures.rates["end_to_end_lenient"].f1 == float(is_right)
    assert figures.resolution.acc161_lenient == float(is_right)
    large = (area or "").partition(":")[0] in {"country", "continent"}
    assert figures.resolution.n_noncountry == 1 - large


def test_area_under_the_curve_of_errors(compared: Compare) -> None:
    """Two answers of the largest error: ln(20,040) / ln(20,039)."""
    blank = [{"start": mark["start"], "end": mark["end"]} for mark in (ABA, BEBE)]

    figures = figures_of(compared(gold(ABA, BEBE), answered(*blank)))

    assert figures.resolution.auc == pytest.approx(math.log(20040) / math.log(20039))


def test_country_accuracy_counts_what_names_a_country_on_both_sides(compared: Compare) -> None:
    """A missing country is not a wrong one."""
    marks = [{**ABA, "country": "AM"}, {**BEBE, "country": "AM"}]
    given = [{**ABA, "country": "AZ"}, {**BEBE, "country": None}]

    assert figures_of(compared(gold(*marks), answered(*given))).resolution.country_acc == 0.0


def test_intervals_are_the_same_each_time(compared: Compare) -> None:
    """A figure in a report can be made again."""
    documents = [{"id": n, "text": TEXT, "toponyms": [ABA, BEBE]} for n in range(6)]
    read = [{"id": n, "toponyms": [ABA][: n % 2]} for n in range(6)]

    one, other = (figures_of(compared(documents, read), draws=40) for _ in range(2))

    assert one == other
    low, high = one.intervals["end_to_end"]
    assert low < one.rates["end_to_end"].f1 < high
    assert sum("95% CI" in line for line in figures_table(one)) == 4


def test_every_figure_has_a_name_that_a_bar_can_use(compared: Compare) -> None:
    """The help lists them; each must be measured."""
    from geomap.evaluation import METRICS

    assert tuple(metrics_of(figures_of(compared(gold(ABA), answered(ABA))))) == METRICS
