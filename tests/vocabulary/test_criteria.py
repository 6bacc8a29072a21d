"""Promises of the registry of criteria: one list, from which every room takes them."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import write_vocabulary

import geomap
from geomap.query import EventQuery
from geomap.tables import EVENT_COLUMNS
from geomap.vocabulary.criteria import CRITERIA, FAILS_SERVER, PACKED_COLUMNS, UNSURE

ENTRY = """    Criterion(
        "province", "provinces", Kind.WORDS, "Province", (Column("admin1"),), link="province",
        flag="--province", metavar="PROVINCE", help="Province as written; repeat.",
    ),
    Criterion("area","""
"""The entry of a new criterion, before the last one of the registry."""
FIELD = "    provinces: frozenset[str] = frozenset()\n    polygon: Polygon = ()\n"

PROBE = """
import json
from geomap.cli.filter_options import FilterOptions
from geomap.dashboard.map.filter_panel import values_of
from geomap.dashboard.shared.view_state import read_view, write_view
from geomap.exports.page_filters import page_filters
from geomap.maps.filter_component import filters_data
from geomap.query import EventQuery, count_events
from geomap.query.forms import query_as_json, query_from_json, texts_of
from geomap.query.sql_conditions import conditions_of
from geomap.tables import events_table
from geomap.vocabulary.criteria import UNPACKED
from tools.write_vocabulary import script
query = FilterOptions(provinces=["Kidal"]).query()
view, problems = read_view({"province": ["Kidal"]})
rows = [{"event_id": f"e{n}", "admin1": name} for n, name in enumerate(["Kidal", "Gao"])]
events = events_table(rows)
print(json.dumps({
    "view": view.query == query and not problems,
    "link": write_view(view),
    "panel": values_of({"province": ["Kidal"]})["provinces"] == query.provinces,
    "words": filters_data(channel="c", words={"province": ["Kidal"]})["words"]["province"],
    "saved": page_filters(events, [0, 1])["values"]["province"],
    "json": query_from_json(query_as_json(query)) == query,
    "caption": query.in_words(),
    "options": [[c.flag, *texts_of(c, value)] for c, value in query.values()],
    "sql": '"admin1"' in str(conditions_of(query).kept),
    "bits": not query.only(UNPACKED).is_empty,
    "script": '"province": {"label": "Province"' in script(),
}))
"""


def test_queries_have_a_field_for_each_criterion() -> None:
    """A criterion that no query can hold, or a field that nobody can set, is a mistake."""
    fields = [field.name for field in dataclasses.fields(EventQuery)]

    assert fields == [criterion.field for criterion in CRITERIA]


def test_criteria_have_names_of_their_own_and_columns_that_events_have() -> None:
    """Two options or two keys of a link that are alike could not be told apart."""
    for part in ("name", "field", "flag", "link"):
        values = [getattr(criterion, part) for criterion in CRITERIA if getattr(criterion, part)]
        assert len(set(values)) == len(values), part
    columns = {column.name for criterion in CRITERIA for column in criterion.columns}
    assert columns <= set(EVENT_COLUMNS)


def test_bits_of_a_packed_row_do_not_overlap() -> None:
    """A row fails each criterion by itself: the counts beside a word leave one out."""
    bits = [*(column.bit for column in PACKED_COLUMNS), FAILS_SERVER, UNSURE]

    assert sum(bits) == 255
    assert all(bit.bit_count() == 1 for bit in bits)


def test_constants_of_the_scripts_are_current() -> None:
    """The scripts and the program mean the same by the same word."""
    written = write_vocabulary.FILE.read_text("utf-8")

    assert written == write_vocabulary.script(), "run `make js` and commit what it wrote"


def test_a_criterion_is_one_entry_and_one_field(root: Path, tmp_path: Path) -> None:
    """No second list: what is added to the registry has an option, a link, a facet and words."""
    package = Path(geomap.__file__).parent
    copy = tmp_path / "src" / "geomap"
    shutil.copytree(package, copy, copy_function=os.symlink)
    edits = {
        "vocabulary/criteria.py": ('    Criterion("area",', ENTRY),
        "query/event_query.py": ("    polygon: Polygon = ()\n", FIELD),
    }
    for file, (old, new) in edits.items():
        text = (package / file).read_text("utf-8")
        assert text.count(old) == 1
        (copy / file).unlink()
        (copy / file).write_text(text.replace(old, new), "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "src"), str(root)])}

    done = subprocess.run(
        [sys.executable, "-B", "-c", PROBE], env=environment, capture_output=True, text=True,
        check=False, cwd=tmp_path,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "view": True,
        "link": {"province": ["Kidal"]},
        "panel": True,
        "words": ["Kidal"],
        "saved": [[1, 0]],
        "json": True,
        "caption": "all dates; province Kidal",
        "options": [["--province", "Kidal"]],
        "sql": True,
        "bits": True,
        "script": True,
    }
