"""Promises of figures: whole, honest, the same for the same view, and nothing runs in them."""

import dataclasses
import io
import re
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pypdf
import pytest
import shapely
from PIL import Image
from tests.snapshot.conftest import event, figure_of

from geomap.errors import InputError
from geomap.model import PlaceName
from geomap.query import EventQuery
from geomap.snapshot import (
    SIZES_INCHES,
    SnapshotSettings,
    View,
    alt_text,
    caption,
    snapshot_bytes,
    view_of,
)
from geomap.snapshot.draw.image_bytes import drawing
from geomap.snapshot.draw.map_panel import LABEL
from geomap.snapshot.plan.event_marks import pins_of, shared_marks
from geomap.snapshot.plan.figure_legend import legend_groups
from geomap.snapshot.plan.frame import frame_of
from geomap.snapshot.plan.themes import THEMES, signs_of
from geomap.tables import events_table

PAGES = [(size, portrait) for size in sorted(SIZES_INCHES) for portrait in (False, True)]


def legend_of(view: View) -> list[str]:
    """Return every line of the legend."""
    signs = signs_of(view.colours, THEMES["light"])
    return [line.label for group in legend_groups(view, signs) for line in group]


def words_on(figure: Any) -> str:
    """Return all words of a figure."""
    texts = [text.get_text() for text in figure.texts]
    texts += [text.get_text() for axes in figure.axes for text in axes.texts]
    return "\n".join(texts)


def boxes_of(figure: Any, gids: set[str]) -> list[tuple[str, Any]]:
    """Return the words that bear one of the gids, each with its box in points."""
    with drawing():
        figure.draw_without_rendering()
        renderer = figure.canvas.get_renderer()
        texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
        return [
            (text.get_text(), text.get_window_extent(renderer))
            for text in texts
            if text.get_gid() in gids and text.get_text()
        ]


def overlapping(boxes: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return the pairs of words whose boxes meet by more than a hair."""
    return [
        (one, other)
        for n, (one, a) in enumerate(boxes)
        for other, b in boxes[n + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.7 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.7
    ]


def test_view_counts_every_event_once(view: View) -> None:
    """What is not drawn is counted, and the numbers add up."""
    counts = view.counts

    assert (counts.shown, counts.possible, counts.unplaced, counts.undated) == (7, 1, 1, 1)
    assert len(view.events) == counts.shown + counts.possible
    assert sum(counts.as_dict().values()) == 2 * counts.total


def test_view_keeps_only_places_true_in_the_window(view: View) -> None:
    """A zone that ended in August is not on a map of January."""
    assert view.places["place_id"].tolist() == ["road"]


@pytest.mark.parametrize(("size", "portrait"), PAGES)
def test_png_has_the_size_that_was_asked_for(
    view: View, settings: SnapshotSettings, size: str, *, portrait: bool
) -> None:
    """A report's layout depends on it."""
    chosen = dataclasses.replace(settings, size=size, portrait=portrait)
    image = Image.open(io.BytesIO(snapshot_bytes(view, chosen, "png")))

    wide, high = chosen.inches
    assert image.size == (int(wide * 60), int(high * 60))
    assert np.asarray(image.convert("L")).std() > 10  # not a blank page


@pytest.mark.parametrize("name", ["view", "rich"])
@pytest.mark.parametrize(("size", "portrait"), PAGES)
def test_no_words_cover_each_other_or_leave_the_page(
    request: pytest.FixtureRequest, settings: SnapshotSettings, size: str, name: str, *,
    portrait: bool,
) -> None:  # fmt: skip
    """An editor sends a figure back for one overlap."""
    view: View = request.getfixturevalue(name)
    title = "A long title " * 12 if name == "rich" else settings.title
    chosen = dataclasses.replace(
        settings, size=size, portrait=portrait, title=title, graticule=name == "rich"
    )
    figure = figure_of(view, chosen, snapshot_id="0123456789abcdef")

    boxes = boxes_of(figure, {LABEL, "title", "head", "foot", "legend", "outside"})
    assert len(boxes) > 30
    assert overlapping(boxes) == []
    wide, high = (inches * 72 for inches in chosen.inches)
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.y0 >= 0, words
        assert box.x1 <= wide, words
        assert box.y1 <= high, words


def test_no_letter_is_too_small_to_be_read(view: View, settings: SnapshotSettings) -> None:
    """Below 6 points print cannot be read, and A5 is printed as it is."""
    for size in SIZES_INCHES:
        figure = figure_of(view, dataclasses.replace(settings, size=size))
        texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
        assert min(float(text.get_fontsize()) for text in texts if text.get_text()) >= 5.7


def test_labels_stand_inside_the_map(view: View, settings: SnapshotSettings) -> None:
    """A label cut by the frame is no label."""
    figure = figure_of(view, settings)
    labels = boxes_of(figure, {LABEL})

    frame = figure.axes[0].get_window_extent()
    assert len(labels) > 5
    for words, box in labels:
        assert frame.x0 <= box.x0 <= box.x1 <= frame.x1, words
        assert frame.y0 <= box.y0 <= box.y1 <= frame.y1, words


@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_the_same_view_gives_the_same_bytes(
    view: View, settings: SnapshotSettings, form: str, start: bytes
) -> None:
    """Evidence must be reproducible: no clock and no chance is in the file."""
    first = snapshot_bytes(view, settings, form)

    assert first.startswith(start)
    assert first == snapshot_bytes(view, settings, form)


def test_legend_names_every_sign_on_the_map_with_its_count(view: View) -> None:
    """A sign without a word is a riddle."""
    lines = legend_of(view)

    assert "Protests (7)" in lines
    assert "Battles (1)" in lines
    assert "possible by date (1)" in lines
    assert "prevented (1)" in lines
    assert "known to an area only (1)" in lines
    assert "along a road (1)" in lines
    assert "somewhere in the outline (1)" in lines
    assert "within the disc (1)" in lines
    assert "denied (0)" not in lines
    assert "zone, edge approximate" not in lines  # no zone is true in this window


def test_the_legend_is_drawn_in_the_colours_of_the_map(
    view: View, settings: SnapshotSettings
) -> None:
    """The colour of each type is there twice: on the map and in the legend's box."""
    chosen = dataclasses.replace(settings, dpi=120)
    figure = figure_of(view, chosen)
    image = np.asarray(
        Image.open(io.BytesIO(snapshot_bytes(view, chosen, "png"))).convert("RGB"), dtype=int
    )
    high = image.shape[0]
    for axes in (figure.axes[0], next(a for a in figure.axes if a.get_label() == "legend 0")):
        box = axes.get_window_extent()
        scale = 120 / 72
        part = image[
            int(high - box.y1 * scale) : int(high - box.y0 * scale),
            int(box.x0 * scale) : int(box.x1 * scale),
        ]
        for colour in view.colours.values():
            wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
            assert (np.abs(part - wanted).max(axis=2) < 12).any(), (axes.get_label(), colour)


def test_types_differ_by_form_and_hatch_and_not_by_colour_alone() -> None:
    """A copy in grey, and an eye that sees few colours, can still tell them apart."""
    words = [f"type {n}" for n in range(8)]
    colours = dict.fromkeys(words, "#000000")

    for theme in THEMES.values():
        signs = signs_of(colours, theme)
        assert len({signs.get(word).form for word in words} | {signs.other.form}) == 9
        assert len({signs.get(word).hatch for word in words}) == 8


def test_an_area_is_drawn_with_its_number_and_never_as_a_pin(view: View) -> None:
    """Nobody was at the centroid of a province."""
    frame = frame_of([view.events], None, 1.4)
    signs = signs_of(view.colours, THEMES["light"])
    province = view.events[view.events["geo_precision"] == "admin1"].geometry.iloc[0]

    pins = pins_of(view, frame)
    assert not ((pins.longitude == province.x) & (pins.latitude == province.y)).any()
    areas = {one.kind: one for one in shared_marks(view, frame, signs)}
    assert set(areas) == {"area", "zone", "line"}
    assert areas["area"].words == "1"
    across = areas["area"].shape.bounds[2] - areas["area"].shape.bounds[0]
    assert across == pytest.approx(80_000, rel=0.01)  # 40 km on the ground, both ways


def test_events_that_share_an_area_are_drawn_once_with_their_number(
    places: gpd.GeoDataFrame,
) -> None:
    """Five outlines over each other look like one event."""
    month = {"event_date": "2023-01-01", "event_date_end": "2023-01-31", "date_precision": "month"}
    same = {"geo_precision": "admin1", "geometry": shapely.Point(46.7, 39.8)}
    events = events_table([*(event(n, **same) for n in range(3)), event(7, **same, **month)])
    query = EventQuery(start=datetime(2023, 1, 1, tzinfo=UTC).date(),
                       end=datetime(2023, 1, 9, tzinfo=UTC).date())  # fmt: skip
    view = view_of(events, query, places)

    found = shared_marks(view, frame_of([events], None, 1.4), signs_of({}, THEMES["light"]))
    assert [one.words for one in found] == ["3 + 1?"]


def test_what_did_not_happen_has_signs_of_its_own(
    places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """Planned, prevented and denied are three things."""
    table = events_table(
        [event(n, status=word) for n, word in enumerate(("planned", "prevented", "denied"))]
    )
    view = view_of(table, EventQuery(), places)

    assert {"planned (1)", "prevented (1)", "denied (1)"} <= set(legend_of(view))
    plain = view_of(events_table([event(n) for n in range(3)]), EventQuery(), places)
    assert snapshot_bytes(view, settings, "png") != snapshot_bytes(plain, settings, "png")


def test_an_empty_view_still_gives_a_figure(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """Nothing happened is a finding too."""
    view = view_of(events, EventQuery(text="no such word"), places)

    assert "no event in this view" in legend_of(view)
    assert len(snapshot_bytes(view, settings, "png")) > 5_000


def test_a_filter_changes_no_colour(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, view: View
) -> None:
    """Two figures of one report must not give a type two colours."""
    only = view_of(events, EventQuery(types=frozenset({"Battles"})), places)

    assert only.colours == view.colours


def test_a_frame_counts_what_lies_outside_it(view: View, settings: SnapshotSettings) -> None:
    """A cut map must not look like the whole."""
    framed = dataclasses.replace(settings, frame=(46.60, 39.75, 46.73, 39.85))

    assert "more outside this frame" in words_on(figure_of(view, framed))
    assert "more outside this frame" not in words_on(figure_of(view, settings))


def test_margin_says_all_that_limits_the_figure(view: View, settings: SnapshotSettings) -> None:
    """A figure outlives the page it was made on."""
    chosen = dataclasses.replace(settings, version=7, link="http://127.0.0.1:8501/?from=2023-01-01")
    words = " ".join(words_on(figure_of(view, chosen, snapshot_id="feedfacefeedface")).split())

    for part in (
        "7 shown of 10 imported; 1 possible by date",
        "1 not placed",
        "1 January 2023 to 10 January 2023, both days included",
        "Lambert azimuthal equal-area",
        "WGS 84",
        "Natural Earth",
        "GeoNames (CC BY 4.0)",
        "licence not stated",
        "no side is taken",
        "do not imply endorsement",
        "2026-11-24 12:00 UTC, data version 7",
        "feedfacefeedface",
        "http://127.0.0.1:8501/?from=2023-01-01",
        "Invented $1 and $2",
    ):
        assert part in words, part


def test_places_are_named_by_the_policy_that_is_chosen(
    view: View, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """Each side has its names, and the margin says whose they are."""
    forms = ((PlaceName("Road of Aba", "en"), PlaceName("Aba yolu", "az", "South")),) * 2
    named = places.assign(names=pd.Series(forms, dtype="object"))
    shown = dataclasses.replace(view, places=named)

    for policy, name, told in (
        ("source", "Road of Aba", "the gazetteer's first name"),
        ("side:South", "Aba yolu", "as used by South, where known"),
        ("lang:az", "Aba yolu", "in the language az"),
    ):
        words = words_on(figure_of(shown, dataclasses.replace(settings, names=policy)))
        assert name in words
        assert told in " ".join(words.split())


def test_disputed_boundaries_are_told_apart_as_it_is_chosen(
    places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """The lines of a map take a side unless it says how they are drawn."""
    view = view_of(
        events_table([event(1, geometry=shapely.Point(74, 33)),
                      event(2, geometry=shapely.Point(80, 36))]), EventQuery(), places
    )  # fmt: skip
    pictures = set()
    for way, told in (
        ("disputed dashed", "Disputed boundaries dashed"),
        ("all alike", "drawn alike"),
        ("none", "Boundaries left out"),
    ):
        chosen = dataclasses.replace(settings, boundaries=way)
        assert told in " ".join(words_on(figure_of(view, chosen)).split())
        pictures.add(snapshot_bytes(view, chosen, "png"))
    assert len(pictures) == 3


def test_north_arrow_stands_where_north_is_not_up(
    view: View, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """On a small map an arrow is only in the way."""

    def has_arrow(shown: View, **changes: Any) -> bool:
        figure = figure_of(shown, dataclasses.replace(settings, **changes))
        return any(text.get_gid() == "north" for text in figure.axes[0].texts)

    wide = view_of(
        events_table([event(1, geometry=shapely.Point(-5, 60)),
                      event(2, geometry=shapely.Point(35, 62))]), EventQuery(), places
    )  # fmt: skip
    assert not has_arrow(view)
    assert has_arrow(view, north=True)
    assert has_arrow(wide)
    assert not has_arrow(wide, north=False)


def test_graticule_is_drawn_when_asked(view: View, settings: SnapshotSettings) -> None:
    """Its degrees can be read off."""
    words = words_on(figure_of(view, dataclasses.replace(settings, graticule=True)))

    assert re.search(r"\b4\d(\.\d+)?°E", words)
    assert re.search(r"\b(39|40)(\.\d+)?°N", words)
    assert "°E" not in words_on(figure_of(view, settings)).replace("46.8° E", "")


def test_png_carries_title_description_and_resolution(
    view: View, settings: SnapshotSettings
) -> None:
    """Readers who cannot see the picture get a description of it."""
    with Image.open(io.BytesIO(snapshot_bytes(view, settings, "png"))) as image:
        told = dict(image.text)  # type: ignore[attr-defined]
        dots = image.info["dpi"][0]

    assert told["Title"] == "Events worth $5 to $6"
    assert told["Description"] == alt_text(view, settings)
    assert "7 events shown and 1 possible of 10" in told["Description"]
    assert dots == pytest.approx(60, abs=0.1)


def test_svg_keeps_its_words_as_words(view: View, settings: SnapshotSettings) -> None:
    """They can be searched, read aloud and edited, and bring their letters along."""
    text = snapshot_bytes(view, settings, "svg").decode()

    assert 'role="img"' in text
    assert "<title id=" in text
    assert ">Protests (7)<" in text
    assert "7 shown of 10 imported" in text
    assert "@font-face" in text
    described = r'xmlns[^"]*"[^"]*"|<!DOCTYPE.*?>|<rdf:RDF.*?</rdf:RDF>'
    assert "http" not in re.sub(described, "", text, flags=re.DOTALL)
    assert "<script" not in text


def test_pdf_words_can_be_read_out_of_it(view: View, settings: SnapshotSettings) -> None:
    """A PDF of curves cannot be searched."""
    reader = pypdf.PdfReader(io.BytesIO(snapshot_bytes(view, settings, "pdf")))
    words = " ".join(reader.pages[0].extract_text().split())

    assert "Events worth $5 to $6" in words
    assert "Protests (7)" in words
    assert "7 shown of 10 imported" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Events worth $5 to $6"
    assert reader.metadata.subject == alt_text(view, settings)


def test_hostile_words_are_words_in_every_format(
    places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """A title is typed by somebody, a type comes from a file."""
    hostile = "<script>alert(1)</script> & $\\frac{1}{0}$ ]]> --> \u0001"
    view = view_of(events_table([event(1, event_type=hostile, source=hostile)]), EventQuery(),
                   places)  # fmt: skip
    chosen = dataclasses.replace(settings, title=hostile)

    from xml.etree import ElementTree as Xml

    svg = snapshot_bytes(view, chosen, "svg").decode()
    assert "<script" not in svg
    assert Xml.fromstring(svg) is not None  # noqa: S314  # our own output
    assert snapshot_bytes(view, chosen, "pdf").startswith(b"%PDF")
    assert snapshot_bytes(view, chosen, "png").startswith(b"\x89PNG")


def test_many_points_are_rasterised_in_vector_files(
    places: gpd.GeoDataFrame, settings: SnapshotSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF of a hundred thousand signs cannot be opened."""
    from geomap.snapshot.draw import marks

    table = events_table(
        [event(n, geometry=shapely.Point(46 + n % 40 / 40, 39 + n / 400)) for n in range(400)]
    )
    view = view_of(table, EventQuery(), places)
    many = snapshot_bytes(view, settings, "svg").count(b"<use")
    monkeypatch.setattr(marks, "RASTER_ABOVE", 100)

    few = snapshot_bytes(view, settings, "svg")
    assert many > 400
    assert few.count(b"<use") < 200
    assert b"data:image/png" in few


def test_caption_says_window_counts_sources_and_as_of(
    view: View, settings: SnapshotSettings
) -> None:
    """A caption is all that survives a copy of the picture."""
    words = caption(view, settings, "feedfacefeedface")

    for part in (
        "1 January 2023 to 10 January 2023",
        "7 shown + 1 possible of 10",
        "Invented $1 and $2",
        "As of 2026-11-24 12:00 UTC",
        "feedfacefeedface",
    ):
        assert part in words


def test_caption_counts_the_events_without_a_source(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """A named source must not seem to cover events that it did not report."""
    events.loc[0, "source"] = None
    view = view_of(events, EventQuery(), places)

    assert "not stated for 1" in caption(view, settings)


def test_unknown_words_are_refused_in_a_sentence(view: View, settings: SnapshotSettings) -> None:
    """The message lists the allowed words."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(InputError, match="choose one of a4"):
        SnapshotSettings("t", now, size="a0")
    with pytest.raises(InputError, match="choose one of light, dark"):
        SnapshotSettings("t", now, theme="sepia")
    with pytest.raises(InputError, match="200 at most"):
        SnapshotSettings("t" * 201, now)
    with pytest.raises(InputError, match="choose one of png"):
        snapshot_bytes(view, settings, "bmp")
