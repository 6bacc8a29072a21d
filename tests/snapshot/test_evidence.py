"""Promises of evidence: a manifest in every file, and no change that is not noticed."""

import dataclasses
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pypdf
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.snapshot.conftest import event

from geomap.errors import InputError
from geomap.query import EventQuery
from geomap.query.forms import query_as_json, query_from_json
from geomap.sharing import Redaction
from geomap.snapshot import (
    FORMATS,
    SnapshotSettings,
    View,
    bundle_bytes,
    compare_with,
    manifest_of,
    snapshot_bytes,
    unseal,
    view_of,
)
from geomap.snapshot.proof.seal import seal, sealed_zip
from geomap.tables import events_table

DAYS = st.dates(date(2020, 1, 1), date(2024, 1, 1))


_MADE: dict[str, bytes] = {}


@pytest.fixture(params=[*FORMATS, "zip"])
def sealed(request: pytest.FixtureRequest, view: View, settings: SnapshotSettings) -> bytes:
    """Return the same snapshot as each kind of file; each is made once."""
    form = request.param
    if form not in _MADE:
        is_zip = form == "zip"
        made = bundle_bytes(view, settings) if is_zip else snapshot_bytes(view, settings, form)
        _MADE[form] = made
    return _MADE[form]


def test_every_file_carries_its_manifest_and_is_intact(sealed: bytes, view: View) -> None:
    """Query, counts, data, sources and software are stated in the file itself."""
    found = unseal(sealed)

    assert found.faults == []
    told = found.manifest
    assert told["counts"] == view.counts.as_dict()
    assert told["query"] == {"start": "2023-01-01", "end": "2023-01-10"}
    assert told["data"]["events"] == len(view.events)
    assert len(told["data"]["events_sha256"]) == 64
    assert {"geomap", "python", "matplotlib", "shapely"} <= set(told["software"])
    assert told["sources"][0]["licence"] == "licence not stated"
    assert told["as_of"] == "2026-11-24T12:00:00+00:00"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.7, 0.97])
def test_a_single_changed_byte_is_noticed(sealed: bytes, share: float) -> None:
    """In the picture, the words, the data or the manifest itself."""
    changed = bytearray(sealed)
    changed[int(len(changed) * share)] ^= 0x10

    try:
        faults = unseal(bytes(changed)).faults
    except InputError:
        return  # a ZIP that cannot even be opened is refused in a sentence
    assert faults


def test_what_is_added_at_the_end_is_noticed(sealed: bytes) -> None:
    """A PDF reader shows the last update of a file."""
    if sealed.startswith(b"PK"):
        buffer = io.BytesIO(sealed)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("more.txt", "more")
        assert unseal(buffer.getvalue()).faults == ["more.txt was added."]
    else:
        assert unseal(sealed + b"\n%%EOF\n").faults


def test_a_repainted_pixel_is_noticed_even_with_the_manifest_carried_over(
    view: View, settings: SnapshotSettings
) -> None:
    """People believe the picture; a genuine manifest alone proves nothing."""
    sealed = snapshot_bytes(view, settings, "png")
    with Image.open(io.BytesIO(sealed)) as image:
        told = dict(image.text)  # type: ignore[attr-defined]
        painted = image.convert("RGB")
    painted.putpixel((200, 200), (255, 0, 0))
    from PIL.PngImagePlugin import PngInfo

    carried = PngInfo()
    for key, text in told.items():
        carried.add_itxt(key, text)
    buffer = io.BytesIO()
    painted.save(buffer, "png", pnginfo=carried)

    assert "The picture was altered." in unseal(buffer.getvalue()).faults


def test_a_changed_row_of_a_bundle_is_named(view: View, settings: SnapshotSettings) -> None:
    """Who checks wants to know which file."""
    with zipfile.ZipFile(io.BytesIO(bundle_bytes(view, settings))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["data/events.csv"] = files["data/events.csv"].replace(b"Protests", b"Battles", 1)
    del files["sources.md"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)

    assert unseal(buffer.getvalue()).faults == [
        "data/events.csv was altered.",
        "sources.md is missing.",
    ]


def test_a_rewritten_manifest_is_noticed(view: View, settings: SnapshotSettings) -> None:
    """Counts that were polished afterwards must not pass."""
    sealed = snapshot_bytes(view, settings, "svg").decode()

    assert unseal(sealed.replace('"shown": 7', '"shown": 8').encode()).faults == [
        "The manifest was altered after the file was made.",
        "The snapshot id does not belong to what the manifest says.",
        "The counts do not add up.",
    ]


def test_the_id_is_the_same_for_the_same_content_in_every_format(
    view: View, settings: SnapshotSettings
) -> None:
    """A reader finds the PDF of the PNG, and tomorrow's copy of today's."""
    ids = {unseal(snapshot_bytes(view, settings, f)).manifest["snapshot_id"]
           for f in ("png", "svg", "pdf")}  # fmt: skip
    later = dataclasses.replace(settings, as_of=datetime(2027, 1, 1, tzinfo=UTC), dpi=72)
    ids.add(manifest_of(view, later)["snapshot_id"])
    assert len(ids) == 1

    other = dataclasses.replace(settings, title="Another title")
    assert manifest_of(view, other)["snapshot_id"] not in ids


def test_the_id_does_not_depend_on_the_order_of_the_rows(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """A table has no order of its own."""
    one = manifest_of(view_of(events, EventQuery(), places), settings)
    other = manifest_of(view_of(events.iloc[::-1], EventQuery(), places), settings)

    assert one["snapshot_id"] == other["snapshot_id"]


def test_pdf_with_its_manifest_still_opens_everywhere(
    view: View, settings: SnapshotSettings
) -> None:
    """The manifest is an attachment that any reader shows."""
    reader = pypdf.PdfReader(io.BytesIO(snapshot_bytes(view, settings, "pdf")), strict=True)

    assert len(reader.pages) == 1
    attached = json.loads(reader.attachments["manifest.json"][0])
    assert attached["counts"] == view.counts.as_dict()


def test_html_block_keeps_its_place_and_runs_nothing(
    view: View, settings: SnapshotSettings
) -> None:
    """A page may bring an empty block; hostile words in it stay data."""
    hostile = dataclasses.replace(settings, title="</script><script>alert(1)</script>")
    block = '<script type="application/json" id="geomap-manifest"></script>'
    page = f"<html><body>{block}<p>words</p></body></html>"

    made = seal(page.encode(), "html", manifest_of(view, hostile, kind="page")).decode()
    assert made.count("</script>") == 1
    assert made.index("geomap-manifest") < made.index("<p>words")
    found = unseal(made.encode())
    assert (found.faults, found.manifest["title"]) == ([], hostile.title)
    assert unseal(made.replace("words", "other").encode()).faults


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"PK\x03\x04broken", b"<html></html>",
     b"\xff\xfe\x00", b"PK"],
)  # fmt: skip
def test_a_file_without_a_manifest_is_refused_in_a_sentence(content: bytes) -> None:
    """It is no lie, it is another file."""
    with pytest.raises(InputError, match="ask for the original file"):
        unseal(content)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_a_seal(noise: bytes) -> None:
    """A law: whatever comes after the first letters of a format, there is a sentence."""
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n%geomap-manifest\n", b"PK\x03\x04",
                  b'<svg><metadata id="geomap-manifest">'):  # fmt: skip
        try:
            found = unseal(start + noise)
        except InputError:
            continue
        assert found.faults


@given(
    st.lists(
        st.builds(
            lambda first, days, precision, placed, source: (first, days, precision, placed, source),
            st.none() | DAYS, st.integers(0, 40), st.sampled_from(["day", "month", "open"]),
            st.booleans(), st.sampled_from(["A", "B", None]),
        ),
        max_size=12,
    ),
    DAYS, DAYS, st.sampled_from([(), ("A",), ("A", "B")]),
)  # fmt: skip
def test_counts_add_up_in_every_manifest(
    rows: list[tuple[Any, ...]], one: date, other: date, hidden: tuple[str, ...]
) -> None:
    """A law: for any events, window and hidden sources, every event is counted."""
    records = []
    for number, (first, days, precision, placed, source) in enumerate(rows):
        is_open = first is None or precision == "open"
        last = None if is_open else first + timedelta(days=days)
        records.append(
            event(number, event_date=first, event_date_end=last, source=source,
                  date_precision=None if first is None else precision,
                  geometry=shapely.Point(46, 39) if placed else None)
        )  # fmt: skip
    query = EventQuery(start=min(one, other), end=max(one, other))
    view = view_of(events_table(records), query, _no_places(), redaction=Redaction(sources=hidden))

    told = manifest_of(view, SnapshotSettings("t", datetime(2026, 1, 1, tzinfo=UTC)))
    counts = told["counts"]
    assert counts["total"] == len(records)
    assert sum(counts.values()) == 2 * counts["total"]
    assert told["data"]["events"] == counts["shown"] + counts["possible"]
    assert not view.events["source"].isin(hidden).any()


def _no_places() -> gpd.GeoDataFrame:
    columns: dict[str, list[Any]] = {"place_id": [], "name": [], "kind": [], "valid_from": [],
                                     "valid_to": [], "uncertainty_km": []}  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=[], crs="EPSG:4326")


@given(
    st.none() | DAYS, st.frozensets(st.text(min_size=1, max_size=5), max_size=3),
    st.text(max_size=8), st.none() | st.just((170.0, -20.0, -170.0, 10.5)),
    st.sampled_from([(), ((46.0, 39.0), (47.5, 39.0), (47.0, 40.25))]),
)  # fmt: skip
def test_a_query_comes_back_from_its_manifest(
    start: date | None, types: frozenset[str], text: str, bbox: Any, polygon: Any
) -> None:
    """A law: a query can be restored from the manifest."""
    query = EventQuery(start=start, types=types, text=text, bbox=bbox, polygon=polygon)

    told = json.loads(json.dumps(query_as_json(query)))
    assert query_from_json(told) == query


def test_data_that_is_no_longer_what_the_file_shows_is_told(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, view: View, settings: SnapshotSettings
) -> None:
    """An intact file may still show data that the workspace never had."""
    versioned = dataclasses.replace(settings, version=3)
    found = unseal(snapshot_bytes(view, versioned, "png"))
    changed = events.copy()
    changed.loc[0, "event_type"] = "Battles"

    def remade(table: gpd.GeoDataFrame) -> Any:
        return lambda query, _version, redaction: view_of(table, query, places, redaction=redaction)

    same, other = (compare_with(found, remade(table)) for table in (events, changed))
    assert (same.compared, same.faults) == (True, [])
    assert other.faults == ["The events that the file shows are not those of the data."]
    fewer = compare_with(found, remade(events.iloc[1:]))
    assert "The file counts 10 total, the data 9." in fewer.faults
    unversioned = unseal(snapshot_bytes(view, settings, "png"))
    assert not compare_with(unversioned, remade(events)).compared


def test_hidden_sources_must_be_given_to_compare(
    events: gpd.GeoDataFrame, places: gpd.GeoDataFrame, settings: SnapshotSettings
) -> None:
    """The file does not name them, so the asker must."""
    hidden = ("Invented $1 and $2",)
    view = view_of(events, EventQuery(), places, redaction=Redaction(sources=hidden))
    sealed = snapshot_bytes(view, dataclasses.replace(settings, version=1), "svg")

    assert b"Invented $1" not in sealed

    def remake(query: EventQuery, _version: int, redaction: Redaction) -> View:
        return view_of(events, query, places, redaction=redaction)

    assert not compare_with(unseal(sealed), remake).compared
    assert compare_with(unseal(sealed), remake, hidden=hidden).faults == []


def test_equal_archives_have_equal_bytes(view: View, settings: SnapshotSettings) -> None:
    """No clock is in them."""
    manifest = manifest_of(view, settings)
    files = {"a.txt": b"1", "b/c.png": b"2"}

    assert sealed_zip(files, manifest) == sealed_zip(files, manifest)


SEALED = Path(__file__).parent / "sealed"
"""Files made before planning and drawing were parted: every later version has to verify them."""


@pytest.mark.parametrize("path", sorted(SEALED.iterdir()), ids=lambda path: path.name)
def test_files_of_earlier_versions_still_verify(path: Path) -> None:
    """Evidence outlives the program that made it."""
    content = path.read_bytes()
    found = unseal(content)

    assert found.faults == []
    assert found.manifest["counts"]["shown"] == 7
    changed = bytearray(content)
    changed[len(content) // 2] ^= 0x01
    try:
        assert unseal(bytes(changed)).faults
    except InputError:
        assert path.suffix == ".zip"
