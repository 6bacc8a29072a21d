"""Coordinates are found by names, cells and agreement, whatever their columns are called."""

from __future__ import annotations

import pandas as pd
import pytest

from geomap.gazetteer import Gazetteer
from geomap.ingest import IngestOptions, IngestResult, ingest_table
from geomap.ingest.events.axis_words import read_axis
from geomap.readers.table_file import read_table
from geomap.tables import empty_events

KENYA = [(-1.2921, 36.8219), (-4.0435, 39.6682), (0.5143, 35.2698)]
PERU = [(-12.0464, -77.0428), (-13.5320, -71.9675), (-16.4090, -71.5375)]


def take(text: str, world: Gazetteer, **options: object) -> IngestResult:
    """Return the result of taking in a table."""
    raw = read_table(text.encode(), name="t.csv")
    chosen = IngestOptions(**options)  # type: ignore[arg-type]
    return ingest_table(raw, existing=empty_events(), gazetteer=world, batch_id="b", options=chosen)


def table(header: str, rows: list[str]) -> str:
    """Return a table of days and further cells."""
    return "\n".join([f"Date,{header}", *(f"2021-01-0{n},{row}" for n, row in enumerate(rows, 1))])


def points(result: IngestResult) -> list[tuple[float, float]]:
    """Return latitude and longitude of the events, rounded."""
    shapes = result.events.geometry
    return [(round(float(p.y), 4), round(float(p.x), 4)) for p in shapes]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("geo_lat", "geo_long"), ("lat", "long"), ("point_y", "point_x"), ("Y_WGS84", "X_WGS84"),
        ("Latitude (dd)", "Longitude (dd)"), ("event lat", "event lng"), ("coordLat", "coordLon"),
        ("緯度", "経度"), ("纬度", "经度"), ("위도", "경도"), ("عرض", "طول"),
        ("northing", "easting"),
        ("incident.location.lat", "incident.location.lon"), ("LATD", "LONGD"), ("mapy", "mapx"),
    ],
)  # fmt: skip
def test_columns_of_any_wording_hold_the_point(
    world: Gazetteer, latitude: str, longitude: str
) -> None:
    """A row with coordinates is never placed at its country in silence: a point or a question."""
    rows = [f"{lat},{lon},Kenya" for lat, lon in KENYA]
    result = take(table(f"{latitude},{longitude},Country", rows), world)

    assert result.question is not None or points(result) == KENYA


@pytest.mark.parametrize("header", ["Location", "Map ref", "gps", "Where exactly", "lat-lon", "LL"])
@pytest.mark.parametrize("cell", ['"{}, {}"', "{};{}", '"({}, {})"', "{} {}", '"{}, {} 12.0 4.5"'])
def test_pairs_in_one_cell_are_found_by_their_cells(
    world: Gazetteer, header: str, cell: str
) -> None:
    """Whatever the column is called, pairs that lie in the row's country are its coordinates."""
    pair = cell.replace("12.0 4.5", "").strip() if "," not in cell else cell
    rows = [f"{pair.format(lat, lon)},Kenya" for lat, lon in KENYA]
    result = take(table(f"{header},Country", rows), world)

    assert points(result) == KENYA


@pytest.mark.parametrize("header", ["lon/lat", "XY", "lng_lat", "long, lat", "x;y"])
def test_order_of_a_pair_is_that_in_which_its_points_agree(world: Gazetteer, header: str) -> None:
    """The longitude first where the pairs say so; the header alone decides nothing."""
    names = f'"{header}",Country'
    turned = take(table(names, [f'"{lon}, {lat}",Peru' for lat, lon in PERU]), world)
    straight = take(table(names, [f'"{lat}, {lon}",Peru' for lat, lon in PERU]), world)

    assert points(turned) == points(straight) == PERU
    assert "coordinates_by_content" in {code for code, _ in straight.batch.warnings}


def test_numbers_without_names_are_taken_where_they_agree_and_asked_about_otherwise(
    world: Gazetteer,
) -> None:
    """Two columns A and B in the row's country are its coordinates; elsewhere nobody can know."""
    agreeing = take(table("A,B,Country", [f"{lat},{lon},Kenya" for lat, lon in KENYA]), world)
    elsewhere = take(table("A,B,Country", [f"{lat},{lon},Norway" for lat, lon in KENYA]), world)

    assert points(agreeing) == KENYA
    assert "coordinates_by_content" in {code for code, _ in agreeing.batch.warnings}
    assert elsewhere.question is not None
    assert elsewhere.question.about == "mapping"
    none = take(
        table("A,B,Country", [f"{lat},{lon},Norway" for lat, lon in KENYA]),
        world,
        mapping={"latitude": ""},
    )
    assert set(none.events["place_id"]) == {"iso:NO"}


def test_numbers_that_lost_their_zeros_are_still_coordinates(world: Gazetteer) -> None:
    """A spreadsheet writes 36.500 as 36.5: with few rows, that may be most of them."""
    kenya = [(-1.292, 36.5), (-4.04, 39.668), (0.5, 35.2)]
    agreeing = take(table("A,B,Country", [f"{lat},{lon},Kenya" for lat, lon in kenya]), world)
    elsewhere = take(table("A,B,Country", [f"{lat},{lon},Norway" for lat, lon in kenya]), world)

    assert points(agreeing) == kenya
    assert elsewhere.question is not None
    assert elsewhere.question.about == "mapping"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("LAT_DEG,LAT_MIN,LAT_SEC,LAT_DIR,LON_DEG,LON_MIN,LON_SEC,LON_DIR", "12,2,47,S,77,2,34,W"),
        ("lat,ns,lon,ew", "12.0464,S,77.0428,W"),
        ("Latitude,N/S,Longitude,E/W", "12.0464,South,77.0428,West"),
        ("Latitude (S),Longitude (W)", "12.0464,77.0428"),
        ("Lat degrees,Lat minutes,Lat hemisphere,Lon degrees,Lon minutes,Lon hemisphere",
         "12,2.783,S,77,2.567,W"),
        ("Latitude,Hemisphere,Longitude,Direction", "-12.0464,S,-77.0428,W"),
        ("latitud,sur,longitud,oeste", "12.0464,S,77.0428,O"),
    ],
)  # fmt: skip
def test_parts_of_angles_in_other_columns_and_in_headers_count(
    world: Gazetteer, header: str, row: str
) -> None:
    """Minutes, seconds and the hemisphere belong to the angle: without them the point is wrong."""
    result = take(table(header, [row, row, row]), world)
    (latitude, longitude), *_ = points(result)

    assert abs(latitude + 12.0464) < 0.001
    assert abs(longitude + 77.0428) < 0.001


@pytest.mark.parametrize(
    ("header", "cell"),
    [("MGRS", "37MBU 57699 57080"), ("Grid", "37MER7406252836"), ("Plus code", "6GCRPR6C+24"),
     ("UTM", "37M 257699 9857080"), ("Latitude", "-1.2921"), ("lon_wgs84", "36.8219")],
)  # fmt: skip
def test_what_looks_like_coordinates_and_finds_no_use_is_asked_or_reported(
    world: Gazetteer, header: str, cell: str
) -> None:
    """Half a pair and references of a grid do not fall back to the country without a word."""
    text = table(f"{header},Country", [f"{cell},Kenya"] * 3)

    assert take(text, world).question is not None
    flagged = take(text, world, assume_yes=True)
    assert {"coordinates_not_used"} == {i.code for i in flagged.issues if i.row == 2}
    assert flagged.events["flags"].str.contains("coordinates_not_used").all()


@pytest.mark.parametrize("header", ["Magnitude,Depth", "Rate,Score", "price,change"])
def test_other_decimals_are_no_coordinates(world: Gazetteer, header: str) -> None:
    """A question where the answer is plain is a fault too."""
    result = take(table(f"{header},Country", ["4.5,10.2,Kenya", "5.1,8.0,Kenya"]), world)

    assert result.question is None
    assert set(result.events["place_id"]) == {"iso:KE"}


def test_every_column_that_feeds_a_field_says_why(world: Gazetteer) -> None:
    """The preview and the JSON show what was chosen, and what it was chosen for."""
    result = take(table("point_y,point_x,Country", [f"{a},{b},Kenya" for a, b in KENYA]), world)
    fields = {choice.field: choice for choice in result.columns}

    assert {"event_date", "latitude", "longitude", "country"} <= set(fields)
    assert fields["latitude"].column == "point_y"
    assert fields["latitude"].sample == "-1.2921"
    assert all(choice.reason for choice in result.columns)
    assert "point_y, point_x" in result.batch.layout_reason


@pytest.mark.parametrize("header", ["latest", "Long description", "year", "longest", "notes"])
def test_headers_that_merely_begin_like_an_axis_need_cells_that_are_angles(header: str) -> None:
    """Names alone never decide: the cells are looked at."""
    frame = pd.DataFrame({header: ["some words", "more words"]})

    assert not read_axis("notes").axes
    assert frame[header].str.isnumeric().sum() == 0


def test_checks_of_points_also_hold_for_geometries(world: Gazetteer) -> None:
    """A GeoJSON at 0,0, or far outside its country, is flagged like a row of a CSV."""
    rows = ["POINT (0 0),Kenya", "POINT (36.8 -1.3),Kenya", "POINT (10.7 59.9),Kenya"]
    result = take(table("wkt,Country", rows), world)
    codes = {issue.row: issue.code for issue in result.issues}

    assert codes == {2: "null_island", 4: "outside_country"} or codes[4] == "outside_country"
    assert 3 not in codes


def test_a_line_beside_a_point_is_the_geometry(world: Gazetteer) -> None:
    """Where the file has the line itself, the point is only its middle."""
    text = table("lat,lon,geometry_wkt", ['-1.25,36.85,"LINESTRING (36.8 -1.2, 36.9 -1.3)"',
                                          "-1.29,36.82,"])  # fmt: skip
    result = take(text, world)

    assert list(result.events.geom_type) == ["LineString", "Point"]
    assert list(result.events["geo_precision"]) == ["line", "exact"]


@pytest.mark.parametrize(
    "cell",
    [
        "41.407694N 084.423753W", "41.4077, -84.4238", "lat: 41.4077, lon: -84.4238",
        "geo:41.4077,-84.4238", "lon=-84.4238 lat=41.4077", "(41.4077; -84.4238)",
        '"41,4077; -84,4238"',
        "41°24'27.7\"N 84°25'25.5\"W",
    ],
)  # fmt: skip
def test_pairs_without_a_country_are_read_in_any_writing(world: Gazetteer, cell: str) -> None:
    """A longitude beyond 90 degrees, letters or words say which is which."""
    quoted = cell if cell.startswith('"') else '"' + cell.replace('"', '""') + '"'
    ((latitude, longitude),) = set(points(take(table("Coordinates", [quoted] * 3), world)))

    assert abs(latitude - 41.4077) < 0.001
    assert abs(longitude) > 84
