r"""Feed broken files to the readers and the ingest, guided by the code that they reach.

Not part of the tests: atheris (Google's fuzzer for Python) is not a dependency of geomap. In
a separate environment with the locked dependencies and atheris::

    pip install --require-hashes -r requirements.lock && pip install atheris
    mkdir -p findings
    PYTHONPATH=src python tools/fuzz_readers.py CORPUS -max_total_time=600 -max_len=4096 \
        -timeout=20 -rss_limit_mb=1024 -artifact_prefix=findings/

CORPUS is a folder for the inputs that reach new code; small seeds of each kind are written
into it first. The first byte of an input picks the answers to questions, the rest is the
file. A finding is any exception that is not geomap's own, counts that do not add up (both
are written once for each place in the code, and the run goes on), more than 20 s or more
than 1 GB (which end the run). Inputs and traces are kept under `findings/`; run it again on
one file with ``python tools/fuzz_readers.py findings/...bin``.
"""

from __future__ import annotations

import gzip
import io
import sys
import traceback
import zipfile
from pathlib import Path

import atheris
import pyarrow as pa
from pyarrow import parquet

with atheris.instrument_imports(include=["geomap.readers", "geomap.ingest", "geomap.dates"]):
    from geomap.errors import GeomapError
    from geomap.gazetteer import open_gazetteer
    from geomap.ingest import IngestOptions, ingest_table, preview_table
    from geomap.readers.article_files import read_opened_articles
    from geomap.readers.sniff import open_file
    from geomap.readers.table_file import read_opened_table
    from geomap.tables import check_events, empty_events

_OPTIONS = (
    IngestOptions(),
    IngestOptions(assume_yes=True),
    IngestOptions(order="mdy", swap=True),
    IngestOptions(mapping={"event_date": "date", "latitude": "lat", "longitude": "lon"}),
    IngestOptions(layout="ucdp_ged", assume_yes=True),
    IngestOptions(layout="acled", assume_yes=True),
)
_HEAD = "event_id,event_date,event_type,location,latitude,longitude,fatalities,notes\n"
_PLAIN = _HEAD + 'E1,2023-09-19,Battles,Shusha,39.76,46.75,3,"a ""quoted"", note"\nE2,,,,,,,\n'
_FEATURES = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"date":"2023-09-19",'
    '"name":"x"},"geometry":{"type":"Point","coordinates":[46.75,39.76]}}]}'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>date</t></is></c><c r="B1" t="inlineStr"><is>'
    '<t>lat</t></is></c></row><row r="2"><c r="A2"><v>44914</v></c><c r="B2"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)
_KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
    "<name>x</name><TimeStamp><when>2023-09-19</when></TimeStamp><Point><coordinates>46.75,39.76"
    "</coordinates></Point></Placemark></Document></kml>"
)


def _zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def _parquet() -> bytes:
    rows = pa.table({"date": ["2023-09-19"], "lat": [39.76], "lon": [46.75], "place": ["x"]})
    out = io.BytesIO()
    parquet.write_table(rows, out, compression="none")
    return out.getvalue()


def seeds() -> dict[str, bytes]:
    """Return a small file of each kind that geomap reads, by name."""
    workbook = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.'
        'org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": _SHEET,
    }
    texts = {
        "plain": _PLAIN,
        "semicolons": "Datum;Ort;Breite;L\u00e4nge\n19.09.2023;Schuscha;39,76;46,75\n",
        "dms": "date\tlat\tlon\n03/04/2024\t39\u00b045'36\"N\t46\u00b045'E\n04/13/2024\tS 1\t2 W\n",
        "preamble": "A title\n\n" + _HEAD + "Total,,,,,,4,\n",
        "tags": "Date,Place\n#date+occurred,#loc+name\n2023-09-19,Shusha\n",
        "wkt": "day,geometry,end\n2023,POINT (1 2),present\n"
        "2023-09,SRID=4326;LINESTRING(0 0,1 1),\n",
        "pair": "sep=|\nwhen|where\n19 September 2023|39.76, 46.75\n44914|1;2\n",
        "open": _HEAD + 'E1,2023-09-19,"Battles,x,1,2,3,\nE2,2023-09-20,x,y,1,2,3,z\n',
        "acled": "event_id_cnty,event_date,time_precision,geo_precision,event_type,latitude,"
        "longitude,timestamp\nA1,28 December 2022,2,3,Riots,1.5,2.5,1672531200\n"
        "A1,28 December 2022,2,3,Riots,1.5,2.6,1672531201\n",
        "ged": "id,where_prec,date_prec,geom_wkt,date_start,date_end,latitude,longitude,best\n"
        "1,4,4,POINT (2 1),2017-07-31 00:00:00.000,2017-08-30,1,2,7\n",
        "parts": "year,month,day,country,admin1\n2023,9,19,Azerbaijan,Shusha\n2023,,,Namibia,\n",
        "json": _FEATURES,
        "records": '[{"date":"2023-09-19","lat":39.76,"lon":46.75,"text":"A crowd met."}]',
        "article": '{"title":"x","text":"Shots were fired in Shusha on 19 September 2023."}',
        "prose": "---\ntitle: x\n---\nShots were fired in Shusha, officials said.\n\nMore.\n",
        "page": "<html><head><title>x</title></head><body><p>Shots were fired there.</p></body>",
        "kml": _KML,
    }
    made = {name: text.encode() for name, text in texts.items()}
    made["mark"] = b"\xef\xbb\xbf" + _PLAIN.encode()
    made["utf16"] = _PLAIN.encode("utf-16-le")
    made["cp1251"] = (
        "\u0434\u0430\u0442\u0430,\u043c\u0435\u0441\u0442\u043e\n1,\u0428\u0443\u0448\u0430\n".encode(
            "cp1251"
        )
    )
    made["gz"] = gzip.compress(_PLAIN.encode(), mtime=0)
    made["zip"] = _zipped({"a.csv": _PLAIN})
    made["kmz"] = _zipped({"doc.kml": _KML})
    made["xlsx"] = _zipped(workbook)
    made["parquet"] = _parquet()
    return made


_FINDINGS = Path("findings")
_FOUND: set[str] = set()
_GAZETTEER = open_gazetteer(layers={"curated"})
_NOTHING = empty_events()


def one_input(data: bytes) -> None:
    """Take in one made-up file and record every fault."""
    if len(data) < 2:
        return
    try:
        _take_in(data)
    except Exception as fault:  # noqa: BLE001  # any exception at all is a finding
        frames = list(traceback.extract_tb(fault.__traceback__))
        ours = [frame for frame in frames if "geomap" in Path(frame.filename).parts] or frames
        name = f"{type(fault).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
        if name not in _FOUND:
            _FOUND.add(name)
            (_FINDINGS / f"{name}.bin").write_bytes(data)
            (_FINDINGS / f"{name}.txt").write_text("".join(traceback.format_exception(fault)))
            print(f"finding: {name}: {fault}", file=sys.stderr)


def _take_in(data: bytes) -> None:
    options, content = _OPTIONS[data[0] % len(_OPTIONS)], data[1:]
    try:
        file = open_file(content, name="fuzz.csv")
        if file.verdict.kinds == ("articles",):
            found = read_opened_articles(file).articles
            assert all(one.text for one in found)  # noqa: S101  # looked for
            return
        raw = read_opened_table(file)
        preview_table(raw, options)
        result = ingest_table(
            raw, existing=_NOTHING, gazetteer=_GAZETTEER, options=options, batch_id="fuzz"
        )
    except GeomapError:
        return
    check_events(result.events)
    if result.batch.counts:
        counts = dict(result.batch.counts)
        rows = counts.pop("rows")
        assert rows == sum(counts.values()), counts  # noqa: S101  # what the fuzzer looks for
        assert counts["accepted"] == len(result.events)  # noqa: S101


def main() -> None:
    """Write the seeds into the corpus, then fuzz until a limit ends the run."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    if folders and not folders[0].is_file():
        folders[0].mkdir(parents=True, exist_ok=True)
        for name, content in seeds().items():
            (folders[0] / f"seed-{name}").write_bytes(b"\x01" + content)
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
