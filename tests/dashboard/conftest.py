"""A small real workspace, and the pages over it without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely
import streamlit as st
from streamlit.testing.v1 import AppTest

from geomap.dashboard import main
from geomap.dashboard.shared import session
from geomap.gazetteer import open_gazetteer
from geomap.model import (
    Article,
    Candidate,
    GeoparsedArticle,
    Place,
    PlaceName,
    Toponym,
    ToponymKind,
)
from geomap.store import Batch, Store, article_frames
from geomap.workspace import Workspace

ROWS = """id,date,latitude,longitude,type,title,notes,source
1,2022-12-10,39.64,46.55,Blockade,Lorries held up,<img src=x onerror=alert(1)>,Agency A
2,2022-12-20,39.82,46.75,Protest,A march,peaceful,Agency A
3,2023-03-05,39.80,46.70,Clash,Shots at dawn,=1+1,Agency B
4,,39.80,46.70,Clash,No day is given,,Agency B
5,2023-04-01,,,Talks,No place is given,,Agency B
"""
TEXT = """Shusha, March 2, 2023. Lorries were stopped near Shusha on March 1, 2023.

A spokesman said talks were held in Lachin on 27 February 2023.
"""
PAGES = {"map": "", "articles": "articles", "add_data": "add-data", "report": "report"}
OpenPage = Callable[[str], AppTest]


def _place(place_id: str, name: str, at: tuple[float, float], *forms: PlaceName) -> Place:
    return Place(
        *(place_id, name, forms or (PlaceName(name),), "P", "PPL", ToponymKind.CITY),
        *(shapely.Point(at), 2.0, "AZ", "curated", "a survey", "CC0"),
    )


def doubtful_article() -> GeoparsedArticle:
    """Return an invented article whose names are sure, nested, uncertain and not placed."""
    text = (
        "Abaköy, 2 March 1999. The Bebe Times wrote that lorries were held up in Cece.\n\n"
        "Nobody could say where Dede was. A second column left Abaköy at dawn."
    )
    forms = (
        PlaceName("Aba", "en", "North"),
        PlaceName("Abaköy", "tr", "South", date(1990, 1, 1), date(1999, 12, 31)),
    )
    aba = _place("aba", "Aba", (46.75, 39.76), *forms)
    bebe, cece = _place("bebe", "Bebe", (46.55, 39.64)), _place("cece", "Cece", (47.0, 39.9))
    city, hostile = ToponymKind.CITY, "<img src=x onerror=window.top.hacked=1>"
    losers = (
        Candidate("cece", "Cece", 0.55, city, "AZ", "31 km from Aba"),
        Candidate("gn:7", "Cece", 0.25, ToponymKind.ADMIN2, "IT", f"far away {hostile}"),
        Candidate("gn:8", "Cece Bay", 0.15, ToponymKind.WATER, None, "another form of its name"),
    )
    read = {
        "Abaköy": (city, aba, 0.97, True, "Abaköy", ()),
        "Bebe": (ToponymKind.NESTED, bebe, 0.8, True, "Bebe", ()),
        "Cece": (city, cece, 0.55, False, "Cece", losers),
        "Dede": (ToponymKind.OTHER, None, 0.0, False, None, ()),
    }
    toponyms = [
        Toponym(
            *(match.start(), match.end(), name, kind, place, score, f"why {name}: {hostile}"),
            candidates=candidates,
            matched_name=matched,
            is_sure=sure,
        )
        for name, (kind, place, score, sure, matched, candidates) in read.items()
        for match in re.finditer(name, text)
    ]
    ordered = tuple(sorted(toponyms, key=lambda one: one.start_char))
    article = Article("d" * 20, text, title="Names in doubt", published=date(1999, 3, 2))
    return GeoparsedArticle(article, ordered, ())


def keep_article(folder: Path, parsed: GeoparsedArticle) -> None:
    """Put an article that was read already into the workspace of a folder."""
    batch = Batch("doubtful", "doubtful.txt", "0" * 64, "article", "article", "A test.")
    Store(folder / "tables").commit(batch, article_frames(parsed, batch_id=batch.batch_id))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Return the server's workspace: five rows of one table, the curated places only."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    opened = Workspace.open(folder, seed=False, gazetteer=open_gazetteer(layers={"curated"}))
    opened.ingest(ROWS.encode(), name="rows.csv")
    monkeypatch.setitem(session._open, folder.resolve(), opened)
    yield opened
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_page(workspace: Workspace) -> OpenPage:
    """Return a function that opens a page of the app by the name of its file."""

    def run(name: str) -> AppTest:
        app = AppTest.from_file(str(main.__file__), default_timeout=30)
        app.run()
        if name != "map":
            app.switch_page(f"views/{name}.py").run()
        assert not app.exception, app.exception
        return app

    assert workspace.version > 0
    return run
