"""Every command of the documentation is one that geomap takes, and most are run."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import sys
import zipfile
from dataclasses import fields
from importlib import util
from pathlib import Path

import pytest
import typer
from tests.docs.pages import (
    DOCSTRINGS,
    PAGES,
    ROOT,
    SOURCE,
    blocks,
    command_of,
    options_of,
    shell_lines,
    spans,
)
from tests.readers.workbooks import workbook

import geomap.cli.app
from geomap.cli import main
from geomap.decisions import ledger_csv
from geomap.limits import TableLimits, variable
from geomap.workspace import Workspace

LINES = {name: lines for name, text in PAGES.items() if (lines := shell_lines(text))}
LINES["docstrings"] = [line for text in DOCSTRINGS.values() for line in shell_lines(text)]
LINES["epilogs of cli/app.py"] = [
    line
    for group in (geomap.cli.app.app, geomap.cli.app.names, geomap.cli.app.ledger)
    for line in shell_lines(str(group.info.epilog))
]
NOT_RUN = {"run": "starts a server; tests/cli/test_run.py does that"}
DRAWING = {"snapshot", "verify"}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*\b(?!\.\w)")
BATCH_ID = "0123456789abcdef"
ARTICLE = "Stepanakert, March 2, 2023. Two lorries were stopped near Shusha on March 1, 2023.\n"
HEAD = "id,event_date,Day,latitude,longitude,type,Village,source\n"
ROWS = "{0}1,{1},{1},39.82,46.75,Protests,Shusha,A\n{0}2,{2},{2},39.6,46.5,Battles,Lachin,A\n"
DUMP = "9{0}\tTown{0}\tTown\t\t40\t47.{0}\tP\tPPL\tAZ\t\t09\t\t\t\t10\t\t5\tAsia/Baku\t2020-01-01\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file that the pages name, and a workspace of two imports."""
    folder = tmp_path_factory.mktemp("desk")
    days = ("2022-12-12", "2023-03-01")
    for stem in ("events", "big", "v2", "export", "reports", "large"):
        (folder / f"{stem}.csv").write_text(HEAD + ROWS.format(stem, *days), "utf-8")
    order = ROWS.format("d", "03/04/2023", "04/05/2023")
    (folder / "dates.csv").write_text(HEAD.replace("Day,", "d,") + order, "utf-8")
    exchanged = HEAD.replace("latitude,longitude", "longitude,latitude")
    (folder / "points.csv").write_text(exchanged + ROWS.format("p", *days), "utf-8")
    cells = [HEAD.strip().split(","), ["s1", days[0], days[0], "", "", "Talks", "Shusha", "A"]]
    (folder / "sheet.xlsx").write_bytes(workbook({"Events": cells}))
    shutil.copy(ROOT / "data/events/sample_acled_layout.csv", folder / "acled.csv")
    shutil.copy(ROOT / "data/events/sample_ucdp_layout.csv", folder / "ged251.csv")
    record = {"text": ARTICLE, "place": "Shusha", "date": days[0]}
    (folder / "posts.json").write_text(json.dumps([record]), "utf-8")
    weeks = "".join(f"2023-W{week:02d},Kenya,{week}\n" for week in range(1, 4))
    (folder / "weekly.csv").write_text(f"week,country,events\n{weeks}", "utf-8")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    gold, of_events = blocks(PAGES["docs/evaluate.md"], "json")
    for name in ("gold", "predictions", "other-tool"):
        (folder / f"{name}.jsonl").write_text(gold, "utf-8")
    for name in ("gold-events", "other-events"):
        (folder / f"{name}.jsonl").write_text(of_events, "utf-8")
    places = "name,lat,lon\nQuietford,40.1,45.2\n"
    (folder / "my-places.csv").write_text(places, "utf-8")
    zone = {"type": "Point", "coordinates": [46.1, 40.1]}
    feature = {"type": "Feature", "properties": {"name": "Zone of quiet"}, "geometry": zone}
    zones = {"type": "FeatureCollection", "features": [feature]}
    (folder / "zones.geojson").write_text(json.dumps(zones), "utf-8")
    with zipfile.ZipFile(folder / "AZ.zip", "w") as archive:
        archive.writestr("AZ.txt", "".join(DUMP.format(n) for n in range(1, 4)))
    (folder / "colleague.csv").write_text(ledger_csv([]), "utf-8")
    (folder / "licences.yaml").write_text("- {name: all, redistribute: true}\n", "utf-8")
    workspace = Workspace.open(folder / "workspace", seed=False)
    assert _run(["ingest", "events.csv", "article.txt", "--quiet"], folder) == 0
    assert workspace.folder.is_dir()
    return folder


def _run(words: list[str], folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("GEOMAP_WORKSPACE", str(folder / "workspace"))
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
        return main(words)


@pytest.mark.parametrize("page", LINES)
def test_commands_are_those_that_geomap_takes(page: str) -> None:
    """Who copies a line must not meet an unknown command, option or value."""
    for line in LINES[page]:
        command, words = command_of(line)
        command.make_context("geomap", list(words))


@pytest.mark.parametrize("drawing", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", LINES)
def test_commands_of_a_page_run_one_after_the_other(
    page: str, drawing: bool, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of the documentation does what it is there for, on files as it describes them."""
    lines = [one for one in LINES[page] if one[0] not in NOT_RUN]
    lines = [one for one in lines if (one[0] in DRAWING) == drawing]
    folder = tmp_path / "desk"
    shutil.copytree(desk, folder)
    for line in lines:
        imports = Workspace.open(folder / "workspace").batches()
        batch = next(one for one in imports if not one.undone)
        code = _run([word.replace(BATCH_ID, batch.batch_id) for word in line], folder)
        output = capsys.readouterr()

        assert code == 0 or (code == 1 and "--bar" in line), f"geomap {line}: {output.err}"
        if "--json" in line:
            assert not _keys_missing_from_the_page(line[0], json.loads(output.out)), line
        for option in ("-o", "--out", "--per-doc"):
            if option in line:
                assert (folder / line[line.index(option) + 1]).stat().st_size


def _keys_missing_from_the_page(command: str, document: object) -> set[str]:
    """Return the keys of a command's JSON that its section of docs/cli.md does not name."""
    sections = re.split(r"^## ", PAGES["docs/cli.md"], flags=re.MULTILINE)
    section = next(one for one in sections if command in one.split("\n", 1)[0])
    shape = "\n".join(blocks(section, "text")) + " ".join(spans(section))
    left_open = set(re.findall(r'"(\w+)": [\[{](?:\.\.\.|like)', shape))
    return _keys(document, left_open) - set(re.findall(r'"(\w+)"', shape))


def _keys(value: object, left_open: set[str]) -> set[str]:
    """Return the keys at any depth, but for what lies in those that are left open."""
    if isinstance(value, list):
        return set().union(*(_keys(one, left_open) for one in value))
    if isinstance(value, dict):
        closed = (one for key, one in value.items() if key not in left_open)
        return set(value).union(*(_keys(one, left_open) for one in closed))
    return set()


@pytest.mark.parametrize("page", PAGES)
def test_options_in_the_prose_are_those_of_a_command(page: str) -> None:
    """An option that was renamed must not live on in a sentence."""
    every_option = options_of(typer.main.get_command(geomap.cli.app.app))
    for span in spans(PAGES[page]):
        is_line = re.match(r"geomap [a-z]", span)
        known = options_of(command_of(span.split()[1:])[0]) if is_line else every_option
        assert set(OPTION.findall(span)) <= known, f"`{span}`"


def test_options_in_messages_are_those_of_a_command() -> None:
    """An error that names an option is of use only when there is one."""
    known = options_of(typer.main.get_command(geomap.cli.app.app))
    for path in SOURCE.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
        named = {one for text in texts if isinstance(text, str) for one in OPTION.findall(text)}
        assert named <= known, path.name


def test_commands_and_options_are_all_on_their_page() -> None:
    """docs/commands.md is written from the commands; run tools/write_commands.py after a change."""
    path = ROOT / "tools" / "write_commands.py"
    spec = util.spec_from_file_location("write_commands", path)
    assert spec is not None
    assert spec.loader is not None
    tool = util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert PAGES["docs/commands.md"] == tool.page()


def test_make_targets_are_those_of_the_makefile() -> None:
    """The first line that a newcomer types must work."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page, text in PAGES.items():
        code = [*spans(text), *"\n".join(blocks(text, "sh")).split("\n")]
        named = {found[1] for span in code if (found := re.match(r"make ([a-z]+)", span))}
        assert named <= targets, page


def test_environment_variables_are_read_somewhere() -> None:
    """A setting that nothing reads is a promise that is not held."""
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    known = set(re.findall(r"GEOMAP_[A-Z_]+", sources))
    known |= {variable(field.name) for field in fields(TableLimits)}
    for page, text in PAGES.items():
        assert set(re.findall(r"GEOMAP_[A-Z]\w+", text)) <= known, page
