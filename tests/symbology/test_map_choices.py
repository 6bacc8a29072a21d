"""Promises of the choices of a map: one list for page, command line, figures and scripts."""

from pathlib import Path
from typing import get_args

import pytest

from geomap.cli.snapshot import FigureOptions
from geomap.dashboard.shared import choices
from geomap.snapshot import SnapshotSettings
from geomap.symbology import map_choices


def test_the_first_word_of_each_list_is_what_a_type_allows() -> None:
    """The literal types, which mypy reads, cannot differ from the lists."""
    assert get_args(map_choices.ColourBy) == map_choices.COLOUR_BY
    assert get_args(map_choices.Density) == map_choices.DENSITIES


def test_page_and_figures_offer_the_same_boundaries() -> None:
    """A view of the page can be made a figure without another choice."""
    assert tuple(map_choices.BOUNDARIES) == choices.BOUNDARIES
    assert choices.BOUNDARIES[0] == map_choices.DEFAULT_BOUNDARIES
    fields = SnapshotSettings.__dataclass_fields__
    assert fields["boundaries"].default == map_choices.DEFAULT_BOUNDARIES
    assert FigureOptions().boundaries == map_choices.DEFAULT_BOUNDARIES


@pytest.mark.parametrize("word", list(map_choices.BOUNDARIES))
def test_every_boundary_style_is_in_scripts_and_documentation(root: Path, word: str) -> None:
    """A word that the map's script ignores would do nothing, silently."""
    scripts = "".join(path.read_text("utf-8") for path in (root / "src/geomap/maps").rglob("*.js"))
    assert f'"{word}"' in scripts
    assert word in (root / "docs" / "figures.md").read_text("utf-8")
