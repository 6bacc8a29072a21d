"""Pictures beside pictures that a person has looked at: nothing moves unseen.

The goldens are small and were made with one version of matplotlib; another may shade edges a
little differently, so a share of the pixels may differ. `GEOMAP_GOLDENS=new` writes them anew;
look at them before you commit.
"""

import dataclasses
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from PIL import Image, ImageFilter

from geomap.query import EventQuery
from geomap.sharing import Redaction
from geomap.snapshot import SnapshotSettings, View, parts_of, snapshot_bytes, view_of
from geomap.snapshot.plan import captions as words_module

GOLDENS = Path(__file__).parent / "goldens"
DIFFERENT, MOST_DIFFERENT = 40, 0.012
"""From which difference of grey a pixel is another one, and the share that may be."""


def compare(name: str, content: bytes) -> None:
    """Compare a picture with its golden, or write the golden when that is asked for."""
    path = GOLDENS / f"{name}.png"
    with Image.open(io.BytesIO(content)) as opened:
        image = opened.convert("RGB")
    if os.environ.get("GEOMAP_GOLDENS") == "new":
        path.parent.mkdir(exist_ok=True)
        image.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    with Image.open(path) as opened:
        golden = opened.convert("RGB")
    assert image.size == golden.size
    blur = ImageFilter.GaussianBlur(1.2)
    one, other = (np.asarray(part.filter(blur), dtype=int) for part in (image, golden))
    share = float((np.abs(one - other).max(axis=2) > DIFFERENT).mean())
    assert share < MOST_DIFFERENT, f"{name}: {share:.2%} of the pixels differ"


@pytest.fixture(autouse=True)
def _same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the version out of the pictures: a new one is no new picture."""
    monkeypatch.setattr(words_module, "__version__", "0")


@pytest.fixture
def small() -> SnapshotSettings:
    """Return settings of small pictures."""
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return SnapshotSettings("Golden $5", moment, size="a5", dpi=72, version=3, link="http://x")


def test_a_figure_looks_as_it_did(rich: View, small: SnapshotSettings) -> None:
    """Every sign there is, on a light page."""
    compare("figure_light", snapshot_bytes(rich, small, "png"))


def test_a_dark_figure_with_all_furniture_looks_as_it_did(
    rich: View, small: SnapshotSettings
) -> None:
    """Graticule, arrow, portrait."""
    chosen = dataclasses.replace(small, theme="dark", portrait=True, graticule=True, north=True)
    compare("figure_dark", snapshot_bytes(rich, chosen, "png"))


def test_the_world_looks_as_it_did(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, small: SnapshotSettings
) -> None:
    """In Equal Earth, whole."""
    view = view_of(events, EventQuery(), places)
    chosen = dataclasses.replace(small, frame=(-180, -58, 180, 78))
    compare("world", snapshot_bytes(view, chosen, "png"))


def test_panels_look_as_they_did(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, small: SnapshotSettings
) -> None:
    """Beside each other, one scale."""
    view = view_of(events, EventQuery(), places)
    parts = parts_of(view, events, places, "type")
    compare("panels", snapshot_bytes(view, small, "png", panels=parts))


def test_a_redacted_figure_looks_as_it_did(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, small: SnapshotSettings
) -> None:
    """Cells instead of signs."""
    view = view_of(events, EventQuery(), places, redaction=Redaction(0.1))
    compare("redacted", snapshot_bytes(view, small, "png"))


def test_another_picture_is_noticed(
    rich: View, small: SnapshotSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tolerance that lets everything pass guards nothing."""
    monkeypatch.delenv("GEOMAP_GOLDENS", raising=False)
    without = dataclasses.replace(small, show_histogram=False)

    with pytest.raises(AssertionError, match="pixels differ"):
        compare("figure_light", snapshot_bytes(rich, without, "png"))
