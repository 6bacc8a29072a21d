"""Layouts are data: each file of one must load, and tables must be recognised by it."""

from __future__ import annotations

import pytest

from geomap.errors import FileRefusedError
from geomap.layouts import layout_specs, named_table, recognise_layout
from geomap.readers.table_file import read_table


def _recognised(header: str, row: str = "", name: str = "t.csv"):  # type: ignore[no-untyped-def]  # a test's own shorthand
    table = named_table(read_table(f"{header}\n{row}\n".encode(), name=name))
    return recognise_layout(table)


def test_layout_specs_load_with_the_plain_one_last() -> None:
    """A known dataset is tried before the words of people's own tables."""
    names = [spec.name for spec in layout_specs()]

    assert names[-1] == "plain"
    assert {"acled", "ucdp_ged"} <= set(names)


@pytest.mark.parametrize("spelling", [str.lower, str.upper])
def test_recognise_layout_knows_acled_in_any_case_and_order(spelling) -> None:  # type: ignore[no-untyped-def]  # str.lower or str.upper
    """Older exports are in capitals, and columns come and go."""
    header = spelling("latitude,longitude,geo_precision,event_date,event_id_cnty,location,notes")
    layout = _recognised(header)

    assert layout.name == "acled"
    assert layout.mapping["place_name"] == spelling("location")
    assert "ACLED" in layout.reason


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "Datum;Ort;Breite;L\u00e4nge;Bemerkung",
            {"event_date", "place_name", "latitude", "longitude", "notes"},
        ),
        (
            "R\u00e9f.;Date;Lieu;Latitude;Longitude;D\u00e9c\u00e8s",
            {"event_id", "event_date", "place_name", "fatalities"},
        ),
        (
            "\u0414\u0430\u0442\u0430;\u041c\u0435\u0441\u0442\u043e;\u0428\u0438\u0440\u043e\u0442\u0430;\u0414\u043e\u043b\u0433\u043e\u0442\u0430",
            {"event_date", "place_name", "latitude", "longitude"},
        ),
        ("Tarix;Yer;Enlik;Uzunluq", {"event_date", "place_name", "latitude", "longitude"}),
        ("Fecha,Lugar,Latitud,Longitud", {"event_date", "place_name", "latitude", "longitude"}),
        ("incident:date:start,geo_lat,geo_lon", {"event_date", "latitude", "longitude"}),
        ("year,month,day,lat,lon", {"year", "month", "day", "latitude", "longitude"}),
        ("startDate,endDate,placeName", {"event_date", "event_date_end", "place_name"}),
        ("Start Year,Start Month,End Year,Country", {"year", "month", "end_year", "country"}),
        ("OFFENSE_CODE,OFFENSE_DESCRIPTION,date,lat,lon", {"event_type"}),
        ("date,easting,northing", {"latitude", "longitude"}),
    ],
)
def test_recognise_layout_reads_headers_of_many_languages(header: str, fields: set[str]) -> None:
    """People's own sheets are understood without a form."""
    layout = _recognised(header)

    assert layout.name == "plain"
    assert layout.missing == ()
    assert fields <= set(layout.mapping)


def test_recognise_layout_says_what_is_missing() -> None:
    """Only the owner of the table can answer then."""
    assert _recognised("alpha,beta").missing == ("event_date", "place")
    assert _recognised("date,beta").missing == ("place",)


def test_recognise_layout_goes_by_hxl_tags_before_names() -> None:
    """A tag names the meaning of a column in any language."""
    layout = _recognised("w,x,y\n#date+occurred,#geo+lat,#geo+lon", "2022-12-12,1,2")

    assert dict(layout.mapping) == {"event_date": "w", "latitude": "x", "longitude": "y"}


def test_named_table_knows_a_candidate_file_without_a_header() -> None:
    """Some releases of UCDP candidate events came without their first row."""
    spec = next(spec for spec in layout_specs() if spec.name == "ucdp_ged")
    cells = dict.fromkeys(spec.headerless[0].columns, "")
    cells |= {"id": "5", "type_of_violence": "1", "where_prec": "4", "date_prec": "1"}
    cells |= {"geom_wkt": "POINT (46.75 39.76)", "latitude": "39.76", "longitude": "46.75"}
    cells |= {"date_start": "2024-01-01", "date_end": "2024-01-01", "year": "2024", "best": "1"}
    row = ",".join(cells.values())
    table = named_table(read_table(f"{row}\n{row}\n".encode(), name="candidate.csv"))

    assert recognise_layout(table).name == "ucdp_ged"
    assert len(table.frame) == 2


@pytest.mark.parametrize(
    "head",
    [
        "w,x,y\n#date+occurred,#geo+lat,#geo+lon",
        "#date+occurred,#geo+lat,#geo+lon",
        (
            "A title,,\n,,\nw,x,y\nthe day it happened,degrees of latitude,degrees of longitude\n"
            "#date +occurred,#geo +lat,#geo +lon"
        ),
    ],
)
def test_recognise_layout_finds_tags_wherever_they_stand(head: str) -> None:
    """Names, explanations and titles may stand above the row of tags, or nothing."""
    table = read_table(f"{head}\n2022-12-12,39.76,46.75\n".encode(), name="t.csv")
    layout = recognise_layout(table)

    assert layout.name == "hxl"
    assert set(layout.mapping) == {"event_date", "latitude", "longitude"}
    assert "#date" in layout.reason
    assert len(table.frame) == 1
    assert table.columns[0] in {"w", "#date+occurred"}


def test_recognise_layout_prefers_the_tag_with_nothing_more_to_say() -> None:
    """`#event+type+sub` is not the type where there is `#event+type`, in any order."""
    layout = _recognised(
        "a,b,c,d,e,f,g\n"
        "#event+sub+type,#event+type,#date+year,#date+end,#date+start,#adm1+code,#adm1+name",
        "s,t,2022,2022-12-13,2022-12-12,AZ01,Baku",
    )

    assert layout.mapping["event_type"] == "b"
    assert layout.mapping["sub_event_type"] == "a"
    assert (layout.mapping["event_date"], layout.mapping["event_date_end"]) == ("e", "d")
    assert layout.mapping["admin1"] == "g"


def _gdelt(width: int, **cells: str) -> str:
    """Return a row of a GDELT file of that many columns, a stray quote in it."""
    spec = next(spec for spec in layout_specs() if spec.name == "gdelt")
    names = next(s.columns for s in spec.headerless if len(s.columns) == width)
    row = dict.fromkeys(names, "")
    row |= {"GLOBALEVENTID": "7", "SQLDATE": "20191024", "MonthYear": "201910"}
    row |= {"EventCode": "040", "EventRootCode": "04", "Actor1Name": 'THE "STREET'}
    row |= {"ActionGeo_Type": "4", "ActionGeo_CountryCode": "UP", "ActionGeo_Lat": "50.4"}
    row |= {"ActionGeo_Long": "30.5", "DATEADDED": "20191024143000"[: 14 if width == 61 else 8]}
    return "\t".join((row | cells).values())


@pytest.mark.parametrize("width", [57, 58, 61])
def test_read_table_knows_gdelt_of_every_width_by_its_cells(width: int) -> None:
    """No header, no quoting, codes as text: nothing is asked and no row swallowed."""
    text = f"{_gdelt(width)}\n{_gdelt(width, GLOBALEVENTID='8')}\n"
    table = named_table(read_table(text.encode(), name="x.CSV"))
    layout = recognise_layout(table)

    assert (layout.name, layout.missing) == ("gdelt", ())
    assert f"{width} columns" in layout.reason
    assert table.frame["EventCode"].tolist() == ["040", "040"]
    assert table.frame["Actor1Name"].iloc[0] == 'THE "STREET'
    assert table.frame.index.tolist() == [1, 2]


def test_recognise_layout_passes_over_a_column_without_a_cell() -> None:
    """An empty `begin` beside a filled `when` holds no dates."""
    layout = _recognised("begin,when,lat,lon", ",2022-12,39.76,46.75")

    assert layout.mapping["event_date"] == "when"


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("date,Lat,Long,Location", '2022-12-12,1,2,"(1.5, 2.5)"', None),
        ("date,name,place,lat,lon", "2022-12-12,Gumuruk,town,6.6,32.9", "name"),
        ("date,name,place,lat,lon", "2022-12-12,A clash,Gumuruk,6.6,32.9", "place"),
    ],
)
def test_recognise_layout_looks_whether_a_place_column_names_places(
    header: str, row: str, column: str | None
) -> None:
    """Coordinates and kinds of places are no names, whatever their column is called."""
    assert _recognised(header, row).mapping.get("place_name") == column


def test_recognise_layout_knows_an_export_of_geomap_before_the_words_of_its_columns() -> None:
    """An export is read to the letter, never by what its columns may be called."""
    header = "event_id,event_date,geo_precision,status,dataset,batch_id,longitude,latitude"

    assert _recognised(header).name == "geomap"
    assert _recognised(header.replace(",batch_id", "")).name == "plain"


def test_recognise_layout_refuses_the_mentions_of_gdelt() -> None:
    """They say which article mentions which event; drawn as events they would have no place."""
    row = "1051000001\t20230301001500\t20230301003000\t1\tbbc.co.uk\thttps://bbc.co.uk/a\t3\t-1\t12"
    text = f"{row}\t13\t1\t40\t3000\t-2.5\t\t\n"
    table = read_table((text * 3).encode(), name="20230301001500.mentions.CSV")

    with pytest.raises(FileRefusedError, match="mentions of events"):
        recognise_layout(named_table(table))
