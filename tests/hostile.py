"""Texts that would run, or be shown as something else, where text is taken for code."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from geomap.gazetteer import open_gazetteer
from geomap.ingest.places import import_places
from geomap.workspace import Workspace

FOLDER = "GEOMAP_RAN"
"""The folder that `RUNS` makes in the working directory of a server that renders it."""

RUNS = f"Zed {{{{cycler.__init__.__globals__.os.mkdir(dict({FOLDER}=1)|join)}}}} town"

FORMULA = "=1+1"
"""A cell that a spreadsheet would work out."""

PAYLOADS = (
    RUNS,
    "{{7*7}}",
    "{% if 1 %}yes{% endif %}",
    "{# gone #}",
    "{{ 'word' }}",
    "${alert(1)}",
    "[[script]] $[notes]",
    "`alert(1)`",
    "</script><script>alert(1)</script>",
    "<img src=http://stranger.test/x onerror=alert(1)>",
    "a\u2028alert(1)//",
    "]]><script>alert(1)</script>",
    "\\1 \\g<0>",
    r"$\frac{a}{b}$",
    ":red[x] :material/home:",
    "![x](http://stranger.test/x.png)",
    "[x](javascript:alert(1))",
    FORMULA,
    "{0.__class__} %s %(x)s",
    "\"'><b>x</b>&amp;",
)

ALTERED = "Zed {{ 'word' }} _abc123"
"""A text that streamlit-folium changes where it stands in a script."""

TEXT = " ".join(["Zed", *(p for p in PAYLOADS if not p.startswith("=") and "word" not in p)])
"""Nearly all of them in one line, for every field that people control."""

NAME = f"{TEXT}.csv"
"""The name that a file is uploaded with."""

TOWN = "Zedburg"
"""The form under which the article names the hostile place."""

_DAY = "2022-12-10"


def _places() -> dict[str, Any]:
    forms = [
        {"name": TOWN, "lang": "en"},
        {"name": f"{TOWN} of {TEXT}", "lang": "ru", "side": f"Side {TEXT}"},
    ]
    own = {"place_id": "zed", "name": TEXT, "kind": "city", "names": forms, "source": TEXT,
           "licence": TEXT, "population": 90000, "importance": 1.0}  # fmt: skip
    zone = {"place_id": f"zone {TEXT}", "name": f"Zone {ALTERED}", "kind": "zone", "source": TEXT}
    box = [[46.2, 39.5], [46.9, 39.5], [46.9, 39.9], [46.2, 39.9], [46.2, 39.5]]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": own,
             "geometry": {"type": "Point", "coordinates": [46.55, 39.64]}},
            {"type": "Feature", "properties": zone,
             "geometry": {"type": "Polygon", "coordinates": [box]}},
        ],
    }  # fmt: skip


def table() -> bytes:
    """Return a table of events whose every cell and header somebody else has written."""
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["Log no", "Day", "Lat", "Lon", "Art", "Title", "Notes", "Who", "Place",
                     "Paper", "Link", TEXT])  # fmt: skip
    for number in range(1, 5):
        cells = [TEXT, f"Event {number} {TEXT}", TEXT, f"{FORMULA} {TEXT}", TEXT, TEXT,
                 "javascript:alert(1)", FORMULA]  # fmt: skip
        writer.writerow([f"{number} {TEXT}", _DAY, 39.64, 46.5 + number / 50, *cells])
    writer.writerow(["5", "soon", 39.64, 46.5, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT])
    return rows.getvalue().encode()


def _layout() -> dict[str, Any]:
    return {
        "name": "zed_log",
        "title": TEXT,
        "dataset": f"zed {TEXT}",
        "signature": ["log no", "art"],
        "fields": {
            "event_id": ["log no"], "event_date": ["day"], "latitude": ["lat"],
            "longitude": ["lon"], "event_type": ["art"], "title": ["title"], "notes": ["notes"],
            "actor1": ["who"], "place_name": ["place"], "source": ["paper"],
            "source_url": ["link"],
        },
        "warnings": [{"code": "zed", "message": TEXT}],
    }  # fmt: skip


def article() -> bytes:
    """Return an article of a stranger that names the hostile place and reports an event."""
    text = (
        f"{TOWN}, {_DAY}. Two people were killed in {TOWN} on 9 December 2022. {TEXT}\n\n"
        f"{TEXT}\n\nTalks were held in {TOWN} on 8 December 2022."
    )
    told = {"title": TEXT, "publisher": TEXT, "author": TEXT, "date": _DAY, "text": text}
    return json.dumps(told).encode()


def make_workspace(folder: Path, *, layers: Collection[str] | None = None) -> Workspace:
    """Return a workspace in which all that people can write was written by somebody hostile.

    Parameters
    ----------
    folder
        Where to make it.
    layers
        Those of the gazetteer; all by default.
    """
    folder.mkdir(parents=True)
    (folder / "places.geojson").write_text(json.dumps(_places()), "utf-8")
    (folder / "layouts").mkdir()
    (folder / "layouts" / "zed.yaml").write_text(yaml.safe_dump(_layout()), "utf-8")
    term = {"name": TEXT, "datasets": [f"zed {TEXT}"], "licence": TEXT, "url": TEXT}
    (folder / "licences.yaml").write_text(yaml.safe_dump([term]), "utf-8")
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["name", "lat", "lon", "kind", "side", "source", "licence", "valid from"])
    writer.writerow([f"Imported {TEXT}", 39.7, 46.6, "zone", TEXT, TEXT, TEXT, "2020-01-01"])
    (folder / "import.csv").write_text(lines.getvalue(), "utf-8")
    import_places(folder / "gazetteer", folder / "import.csv", name="zed", label=TEXT)
    gazetteer = open_gazetteer(
        user_places=folder / "places.geojson", imports=folder / "gazetteer", layers=layers
    )
    workspace = Workspace.open(folder, seed=False, gazetteer=gazetteer)
    for name, data in ((NAME, table()), (f"{TEXT}.json", article())):
        report = workspace.ingest(data, name=name)
        assert report.batch.counts, report
    return workspace
