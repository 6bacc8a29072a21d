"""Numbers in sentences are those of the code; tests/readers/test_limits.py has the limits."""

from __future__ import annotations

import pytest
from tests.docs.pages import PAGES

from geomap.dashboard.map import map_source
from geomap.evaluation import event_matching, matching
from geomap.gazetteer import import_shards
from geomap.geo.grid import MOST_POINTS
from geomap.geoparse.ranker import weights
from geomap.ingest.events import datasets, quality_checks, releases, result_shape
from geomap.ingest.places import place_import
from geomap.readers import headers, kml_file
from geomap.snapshot import MAX_PANELS
from geomap.symbology.symbols import NOMINAL_KM

DISTRICT, PROVINCE, REGION, COUNTRY = (
    f"{NOMINAL_KM[word]:.0f}" for word in ("admin2", "admin1", "region", "country")
)
IN_WORDS = {0.5: "half", 0.2: "a fifth", 2: "two", 10: "ten", 2_000_000: "two million"}
POINTS = IN_WORDS[map_source.DEFAULT_LIMIT]
SENTENCES = [
    ("docs/map.md", f"({DISTRICT} km for a district, {PROVINCE} for a province"),
    ("docs/map.md", f"{REGION} for a region, {COUNTRY} for a country)"),
    ("docs/map.md", f"as soon as {MOST_POINTS:,} or fewer are in view"),
    ("docs/map.md", f"Up to {POINTS} events travel"),
    ("docs/adr/0007-a-million-events.md", f"as soon as {MOST_POINTS:,} or fewer are in view"),
    ("docs/figures.md", f"at most {MAX_PANELS} panels"),
    ("docs/gazetteer.md", f"{place_import.MOST_OUTLINES:,} at most"),
    ("docs/gazetteer.md", f"{import_shards.SHARD_ROWS:,} places each"),
    ("docs/cli.md", f"the first {place_import._LISTED:,} rejected rows"),
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
    ("docs/evaluate.md", f"at most {event_matching.SAME_PLACE_KM:.0f} km from it"),
    ("docs/model-card.md", f"the threshold ({weights().threshold:.2f})"),
]


@pytest.mark.parametrize(("page", "sentence"), SENTENCES)
def test_numbers_in_sentences_are_those_of_the_code(page: str, sentence: str) -> None:
    """A constant is changed in one place; this says where it is written besides."""
    assert sentence in " ".join(PAGES[page].split())
