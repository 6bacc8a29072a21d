"""Links, anchors, modules and names of the documentation lead to something that exists."""

from __future__ import annotations

import fnmatch
import re
from functools import cache

import pytest
from tests.docs.pages import DOCSTRINGS, PAGES, ROOT, SOURCE, blocks, slugs, spans

ENDINGS = "py|js|yaml|json|tsv.gz|tsv|md|toml|geojson"
FILE = re.compile(rf"[\w.-]+(?:/[\w.*-]+)+\.(?:{ENDINGS})(?!\w)")
FOLDERS = ("src", "docs", "tests", "tools", "bench", "geo", ".streamlit")
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.is_file()
]


@cache
def all_source() -> str:
    """Return the text of every file that may define a name of the documentation."""
    folders = (SOURCE, ROOT / "tools", ROOT / "tests", ROOT / "bench")
    endings = {".py", ".js", ".yaml", ".tsv", ".toml"}
    paths = [one for folder in folders for one in folder.rglob("*") if one.suffix in endings]
    docs_tests = ROOT / "tests" / "docs"
    return "\n".join(one.read_text("utf-8") for one in paths if docs_tests not in one.parents)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_a_file_and_a_heading(page: str) -> None:
    """A reader who follows a link arrives."""
    text = re.sub(r"^```.*?^```", "", PAGES[page], flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), target
        assert ROOT in file.resolve().parents, target
        if anchor:
            assert anchor in slugs(file.read_text("utf-8")), target


@pytest.mark.parametrize("page", PAGES)
def test_files_named_in_the_prose_exist(page: str) -> None:
    """A page that names a moved file sends a newcomer astray."""
    for span in spans(PAGES[page]):
        for name in FILE.findall(span):
            assert fnmatch.filter(FILES, name) or fnmatch.filter(FILES, f"*/{name}"), name


@pytest.mark.parametrize("text", ["\n".join(DOCSTRINGS.values()), *PAGES.values()])
def test_dotted_names_of_geomap_exist(text: str) -> None:
    """`geomap.limits` and `snapshot.plan` are looked up by whoever reads of them."""
    rooms = {path.stem for path in SOURCE.iterdir() if not path.name.startswith("_")}
    for span in spans(text):
        parts = span.removeprefix("geomap.").removesuffix("()").split(".")
        is_ours = span.startswith("geomap.") or (len(parts) > 1 and parts[0] in rooms)
        if is_ours and re.fullmatch(r"[\w.]+", span) and parts[-1] not in ENDINGS.split("|"):
            is_code = re.search(rf"(?<![`.]){re.escape(span)}\b", all_source())
            assert is_code or exists(parts), span


def exists(parts: list[str]) -> bool:
    """Return whether the parts are a module of geomap, or one and names in its text."""
    folder = SOURCE
    while parts and (folder / parts[0]).is_dir():
        folder, parts = folder / parts[0], parts[1:]
    module = folder / f"{parts[0]}.py" if parts else folder
    if parts and module.is_file():
        parts = parts[1:]
    else:
        module = folder / "__init__.py"
    return module.exists() and all(part in module.read_text("utf-8") for part in parts)


@pytest.mark.parametrize("page", sorted(PAGES.keys() - {"CHANGELOG.md", "geo/SOURCES.md"}))
def test_identifiers_are_those_of_the_source(page: str) -> None:
    """A code, column, key or function that was renamed must not live on in a page."""
    shapes = " ".join(blocks(PAGES[page], "text"))
    names = {one for one in spans(PAGES[page]) if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", one)}
    names |= set(re.findall(r'"(\w+_\w+)"', shapes))
    names = {re.sub(r"_(f1|p|r)$", "", one) for one in names}  # a figure and what is measured of it
    missing = {name for name in names if not re.search(rf"\b{name}\b", all_source())}
    assert not missing


def test_decisions_are_numbered_once_and_in_order() -> None:
    """`ADR 7` must mean one page, today and in an old commit message."""
    decisions = {page: text for page, text in PAGES.items() if page.startswith("docs/adr/")}
    numbers = [int(page.split("/")[-1][:4]) for page in decisions]

    assert numbers == list(range(1, len(numbers) + 1))
    for number, text in zip(numbers, decisions.values(), strict=True):
        assert text.startswith(f"# {number}. ")
    for page, text in (PAGES | DOCSTRINGS).items():
        for named in re.findall(r"ADR ?(\d+)|docs/adr/(\d{4})", text):
            assert int("".join(named)) in numbers, page
