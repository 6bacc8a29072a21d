"""Promises of planning: one frozen value, laid out without a drawing library."""

import dataclasses
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.snapshot.conftest import event

from geomap.query import EventQuery
from geomap.snapshot import SIZES_INCHES, SnapshotSettings, View, view_of
from geomap.snapshot.draw.figure import draw_figure
from geomap.snapshot.draw.image_bytes import svg_bytes
from geomap.snapshot.plan.atlas_table import COLUMNS, plan_table, table_rows
from geomap.snapshot.plan.figure_plan import FigurePlan, plan_figure
from geomap.snapshot.plan.map_background import DISPUTED_DASH
from geomap.snapshot.plan.map_plan import MapPlan
from geomap.snapshot.plan.themes import THEMES, signs_of
from geomap.snapshot.plan.typesetting import Box, Typesetter
from geomap.tables import events_table


def even_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in which every letter is as wide."""
    return len(text) * size * (0.64 if bold else 0.58)


EVEN = Typesetter(even_width)
EPOCH = datetime(2023, 1, 1, tzinfo=UTC)


def planned(view: View, settings: SnapshotSettings, **options: Any) -> FigurePlan:
    """Return the plan of a view with letters of one width."""
    return plan_figure(view, settings, EVEN, **options)


def the_map(plan: FigurePlan) -> MapPlan:
    """Return the one map of a plan."""
    (found,) = plan.maps
    return found


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share more than an edge."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.01
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.01
    )


def test_a_figure_is_laid_out_without_a_drawing_library() -> None:
    """Layout can be tested, and reused by another library, without matplotlib."""
    code = (
        "import sys, datetime as d, geopandas as gpd\n"
        "from geomap.query import EventQuery\n"
        "from geomap.snapshot import SnapshotSettings, view_of\n"
        "from geomap.snapshot.plan.figure_plan import plan_figure\n"
        "from geomap.snapshot.plan.typesetting import Typesetter\n"
        "from geomap.tables import events_table\n"
        "from shapely import Point\n"
        "events = events_table([{'event_id': 'a', 'event_date': '2023-01-02',\n"
        "    'event_date_end': '2023-01-02', 'date_precision': 'day', 'status': 'reported',\n"
        "    'event_type': 'Talks', 'geo_precision': 'exact', 'geometry': Point(10, 50)}])\n"
        "places = gpd.GeoDataFrame({'place_id': [], 'name': [], 'kind': [], 'valid_from': [],\n"
        "    'valid_to': []}, geometry=[], crs=4326)\n"
        "settings = SnapshotSettings('t', d.datetime(2023, 1, 1, tzinfo=d.UTC))\n"
        "plan = plan_figure(view_of(events, EventQuery(), places), settings,\n"
        "    Typesetter(lambda text, size, *, bold=False: len(text) * size * 0.6))\n"
        "drawing = {'matplotlib', 'PIL', 'fontTools', 'folium'} & set(sys.modules)\n"
        "print(len(plan.maps[0].pins), sorted(drawing))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "1 []"


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize("size", sorted(SIZES_INCHES))
def test_the_parts_of_a_page_do_not_overlap(
    rich: View, settings: SnapshotSettings, size: str, *, portrait: bool
) -> None:
    """Whatever the page, map, strip and legend have their own room, and all are on it."""
    plan = planned(rich, dataclasses.replace(settings, size=size, portrait=portrait))
    sheet = plan.sheet
    parts = [sheet.map, sheet.strip, sheet.legend]

    assert all(0 <= left < right <= sheet.wide for left, _, right, _ in parts)
    assert all(0 <= low < top <= sheet.high for _, low, _, top in parts)
    assert not any(overlap(a, b) for n, a in enumerate(parts) for b in parts[n + 1 :])
    assert all(text.y < sheet.foot_top for text in plan.texts if text.kind == "foot")


@given(st.floats(0.35, 1.1))
@hypothesis_settings(max_examples=6, deadline=None)
def test_no_words_of_a_map_overlap_in_any_font(share: float) -> None:
    """A law: with letters of any width, words touch no others and stay on the map."""
    table = events_table(
        [
            event(n, geo_precision=("exact", "admin1", "near")[n % 3], uncertainty_km=None,
                  geometry=shapely.Point(10 + n % 7 / 9, 48 + n % 5 / 9))
            for n in range(40)
        ]
    )  # fmt: skip
    places = gpd.GeoDataFrame(
        {"place_id": [], "name": [], "kind": [], "valid_from": [], "valid_to": []},
        geometry=[], crs="EPSG:4326",
    )  # fmt: skip
    chosen = SnapshotSettings("t", EPOCH, graticule=True)
    view = view_of(table, EventQuery(), places)
    wide = Typesetter(lambda text, size, *, bold=False: len(text) * size * (share + bold / 16))
    labels = the_map(plan_figure(view, chosen, wide)).labels

    left, low, right, top = the_map(plan_figure(view, chosen, wide)).place.box
    assert labels
    for n, label in enumerate(labels):
        assert left <= label.box[0] <= label.box[2] <= right
        assert low <= label.box[1] <= label.box[3] <= top
        assert not any(overlap(label.box, other.box) for other in labels[n + 1 :])


def test_drawing_only_reads_the_plan(rich: View, settings: SnapshotSettings) -> None:
    """A plan can be drawn again, and gives the same figure."""
    plan = planned(rich, settings)
    files = [svg_bytes(draw_figure(plan), dpi=60, title="t", alt="a") for _ in range(2)]

    assert files[0] == files[1]
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.maps = ()  # type: ignore[misc]


def test_the_plan_has_a_mark_for_every_drawn_event(view: View, settings: SnapshotSettings) -> None:
    """The pins and the numbers in areas and on roads add up to the counts of the view."""
    plan = the_map(planned(view, settings))
    several = view.events.geometry.geom_type == "MultiPoint"
    extra = sum(len(shape.geoms) - 1 for shape in view.events.geometry[several])

    shared = sum(mark.shown + mark.possible for mark in plan.shared)
    assert len(plan.pins) - extra + shared == view.counts.shown + view.counts.possible
    assert int(plan.pins["possible"].sum()) == view.counts.possible


def test_boundaries_are_planned_as_chosen(view: View, settings: SnapshotSettings) -> None:
    """Disputed boundaries are dashed, drawn alike, or left out with all others."""
    framed = dataclasses.replace(settings, frame=(70.0, 25.0, 100.0, 40.0))

    def dashes(boundaries: str) -> list[object]:
        chosen = dataclasses.replace(framed, boundaries=boundaries)
        background = the_map(planned(view, chosen)).background
        return [line.dash for line in background.strokes if line.order > 3.0]

    assert dashes("disputed dashed") == ["solid", DISPUTED_DASH]
    assert dashes("all alike") == ["solid", "solid"]
    assert dashes("none") == []


def test_places_that_are_switched_off_are_not_planned(
    view: View, settings: SnapshotSettings
) -> None:
    """Neither their shapes nor their names nor their line in the legend."""
    shown = planned(view, settings)
    hidden = planned(view, dataclasses.replace(settings, show_places=False))

    def words(plan: FigurePlan) -> str:
        lines = [line for label in the_map(plan).labels for line in label.lines]
        legend = [b.label for c in plan.sheet.columns for group in c.groups for b in group]
        return " ".join([*lines, *legend])

    assert len(the_map(shown).roads) == 1
    assert "Road of Aba" in words(shown)
    assert len(the_map(hidden).roads) == 0
    assert "Road of Aba" not in words(hidden)
    assert "road" in words(shown).split()
    assert "road" not in words(hidden).replace("along a road", "").split()


def test_a_table_breaks_texts_to_their_column(places: gpd.GeoDataFrame) -> None:
    """An event without a type must not write over the source beside its text."""
    table = events_table(
        [event(1, event_type=None, title="A title that is much longer than its column " * 3)]
    )
    view = view_of(table, EventQuery(), places)
    page = plan_table(table_rows(view), (0, 0, 500, 200), signs_of({}, THEMES["light"]), 1.0, EVEN)

    starts = sorted({text.x for text in page.texts})
    assert len(starts) == len(COLUMNS)
    for text in page.texts:
        after = [start for start in starts if start > text.x]
        assert text.x + even_width(text.text, text.size) <= min([*after, 500.0])


def test_rows_that_do_not_fit_are_left_for_the_next_page(places: gpd.GeoDataFrame) -> None:
    """No row is lost, none is written twice, and the order stays."""
    view = view_of(events_table([event(n) for n in range(30)]), EventQuery(), places)
    rest: Any = table_rows(view)
    all_rows, pages = list(rest), []
    while rest:
        page = plan_table(rest, (0, 0, 400, 90), signs_of({}, THEMES["light"]), 1.0, EVEN)
        pages.append(rest[: len(rest) - len(page.rest)])
        rest = page.rest

    assert [row for page in pages for row in page] == all_rows
    assert len(pages) > 2


def test_metres_and_points_of_a_map_are_each_others_inverse(
    view: View, settings: SnapshotSettings
) -> None:
    """What is placed by points lies where it lies in metres."""
    place = the_map(planned(view, settings)).place
    x, y = place.frame.west + place.frame.width / 3, place.frame.south + place.frame.height / 4

    assert place.metres(*place.point(x, y)) == pytest.approx((x, y))
    corners = place.points(
        [place.frame.west, place.frame.east], [place.frame.south, place.frame.north]
    )
    assert np.ravel(corners) == pytest.approx(place.box)
