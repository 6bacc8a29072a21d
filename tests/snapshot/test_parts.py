"""Promises of panels, series and atlases: one frame, one legend, nothing between the parts."""

import dataclasses
import io
import zipfile
from datetime import date
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pypdf
import pytest
import shapely
from PIL import Image
from tests.snapshot.conftest import event, figure_of
from tests.snapshot.test_figure import boxes_of, legend_of, overlapping, words_on

from geomap.errors import InputError
from geomap.query import EventQuery
from geomap.sharing import Term
from geomap.snapshot import (
    Part,
    SnapshotSettings,
    View,
    atlas_bytes,
    parts_of,
    series_bytes,
    snapshot_bytes,
    unseal,
    view_of,
)
from geomap.snapshot.draw.font_metrics import TYPESETTER
from geomap.snapshot.draw.map_panel import LABEL
from geomap.snapshot.plan.atlas_table import table_rows
from geomap.snapshot.plan.figure_plan import panel_boxes, plan_sheet
from geomap.tables import events_table

WINTER = EventQuery(start=date(2022, 12, 10), end=date(2023, 2, 15))


@pytest.fixture
def table() -> gpd.GeoDataFrame:
    """Return a day in each of three months, a span over two, and a doubtful month."""
    span = {"event_date": "2022-12-20", "event_date_end": "2023-01-05"}
    month = {"event_date": "2023-02-01", "event_date_end": "2023-02-28", "date_precision": "month"}

    def on(number: int, day: str, **more: object) -> dict[str, object]:
        return event(number, event_date=day, event_date_end=day, **more)

    return events_table(
        [
            on(1, "2022-12-12", title="The first", place_name="Aba"),
            on(2, "2023-01-31", event_type="Battles", dataset="acled", title="SECRET"),
            on(3, "2023-02-02", title="The third"),
            event(4, **span),
            event(5, **month),
        ]
    )


@pytest.fixture
def whole(table: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> View:
    """Return the view of the winter."""
    return view_of(table, WINTER, places)


@pytest.fixture
def months(whole: View, table: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> list[Part]:
    """Return its months."""
    return parts_of(whole, table, places, "month")


def test_parts_cover_the_window_without_gap_or_overlap(
    whole: View, table: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """No day is between two panels."""
    for unit in ("day", "week", "month", "year"):
        windows = [part.view.query for part in parts_of(whole, table, places, unit)]
        assert windows[0].start == WINTER.start
        assert windows[-1].end == WINTER.end
        for one, other in pairwise(windows):
            assert one.end is not None
            assert other.start is not None
            assert (other.start - one.end).days == 1


def test_months_are_named_and_count_what_they_meet(months: list[Part]) -> None:
    """A part of a month is labelled as one, and a long event is in each month it meets."""
    assert [part.label for part in months] == [
        "December 2022 (days 10 to 31)", "January 2023", "February 2023 (days 1 to 15)",
    ]  # fmt: skip
    assert [(p.view.counts.shown, p.view.counts.possible) for p in months] == [
        (2, 0), (2, 0), (1, 1),
    ]  # fmt: skip
    for part in months:
        counts = part.view.counts.as_dict()
        assert sum(counts.values()) == 2 * counts["total"]


def test_types_are_parts_too(
    whole: View, table: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """The most frequent first."""
    parts = parts_of(whole, table, places, "type")

    assert [(part.label, part.view.counts.shown) for part in parts] == [
        ("Protests", 3), ("Battles", 1),
    ]  # fmt: skip


def test_too_many_and_no_parts_are_refused_with_a_remedy(
    whole: View, table: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """Sixty stamps are no figure."""
    with pytest.raises(InputError, match="choose a longer unit"):
        parts_of(whole, table, places, "day", most=24)
    with pytest.raises(InputError, match="choose one of day"):
        parts_of(whole, table, places, "decade")
    empty = view_of(table, EventQuery(text="nothing like it"), places)
    with pytest.raises(InputError, match="widen the dates"):
        parts_of(empty, table, places, "month")


def test_panels_have_one_frame_one_scale_and_one_legend(
    whole: View, months: list[Part], settings: SnapshotSettings
) -> None:
    """Else nobody may compare them."""
    figure = figure_of(whole, settings, panels=months)
    maps = [axes for axes in figure.axes if str(axes.get_label()).startswith("panel")]

    assert len(maps) == 3
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in maps}) == 1
    assert sum(bool(a.artists) for a in maps) == 1  # the scale bar
    assert overlapping(boxes_of(figure, {LABEL, "panel", "legend", "foot", "head"})) == []
    words = words_on(figure)
    for part in months:
        assert part.label in words
    assert "3 panels in one scale" in words
    assert unseal(snapshot_bytes(whole, settings, "pdf", panels=months)).faults == []


@pytest.mark.parametrize("many", range(1, 25))
def test_panels_fill_the_room_and_do_not_meet(many: int) -> None:
    """As large as they can be, none over another."""
    boxes = [shapely.box(*box) for box in panel_boxes((10, 10, 600, 400), many, 1.0)]

    assert len(boxes) == many
    assert all(shapely.box(9.9, 9.9, 600.1, 400.1).covers(box) for box in boxes)
    for n, one in enumerate(boxes):
        assert not any(one.intersects(other) for other in boxes[n + 1 :])


def test_series_can_be_flipped_through(
    whole: View, months: list[Part], settings: SnapshotSettings
) -> None:
    """Numbered, with the map at the same place in each, and a manifest in each."""
    seen: list[str] = []
    content = series_bytes(whole, months, settings, progress=lambda words, _s: seen.append(words))

    assert unseal(content).faults == []
    assert unseal(content).manifest["parts"][1]["name"] == "2023-01"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        pictures = [archive.read(name) for name in names if name.endswith(".png")]
        readme = archive.read("README.txt").decode()
    assert names == ["manifest.json", "001_2022-12.png", "002_2023-01.png", "003_2023-02.png",
                     "README.txt"]  # fmt: skip
    assert [unseal(picture).faults for picture in pictures] == [[], [], []]
    assert "January 2023: 2 shown + 0 possible of 5" in readme
    assert len(seen) == 4
    images = [np.asarray(Image.open(io.BytesIO(one)).convert("L"), dtype=int) for one in pictures]
    rows = [np.flatnonzero((image < 170).mean(axis=1) > 0.5) for image in images]
    assert all(np.array_equal(rows[0], other) for other in rows)  # the frame of the map


def test_every_picture_of_a_series_has_the_same_lines_of_legend(
    whole: View, months: list[Part], settings: SnapshotSettings
) -> None:
    """With 0 where there is none."""
    sheets = [plan_sheet(part.view, settings, TYPESETTER, whole=whole) for part in months]
    words = [
        [line.label.rpartition(" (")[0] for column in sheet.columns
         for group in column.groups for line in group]
        for sheet in sheets
    ]  # fmt: skip

    assert words[0] == words[1] == words[2]
    labels = [b.label for column in sheets[0].columns for g in column.groups for b in g]
    assert "Battles (0)" in labels
    assert "Battles (1)" in legend_of(whole)


def test_atlas_has_an_overview_and_a_page_with_its_table_for_each_month(
    whole: View, months: list[Part], settings: SnapshotSettings
) -> None:
    """Drawn events are also listed; those that may not be listed are counted."""
    content = atlas_bytes(whole, months, settings)

    assert unseal(content).faults == []
    pages = [" ".join(page.extract_text().split())
             for page in pypdf.PdfReader(io.BytesIO(content)).pages]  # fmt: skip
    assert len(pages) == 4
    assert "The first" in pages[1]
    assert "2022-12-12" in pages[1]
    assert "2022-12-20 to 2023-01-05" in pages[1]
    assert "2022-12-20 to 2023-01-05" in pages[2]
    assert "Counted and drawn but not listed" in pages[2]
    assert "2023-02-01 to 2023-02-28 ?" in pages[3]
    assert "SECRET" not in " ".join(pages)


def test_a_long_table_goes_on_over_pages_and_loses_no_row(
    places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """A month of war does not fit on one page."""
    table = events_table([event(n, title=f"Title number {n}.") for n in range(150)])
    whole = view_of(table, EventQuery(), places)
    small = dataclasses.replace(settings, size="a5")
    content = atlas_bytes(whole, parts_of(whole, table, places, "month"), small)

    reader = pypdf.PdfReader(io.BytesIO(content))
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert len(reader.pages) > 4
    assert all(f"Title number {n}." in words for n in range(150))


def test_table_of_an_atlas_says_when_there_is_nothing(
    table: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> None:
    """An empty table looks like a mistake."""
    view = view_of(table, EventQuery(start=date(2023, 1, 10), end=date(2023, 1, 12)), places)

    assert [row.text for row in table_rows(view)] == ["No event in these dates."]
    held = view_of(table, WINTER, places, terms=(Term("X", redistribute=False, sources=("*",)),))
    assert len(table_rows(held)) == 1
    assert "X (5)" in table_rows(held)[0].text
