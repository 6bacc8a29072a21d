"""Numbers of the documentation are those of the code."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest
from tests.docs.pages import PAGES, ROOT

from geomap import limits
from geomap.dashboard.map import map_source
from geomap.evaluation import matching
from geomap.gazetteer.imports import import_store
from geomap.geo.grid import MOST_POINTS
from geomap.geoparse.ranker import weights
from geomap.ingest import datasets, quality_checks, releases, result_shape
from geomap.readers import headers, kml_file
from geomap.snapshot import MAX_PANELS
from geomap.symbology.radii import NOMINAL_KM

ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+)( MB)? \| `(\w+)`", re.MULTILINE)
ROWS = ROW.findall(PAGES["docs/limits.md"])
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
UPLOAD = f"{CONFIG['server']['maxUploadSize']} MB"
DISTRICT, PROVINCE, REGION, COUNTRY = (
    f"{NOMINAL_KM[word]:.0f}" for word in ("admin2", "admin1", "region", "country")
)
IN_WORDS = {0.5: "half", 0.2: "a fifth", 2: "two", 10: "ten", 2_000_000: "two million"}
POINTS = IN_WORDS[map_source.DEFAULT_LIMIT]
SENTENCES = [
    ("docs/limits.md", f"The page takes files of up to {UPLOAD}"),
    ("docs/map.md", f"({DISTRICT} km for a district, {PROVINCE} for a province"),
    ("docs/map.md", f"{REGION} for a region, {COUNTRY} for a country)"),
    ("docs/map.md", f"as soon as {MOST_POINTS:,} or fewer are in view"),
    ("docs/map.md", f"Up to {POINTS} events travel"),
    ("docs/adr/0007-a-million-events.md", f"as soon as {MOST_POINTS:,} or fewer are in view"),
    ("docs/figures.md", f"at most {MAX_PANELS} panels"),
    ("docs/gazetteer.md", f"{import_store.MOST_OUTLINES:,} at most"),
    ("docs/gazetteer.md", f"{import_store.SHARD_ROWS:,} places each"),
    ("docs/cli.md", f"the first {import_store._LISTED:,} rejected rows"),
    ("docs/cli.md", f"{result_shape._LISTED} of the events that are gone"),
    ("docs/cli.md", f"up to {result_shape._EXAMPLES} examples for each column"),
    ("docs/adr/0007-a-million-events.md", f"Beyond {POINTS} events"),
    ("docs/updates.md", f"When {IN_WORDS[releases.ASK_ROWS]} or more events"),
    ("docs/updates.md", f"more than {IN_WORDS[releases.ASK_SHARE]} of the earlier release"),
    ("docs/updates.md", f"at least {IN_WORDS[releases.HELD]} of its events"),
    ("docs/updates.md", f"unless they are {IN_WORDS[releases.FEW]} or fewer"),
    ("docs/updates.md", f"at least {IN_WORDS[datasets.ALIKE]} of their columns in common"),
    ("docs/updates.md", f"at least {IN_WORDS[datasets.SHARED]} of the smaller one's ids"),
    ("docs/formats.md", f"{quality_checks._MARGIN:.0f} degrees of latitude"),
    ("docs/formats.md", f"among the first {headers._TAGS_WITHIN}"),
    ("docs/formats.md", f"nesting ends at {kml_file._DEEPEST} levels"),
    ("docs/evaluate.md", f"within {matching.NEAR_KM} km (100 miles)"),
    ("docs/evaluate.md", f"within {matching.CLOSE_KM} km"),
    ("docs/evaluate.md", f"{matching.FARTHEST_KM:,.0f} km off"),
    ("docs/model-card.md", f"the threshold ({weights().threshold:.2f})"),
]


def test_limits_are_those_of_the_code() -> None:
    """Whoever plans an import by this page must not be refused by another number."""
    defaults = {
        field.name: (getattr(limits.DEFAULT, field.name), limits.variable(field.name))
        for field in fields(limits.TableLimits)
    }

    assert defaults == {
        name: (int(number.replace(",", "")) * (10**6 if unit else 1), variable)
        for name, number, unit, variable in ROWS
    }


def test_limits_stand_on_one_page() -> None:
    """A second list would be changed a release later than the first."""
    numbers = {f"{number}{unit}" for _, number, unit, _ in ROWS} - {"200"}
    for page in PAGES.keys() - {"docs/limits.md"}:
        if "adr/" not in page:
            assert not [one for one in numbers if re.search(rf"\b{one}\b", PAGES[page])], page


@pytest.mark.parametrize(("page", "sentence"), SENTENCES)
def test_numbers_in_sentences_are_those_of_the_code(page: str, sentence: str) -> None:
    """A constant is changed in one place; this says where it is written besides."""
    assert sentence in " ".join(PAGES[page].split())
