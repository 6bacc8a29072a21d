"""Places that a user brings along: every row accounted for, an import whole or not there."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import FileRefusedError, InputError, NotFoundError
from geomap.gazetteer import Gazetteer, import_shards, open_gazetteer
from geomap.gazetteer.import_store import ImportReport, forget_places, known_imports, tidy
from geomap.ingest.places import import_places, place_import
from geomap.model import ToponymKind
from geomap.readers import archives, streams


def dump_line(number: object, name: str, lat: object = 40.1, lon: object = 45.3, **own: str) -> str:
    """Return a row of a GeoNames dump."""
    cells = [str(number), name, own.get("ascii", name), own.get("others", ""), str(lat), str(lon),
             own.get("letter", "P"), own.get("code", "PPL"), own.get("country", "AZ"), "", "09",
             "", "", "", own.get("people", "1200"), "", "100", "Asia/Baku", ""]  # fmt: skip
    return "\t".join(cells)


GOOD = [
    dump_line(1, "Yenikend", others="Yeni Kənd,Новый"),
    dump_line(2, "Aras", letter="H", code="STM", people=""),
    dump_line(3, "Haydarlar", country="xx1", people="many"),
]
BAD = [
    "4\tToo short",
    dump_line(5, "", ascii=""),
    dump_line(6, "Past the pole", lat=91),
    dump_line(7, "Nowhere", lon="east"),
    dump_line(8, "Nowhere", lat=""),
    dump_line("a", "No number"),
    dump_line(1, "Yenikend again"),
]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Return the folder of imports of an empty workspace."""
    return tmp_path / "workspace" / "gazetteer"


@pytest.fixture
def take(shelf: Path, tmp_path: Path) -> Callable[..., ImportReport]:
    """Return a function that imports a text under a file name."""

    def run(file: str, text: str | bytes, **options: Any) -> ImportReport:
        path = tmp_path / file
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_places(shelf, path, **options)

    return run


Take = Callable[..., ImportReport]


def opened(shelf: Path) -> Gazetteer:
    """Return a gazetteer of imports alone."""
    return open_gazetteer(layers={"user", "imported"}, imports=shelf)


def names(gazetteer: Gazetteer, name: str) -> list[str]:
    """Return the names of the places found."""
    return [match.place.name for match in gazetteer.find(name)]


def test_a_dump_is_found_by_every_form(take: Take, shelf: Path) -> None:
    """What was imported is what names are looked up in."""
    report = take("AZ.txt", "\n".join(GOOD))

    assert (report.name, report.format, report.rows, report.rejected) == ("az", "geonames", 3, 0)
    world = opened(shelf)
    (match,) = world.find("Yeni Kənd")
    assert match.place.place_id == "gn:1"
    assert match.place.layer == "imported"
    assert match.place.licence == "CC BY 4.0"
    assert match.place.population == 1200
    assert match.place.country_code == "AZ"
    (river,) = world.find("aras")
    assert (river.place.kind, river.place.population) == (ToponymKind.WATER, 0)
    assert world.get("gn:2") == river.place
    assert world.longest(["in", "Yeni", "Kənd", "today"], 1) == 2


def test_bad_rows_are_counted_and_listed_with_line_and_reason(take: Take, shelf: Path) -> None:
    """Nothing is dropped in silence."""
    report = take("AZ.txt", "\r\n".join([GOOD[0], "", *BAD, GOOD[1]]) + "\r\n")

    assert (report.rows, report.accepted, report.rejected) == (9, 2, 7)
    issues = [(issue["row"], issue["code"], issue["column"]) for issue in report.issues]
    assert issues == [
        (3, "columns", None),
        (4, "no_name", "name"),
        (5, "coordinates", "latitude"),
        (6, "coordinates", "longitude"),
        (7, "no_coordinates", "latitude"),
        (8, "id", "geonameid"),
        (9, "duplicate", "geonameid"),
    ]
    assert all(issue["reason"] and issue["remedy"] for issue in report.issues)
    assert names(opened(shelf), "Nowhere") == []


def test_every_bad_row_is_counted_and_the_first_thousand_listed(take: Take) -> None:
    """A list of millions is of no use; a wrong count misleads."""
    report = take("big.txt", "\n".join([dump_line(n, "A", lat="x") for n in range(1200)] + GOOD))

    assert (report.accepted, report.rejected, len(report.issues)) == (3, 1200, 1000)


def test_a_line_that_is_not_utf8_or_has_no_end_is_a_bad_row(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One broken line does not cost the file, nor all memory."""
    monkeypatch.setattr(streams, "LONGEST_LINE", 4000)
    lines = [GOOD[0].encode(), b"9\t\xff\xfe" + b"\t" * 17, b"9" * 9000, GOOD[1].encode()]
    report = take("AZ.txt", b"\n".join(lines))

    assert [(issue["row"], issue["code"]) for issue in report.issues] == [
        (2, "encoding"),
        (3, "columns"),
    ]
    assert report.accepted == 2


@pytest.mark.parametrize("pack", ["zip", "gz"])
def test_a_packed_dump_is_read_where_it_lies(shelf: Path, tmp_path: Path, pack: str) -> None:
    """GeoNames gives its dumps as zip with a readme beside the table."""
    text = "\n".join(GOOD)
    path = tmp_path / f"AZ.{pack}"
    if pack == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "Readme of the dump.")
            archive.writestr("AZ.txt", text)
    report = import_places(shelf, path)

    assert (report.name, report.rows) == ("az", 3)
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert names(opened(shelf), "Yenikend") == ["Yenikend"]


def test_shards_are_bounded_and_answer_as_one(
    take: Take, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dump larger than memory is a chain of small indexes."""
    monkeypatch.setattr(import_shards, "SHARD_ROWS", 10)
    rows = [dump_line(n, f"Town {n}", others="Every", code=f"P{n}") for n in range(1, 36)]
    report = take("many.txt", "\n".join(rows))
    world = opened(shelf)

    assert report.shards == 4
    assert len(list((shelf / "many").glob("shard-*"))) == 4
    assert len(world.find("Every", limit=None)) == 35
    for number in (1, 10, 11, 35):
        place = world.get(f"gn:{number}")
        assert place is not None
        assert (place.name, place.feature_code) == (f"Town {number}", f"P{number}")
        assert world.find(f"Town {number}")[0].place == place


def test_a_place_that_two_dumps_have_is_listed_once(take: Take, shelf: Path) -> None:
    """The world and a country's dump hold the same town; it is not two towns."""
    take("one.txt", dump_line(1, "Yenikend"))
    take(
        "two.txt", "\n".join([dump_line(1, "Yenikend", others="Newtown"), dump_line(2, "Newtown")])
    )
    world = opened(shelf)

    assert [m.place.place_id for m in world.find("Yenikend")] == ["gn:1"]
    assert {m.place.place_id for m in world.find("Newtown")} == {"gn:1", "gn:2"}


CSV = """Place Name;Alternate_Names;LATITUDE;Lng;Type;Country;Pop;UNCERTAINTY (km);name_ru
Yenikend;Yeni Kənd|New Village;40,5;45,25;village;AZ;1 200;2;Еникенд
Old ford;;40.6;45.3;crossing;Azerbaijan;;;
;;40.7;45.4;village;AZ;;;
Too far;;400;45.4;village;AZ;;;
;;41;45.5;village;AZ;;;Аул
"""


def test_a_csv_with_odd_header_names_is_understood(take: Take, shelf: Path) -> None:
    """People call columns as they like."""
    report = take("Own places (2).csv", CSV)
    world = opened(shelf)

    assert (report.name, report.format, report.rows) == ("own-places-2", "csv", 5)
    assert (report.accepted, report.rejected) == (3, 2)
    assert [(i["row"], i["code"]) for i in report.issues] == [
        (3, "country_code"),
        (4, "no_name"),
        (5, "coordinates"),
    ]
    (match,) = world.find("New Village")
    assert match.place.layer == "user"
    assert match.place.kind is ToponymKind.CITY
    assert (match.place.geometry.x, match.place.geometry.y) == (45.25, 40.5)  # type: ignore[union-attr]
    assert (match.place.population, match.place.uncertainty_km) == (1200, 2.0)
    assert names(world, "Еникенд") == ["Yenikend"]
    assert names(world, "Аул") == ["Аул"]
    (ford,) = world.find("Old ford")
    assert (ford.place.kind, ford.place.country_code) == (ToponymKind.OTHER, None)


def test_dated_rows_keep_their_dates(take: Take, shelf: Path) -> None:
    """A place that was there for a while is not always there."""
    text = (
        "id,name,lat,lon,valid_from,valid_to\n"
        "camp,Camp,40,45,2021,2022-03\ncamp,Camp,41,45,2022-04-01,\n"
        "x,Bad,40,45,soon,\ny,Swapped,40,45,2022,2021\n"
    )
    report = take("camps.csv", text)
    world = opened(shelf)

    assert (report.accepted, report.rejected, report.outlines, report.shards) == (2, 2, 2, 0)
    assert [issue["code"] for issue in report.issues] == ["dates", "dates"]
    before, after = world.versions("camps:camp")
    assert (before.valid_from, before.valid_to) == (date(2021, 1, 1), date(2022, 3, 31))
    assert (after.valid_from, after.valid_to) == (date(2022, 4, 1), None)
    assert world.find("Camp", on=date(2023, 1, 1))[0].place == after


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


LINE = {"type": "LineString", "coordinates": [[45, 40], [46, 41], [46.5, 41]]}
SQUARE = {"type": "Polygon", "coordinates": [[[45, 40], [46, 40], [46, 41], [45, 41], [45, 40]]]}
FEATURES = [
    feature({"type": "Point", "coordinates": [45.5, 40.5]}, name="Post", **{"name:az": "Məntəqə"}),
    feature(LINE, name="Old road", names=[{"name": "Köhnə yol", "lang": "az", "side": "A side"}]),
    feature(SQUARE, name="Zone 5", valid_from="2020-11-10", kind="zone"),
    feature({"type": "Point", "coordinates": [40.5, 145.5]}, name="Swapped"),
    feature(None, name="No outline"),
    feature({"type": "LineString", "coordinates": [["a", 1]]}, name="Broken"),
    feature(SQUARE),
]


@pytest.mark.parametrize("sequence", [False, True])
def test_geojson_of_any_geometry_is_kept(take: Take, shelf: Path, sequence: bool) -> None:
    """A road stays a line and a zone an area, with dates and sides."""
    lines = "\n".join(json.dumps(one) for one in FEATURES)
    whole = json.dumps({"type": "FeatureCollection", "name": "x", "features": FEATURES}, indent=2)
    report = take("own.geojson", lines if sequence else whole)
    world = opened(shelf)

    assert (report.format, report.rows, report.accepted, report.outlines) == ("geojson", 7, 3, 2)
    issues = [(issue["row"], issue["code"]) for issue in report.issues]
    assert issues == [(4, "coordinates"), (5, "no_geometry"), (6, "geometry"), (7, "no_name")]
    assert names(world, "Məntəqə") == ["Post"]
    (road,) = world.find("Köhnə yol")
    assert road.place.kind is ToponymKind.ROAD
    assert road.place.geometry is not None
    assert road.place.geometry.geom_type == "LineString"
    assert "used by A side" in road.reason
    (zone,) = world.find("Zone 5")
    assert (zone.place.kind, zone.place.valid_from) == (ToponymKind.ZONE, date(2020, 11, 10))
    assert set(world.places_table()["name"]) == {"Old road", "Zone 5"}


def test_the_curated_gazetteer_can_be_imported_as_it_is(shelf: Path, root: Path) -> None:
    """Its shape is a shape that a user may copy."""
    report = import_places(shelf, root / "geo" / "gazetteer.geojson")
    world = opened(shelf)
    curated = open_gazetteer(layers={"curated"})

    assert report.rejected == 0
    road = world.road_between("Lachin", "Khankendi")
    assert road is None, "ends name places by the ids of the original"
    for name in ("Stepanakert", "Lachin corridor"):
        mine, theirs = world.find(name)[0].place, curated.find(name)[0].place
        assert mine.place_id == f"gazetteer:{theirs.place_id}"
        assert mine.geometry == theirs.geometry
        assert {form.side for form in mine.names} == {form.side for form in theirs.names}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.csv", b"\n \n", "empty"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("wide.csv", "name,lat,lon\n".encode("utf-16"), "encoding"),
        ("note.txt", b"Dear all,\nthe meeting is off.\n", "not_places"),
        ("events.csv", b"date,type\n2020-01-01,Talks\n", "not_places"),
        ("list.json", b'{"type": "FeatureCollection", "features": [{"a": ', "not_geojson"),
        ("other.json", b'{"features": [], "crs": {"properties": {"name": "EPSG:3857"}}}',
         "not_geojson"),
        ("none.csv", b"name,lat,lon\n,,\nA,x,1\n", "no_places"),
        ("quote.csv", b'name,lat,lon\nA,1,2\n"B,1,2\nC,1,2\n', "open_quote"),
        ("broken.zip", b"PK\x03\x04 not really", "broken_archive"),
        ("broken.gz", gzip.compress(b"name,lat,lon\n" * 99)[:-20], "broken_archive"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_places_is_refused_and_leaves_nothing(
    take: Take, shelf: Path, name: str, data: bytes, code: str
) -> None:
    """One sentence names the fault; the workspace is as it was."""
    with pytest.raises(FileRefusedError) as refused:
        take(name, data)

    assert refused.value.code == code
    assert name.removesuffix(".gz") in str(refused.value)
    assert str(refused.value).endswith(".")
    assert not list(shelf.glob("*"))
    assert not list(shelf.glob(".*"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(shelf: Path, tmp_path: Path) -> None:
    """A small file cannot fill the disk or memory."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AZ.txt", b"\0" * 30_000_000)

    with pytest.raises(FileRefusedError, match="would unpack to 30 MB"):
        import_places(shelf, path)


def test_a_gz_bomb_is_refused_while_it_is_unpacked(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gz does not say beforehand how large it will be."""
    monkeypatch.setattr(archives, "SMALL", 100_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress((GOOD[0] + "\n").encode() + b"\n" * 9_000_000))

    with pytest.raises(FileRefusedError, match="would unpack to"):
        import_places(shelf, path)
    assert not list(shelf.iterdir())


def test_a_zip_of_several_tables_asks_which_one(shelf: Path, tmp_path: Path) -> None:
    """Nothing is guessed."""
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "name,lat,lon\nA,1,2\n")
        archive.writestr("b.csv", "name,lat,lon\nA,1,2\n")

    with pytest.raises(FileRefusedError, match="holds 2"):
        import_places(shelf, path)


def test_a_name_that_is_taken_is_refused_unless_replaced(take: Take, shelf: Path) -> None:
    """Nobody loses an import by accident."""
    take("own.csv", "name,lat,lon\nFirst,1,2\n")
    with pytest.raises(InputError, match="already is an import named 'own'"):
        take("own.csv", "name,lat,lon\nSecond,1,2\n")
    assert names(opened(shelf), "First") == ["First"]

    take("own.csv", "name,lat,lon\nSecond,1,2\n", replace=True)
    world = opened(shelf)
    assert (names(world, "First"), names(world, "Second")) == ([], ["Second"])
    assert [path.name for path in shelf.iterdir()] == ["own"]


def test_a_refused_replacement_leaves_the_old_import(take: Take, shelf: Path) -> None:
    """The old one goes only when the new one is whole."""
    take("own.csv", "name,lat,lon\nFirst,1,2\n")

    with pytest.raises(FileRefusedError):
        take("own.csv", "name,lat,lon\nSecond,x,2\n", replace=True)
    assert names(opened(shelf), "First") == ["First"]


def test_an_interrupted_import_leaves_nothing(
    take: Take, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the middle of a shard is as if nothing had been asked."""

    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_shards, "write_index", stop)
    with pytest.raises(KeyboardInterrupt):
        take("AZ.txt", "\n".join(GOOD))

    assert not list(shelf.iterdir())


def test_what_a_killed_import_left_is_not_read_and_goes(take: Take, shelf: Path) -> None:
    """A process that was killed cannot tidy up; the next one does."""
    take("own.csv", "name,lat,lon\nFirst,1,2\n")
    draft = shelf / ".draft-x"
    draft.mkdir()
    (draft / "import.json").write_text("{")
    (shelf / "own").rename(shelf / ".old-own")
    assert known_imports(shelf) == ()

    tidy(shelf)
    assert [report.name for report in known_imports(shelf)] == ["own"]
    assert [path.name for path in shelf.iterdir()] == ["own"]


def test_forget_places_removes_one_import(take: Take, shelf: Path) -> None:
    """What was brought in can be taken out again."""
    take("one.csv", "name,lat,lon\nFirst,1,2\n")
    take("two.csv", "name,lat,lon\nSecond,1,2\n")
    forget_places(shelf, "one")

    assert [report.name for report in known_imports(shelf)] == ["two"]
    assert names(opened(shelf), "First") == []
    with pytest.raises(NotFoundError, match="no import named 'one'"):
        forget_places(shelf, "one")


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "Ä", "x" * 80, "con."])
def test_an_import_cannot_be_called_like_a_path(take: Take, shelf: Path, name: str) -> None:
    """A name never leaves the folder."""
    with pytest.raises(InputError, match="cannot name an import"):
        take("own.csv", "name,lat,lon\nFirst,1,2\n", name=name)
    with pytest.raises(InputError, match="cannot name an import"):
        forget_places(shelf, name)


def test_too_many_outlines_are_refused(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    """The places in memory are bounded, and the message contains the remedy."""
    monkeypatch.setattr(place_import, "MOST_OUTLINES", 1)

    with pytest.raises(FileRefusedError, match="more than 1 places with outlines"):
        take("own.geojson", json.dumps({"type": "FeatureCollection", "features": FEATURES}))


def test_a_cell_cannot_cut_the_index(take: Take, shelf: Path) -> None:
    """Line breaks, tabs and halves of letters in a name stay in their own place."""
    text = 'name,lat,lon,aliases\n"Two\nlines",1,2,"A\tB;C"\nNext,3,4,\n'
    report = take("own.csv", text)
    half = json.dumps(feature({"type": "Point", "coordinates": [1, 2]}, name="Half \ud83d"))
    take("half.geojson", half)
    world = opened(shelf)

    assert report.accepted == 2
    assert names(world, "Two lines") == names(world, "A B") == ["Two lines"]
    assert names(world, "Next") == ["Next"]
    assert names(world, "Half ?") == ["Half ?"]


def test_the_same_place_twice_is_told(take: Take) -> None:
    """Two rows that would be one place are not both counted as taken."""
    report = take("own.csv", "id,name,lat,lon\n1,A,1,2\n1,B,3,4\n,C,5,6\n,C,5,6\n")

    assert (report.accepted, report.rejected) == (2, 2)
    assert [issue["code"] for issue in report.issues] == ["duplicate", "duplicate"]


cells = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(["", "1", "45.5", "91"])


@given(rows=st.lists(st.lists(cells, min_size=0, max_size=5), max_size=12), data=st.randoms())
def test_accepted_and_rejected_add_up_to_the_rows(
    rows: list[list[str]], data: random.Random
) -> None:
    """Whatever a table holds, every row of it is in one of two counts."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["name", "lat", "lon", "valid_from"])
    writer.writerow(["Sure", "1", "2", ""])
    for row in rows:
        cut = ["".join(c for c in cell if c not in "\r\n\0") for cell in row]
        writer.writerow([*cut, data.choice(["", "x"])])
    filled = [row for row in csv.reader(io.StringIO(out.getvalue())) if any(map(str.strip, row))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.csv"
        path.write_text(out.getvalue(), "utf-8", newline="")
        report = import_places(Path(folder) / "gazetteer", path)

    assert report.rows == report.accepted + report.rejected == len(filled) - 1
    assert len([i for i in report.issues if i["row"] > len(filled)]) == 0


@given(lines=st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b" ")), max_size=12))
def test_a_dump_of_any_bytes_is_accounted_for(lines: list[bytes]) -> None:
    """Noise between the rows of a dump is listed, not lost and not fatal."""
    good = [dump_line(n, f"Town {n}").encode() for n in range(len(lines) + 1)]
    noisy = [line for pair in zip(good, [*lines, b""], strict=True) for line in pair]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.txt"
        path.write_bytes(b"\n".join(noisy).replace(b"\0", b"0"))
        report = import_places(Path(folder) / "gazetteer", path, form="geonames")

    filled = [line for line in noisy if line.replace(b"\0", b"0").strip()]
    assert report.rows == report.accepted + report.rejected == len(filled)
    assert report.accepted == len(good)


@pytest.fixture(autouse=True)
def _no_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """See to it that no test here builds the world index."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the world index was asked for")

    monkeypatch.setattr("geomap.gazetteer.open.build_index", refuse)
