"""`geomap snapshot`, `verify` and `export`: files that can be checked and made again."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

Geomap = Callable[..., Any]

CSV = """id,date,latitude,longitude,type,title,source,place
1,2023-03-05,39.801,46.751,Protest,A crowd met,Wire,Aba
2,2023-03-06,39.812,46.762,Talks,=1+1,Wire,Bebe
3,2023-04-07,39.823,46.773,Protest,Told in secret,Informant,Cece
4,,39.82,46.77,Protest,,Wire,Aba
5,2023-04-01,,,Protest,,Wire,
"""
ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,country,"
    "admin1,location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp\n"
    "AZE1,06 March 2023,2023,1,Protests,Peaceful protest,Protesters,Azerbaijan,X,SECRETVILLE,"
    "39.83,46.78,1,A paper,SECRET notes,0,1705320060\n"
)


@pytest.fixture
def filled(geomap: Geomap, tmp_path: Path) -> Geomap:
    """Return the command on a workspace with two tables."""
    (tmp_path / "reports.csv").write_text(CSV, "utf-8")
    (tmp_path / "acled.csv").write_text(ACLED, "utf-8")
    assert geomap("ingest", tmp_path / "reports.csv", "--yes").code == 0
    assert geomap("ingest", tmp_path / "acled.csv", "--yes").code == 0
    return geomap


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "html", "zip"])
def test_verify_says_intact_and_compares_with_the_data(
    filled: Geomap, tmp_path: Path, ending: str
) -> None:
    """A new snapshot is unaltered and matches the data."""
    out = tmp_path / f"figure.{ending}"
    document = filled("snapshot", "-o", out, "--dpi", "60", "--json").document

    answer = filled("verify", out, "--json")
    assert answer.code == 0
    report = answer.document
    assert report["intact"]
    assert report["snapshot_id"] == document["snapshot_id"]
    assert report["data"] == {"compared": True, "why_not": None, "notes": []}
    assert "intact" in filled("verify", out).out


def test_verify_says_what_differs_with_exit_code_1(filled: Geomap, tmp_path: Path) -> None:
    """A script gets the exit code, a person the sentence."""
    out = tmp_path / "figure.svg"
    filled("snapshot", "-o", out)
    out.write_text(out.read_text("utf-8").replace("Protest (", "Riots ("), "utf-8")

    answer = filled("verify", out)
    assert answer.code == 1
    assert "NOT as it was made" in answer.out
    assert "The content of the file was altered." in answer.out
    assert filled("verify", out, "--quiet").out  # a difference is always reported
    assert filled("verify", out, "--json").document["intact"] is False


def test_verify_tells_a_file_that_the_data_never_said(filled: Geomap, tmp_path: Path) -> None:
    """The file is intact, but the version that it names does not have its events."""
    from geomap.snapshot import unseal
    from geomap.snapshot.proof.seal import seal

    out = tmp_path / "page.html"
    filled("snapshot", "-o", out)
    page = out.read_text("utf-8")
    manifest = dict(unseal(page.encode()).manifest)
    manifest["data"] = {**manifest["data"], "events_sha256": "0" * 64}
    from geomap.snapshot.proof.manifest import id_again

    manifest["snapshot_id"] = id_again(manifest)
    out.write_bytes(seal(page.encode(), "html", manifest))

    answer = filled("verify", out, "--json")
    assert answer.code == 1
    assert answer.document["faults"] == [
        "The events that the file shows are not those of the data."
    ]


def test_verify_needs_no_workspace(
    filled: Geomap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader of a report has no workspace, and none is made."""
    out = tmp_path / "figure.png"
    filled("snapshot", "-o", out, "--dpi", "60")
    other = tmp_path / "elsewhere"
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(other))

    answer = filled("verify", out)
    assert answer.code == 0
    assert "There is no workspace" in answer.out
    assert not other.exists()


def test_verify_does_not_compare_with_another_workspace(filled: Geomap, tmp_path: Path) -> None:
    """Other data are no evidence against a file."""
    out = tmp_path / "figure.png"
    filled("snapshot", "-o", out, "--dpi", "60")
    (tmp_path / "more.csv").write_text("id,date,latitude,longitude\n1,2023-01-01,1,2\n", "utf-8")
    other = tmp_path / "other"
    filled("ingest", tmp_path / "more.csv", "--yes", "--workspace", other)

    answer = filled("verify", out, "--workspace", other)
    assert answer.code == 0
    assert "does not hold the files" in answer.out


@pytest.mark.parametrize("content", [b"", b"no snapshot", b"\x89PNG\r\n\x1a\n"])
def test_verify_refuses_other_files_in_a_sentence(
    geomap: Geomap, tmp_path: Path, content: bytes
) -> None:
    """No traceback, exit code 2."""
    (tmp_path / "x.png").write_bytes(content)
    for path in (tmp_path / "x.png", tmp_path / "none.png", tmp_path):
        answer = geomap("verify", path)
        assert answer.code == 2
        assert answer.err.startswith("geomap: ")
        assert answer.err.count("\n") == 1


def test_the_same_version_gives_the_same_file_again(filled: Geomap, tmp_path: Path) -> None:
    """An old version can be drawn: newer data do not change it."""
    first, again, now = (tmp_path / f"{name}.png" for name in ("first", "again", "now"))
    version = filled("snapshot", "-o", first, "--dpi", "60", "--json").document["version"]
    (tmp_path / "more.csv").write_text(
        "id,date,latitude,longitude,type\n9,2023-03-09,39.8,46.7,Protest\n", "utf-8"
    )
    filled("ingest", tmp_path / "more.csv", "--yes")

    document = filled("snapshot", "-o", again, "--dpi", "60", "--at", version, "--json").document
    assert again.read_bytes() == first.read_bytes()
    assert document["version"] == version
    later = filled("snapshot", "-o", now, "--dpi", "60", "--json").document
    assert later["snapshot_id"] != document["snapshot_id"]
    assert filled("verify", first, "--json").document["data"]["compared"]


def test_rows_that_may_not_be_passed_on_are_told_and_not_written(
    filled: Geomap, tmp_path: Path
) -> None:
    """Every export states it, on stderr and in the document; a workspace rule comes first."""
    for ending in ("csv", "geojson", "kml", "zip"):
        out = tmp_path / f"events.{ending}"
        answer = filled("export", "-o", out, "--json")
        assert answer.document["events"] == 3
        assert answer.document["counts"]["shown"] == 4
        assert "ACLED (1)" in answer.document["notes"][0]
        assert "ACLED (1)" in answer.err
        assert b"SECRET" not in out.read_bytes()
    mine = filled("export", "-o", tmp_path / "mine.csv", "--own-use", "--json").document
    assert mine["events"] == 4
    assert mine["notes"][0].startswith("For your own use")
    rules = "- name: ACLED under contract\n  datasets: [acled]\n"
    (tmp_path / "workspace" / "licences.yaml").write_text(rules, "utf-8")

    assert filled("export", "-o", tmp_path / "all.csv", "--json").document["events"] == 4
    assert "SECRETVILLE" in (tmp_path / "all.csv").read_text("utf-8")
    (tmp_path / "workspace" / "licences.yaml").write_text("- nonsense", "utf-8")
    refused = filled("export", "-o", tmp_path / "all.csv")
    assert refused.code == 2
    assert "licences.yaml" in refused.err


def test_redaction_is_asked_for_by_flags_and_told(filled: Geomap, tmp_path: Path) -> None:
    """It is stated on the figure, in the document and in the archive."""
    flags = ("--grid", "0.1", "--drop", "actor1", "--hide-source", "Informant")
    out = tmp_path / "bundle.zip"
    answer = filled("snapshot", "-o", out, "--dpi", "60", "--json", *flags)

    assert answer.document["counts"]["filtered"] == 1
    assert any("grid of 0.1 degrees" in note for note in answer.document["notes"])
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        rows = archive.read("data/events.csv").decode()
    for words in ("Informant", "Told in secret", "Aba", "39.801", "46.751", "A crowd met"):
        assert words not in rows
    assert "zone" in rows
    answer = filled("verify", out)
    assert "give them with --hide-source" in answer.out
    assert filled("verify", out, "--hide-source", "Informant", "--json").document["data"][
        "compared"
    ]
    exported = filled("export", "-o", tmp_path / "x.csv", "--json", *flags)
    assert exported.document["events"] == 2
    assert "39.801" not in (tmp_path / "x.csv").read_text("utf-8")


def test_series_panels_and_atlas_are_made_by_flags(filled: Geomap, tmp_path: Path) -> None:
    """One frame, one legend, one file."""
    series, panels, atlas = tmp_path / "s.zip", tmp_path / "p.png", tmp_path / "a.pdf"

    assert filled("snapshot", "-o", series, "--series", "month", "--dpi", "60").code == 0
    assert filled("snapshot", "-o", panels, "--panels", "type", "--dpi", "60").code == 0
    assert filled("snapshot", "-o", atlas, "--atlas", "--dpi", "60").code == 0
    with zipfile.ZipFile(series) as archive:
        assert [n for n in archive.namelist() if n.endswith(".png")] == [
            "001_2023-03.png", "002_2023-04.png",
        ]  # fmt: skip
    with Image.open(panels) as image:
        assert image.size == (701, 496)
    assert b"/Count 3" in atlas.read_bytes()
    for path in (series, panels, atlas):
        assert filled("verify", path).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "x.zip", "--atlas"),
        ("-o", "x.png", "--series", "week"),
        ("-o", "x.html", "--panels", "week"),
        ("-o", "x.png", "--panels", "fortnight"),
        ("-o", "x.zip", "--panels", "week", "--series", "week"),
        ("-o", "x.png", "--theme", "sepia"),
        ("-o", "x.png", "--boundaries", "as I like"),
        ("-o", "x.png", "--names", "side:Nobody"),
        ("-o", "x.png", "--grid", "0"),
        ("-o", "x.png", "--drop", "event_id"),
        ("-o", "x.png", "--frame", "1,2,3"),
        ("-o", "x.png", "--dpi", "7"),
        ("-o", "x.png", "--title", "x" * 300),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    filled: Geomap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Before anything is written."""
    monkeypatch.chdir(tmp_path)
    answer = filled("snapshot", *words)

    assert answer.code == 2, answer.out
    assert answer.err.startswith("geomap: ")
    assert answer.err.count("\n") == 1
    assert not (tmp_path / words[1]).exists()


def test_a_figure_is_drawn_in_the_dark_with_all_furniture(filled: Geomap, tmp_path: Path) -> None:
    """Every switch works."""
    out = tmp_path / "dark.png"
    flags = (
        *("--theme", "dark", "--graticule", "--north", "--no-places", "--no-histogram"),
        *("--link", "https://example.org/map", "--frame", "46,39,48,41", "--size", "square"),
    )
    assert filled("snapshot", "-o", out, "--dpi", "60", *flags).code == 0

    with Image.open(out) as image:
        assert image.size == (480, 480)
        assert sum(image.convert("RGB").getpixel((2, 2))) < 120  # type: ignore[arg-type]
        manifest = json.loads(image.text["geomap-manifest"])  # type: ignore[attr-defined]
    assert manifest["link"] == "https://example.org/map"
    assert manifest["settings"]["theme"] == "dark"
