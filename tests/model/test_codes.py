"""Every code that the product reports is in the register, and the page of codes is current."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import geomap
from geomap.ingest.events.row_report import issue_sentences
from geomap.model.codes import KINDS, registered_codes

SOURCE = Path(geomap.__file__).parent
CHECKOUT = SOURCE.parent.parent
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# Tables of reasons by code; calls whose `code` is of another list: features, countries, precision.
REASONS_BY_CODE = {"REASONS", "_REASONS"}
OTHER_LISTS = {"country", "feature_class", "known_code", "kind_of_code", "DateCode", "GeoCode"}


def _names_of_parameters(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """Yield each function and record with the names of its arguments, `self` left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
            yield node.name, names[1:] if names[:1] in (["self"], ["cls"]) else names
        elif isinstance(node, ast.ClassDef):
            fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
            yield node.name, [one.id for one in fields if isinstance(one, ast.Name)]
            made = (one for one in node.body if getattr(one, "name", "") == "__init__")
            for init in made:
                assert isinstance(init, ast.FunctionDef)
                yield node.name, [one.arg for one in (*init.args.args[1:], *init.args.kwonlyargs)]


def _codes_of(tree: ast.AST, takers: dict[str, set[int]]) -> Iterator[tuple[str, str]]:
    """Yield the constant codes in a module: where each is given, and the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            values = [one.value for one in node.keywords if one.arg == "code"]
            values += [a for n, a in enumerate(node.args) if n in takers.get(name, set())]
            if name not in OTHER_LISTS:
                yield from ((name, code) for value in values for code in _texts(value))
        elif isinstance(node, ast.Assign) and "code" in _targets(node):
            yield from (("code", code) for code in _texts(node.value))
        elif isinstance(node, ast.Assign) and _targets(node)[0] in REASONS_BY_CODE:
            assert isinstance(node.value, ast.Dict)
            yield from (("code", code) for key in node.value.keys if key for code in _texts(key))
        elif isinstance(node, ast.For) and "code" in _targets(node):
            place = _targets(node).index("code")
            rows = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else []
            for row in rows:
                assert isinstance(row, ast.Tuple)
                yield from (("code", code) for code in _texts(row.elts[place]))


def _targets(node: ast.Assign | ast.For) -> list[str]:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return [getattr(part, "id", "") for part in parts]


def _texts(value: ast.expr) -> list[str]:
    parts = value.elts[:1] if isinstance(value, ast.Tuple) else [value]
    texts = [one.value for one in parts if isinstance(one, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and CODE.fullmatch(text)]


def used_codes() -> set[tuple[str, str]]:
    """Return the codes of the source: the call that each is given to, and the code."""
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")]
    takers: dict[str, set[int]] = {}
    for tree in trees:
        for name, parameters in _names_of_parameters(tree):
            if "code" in parameters:
                takers.setdefault(name, set()).add(parameters.index("code"))
    codes = {pair for tree in trees for pair in _codes_of(tree, takers)}
    codes |= {("add", key.partition("/")[0]) for key in issue_sentences()}
    for path in (SOURCE / "layouts").glob("*.yaml"):
        warnings = yaml.safe_load(path.read_text("utf-8")).get("warnings", ())
        codes |= {("TableWarning", warning["code"]) for warning in warnings}
    return codes


def test_codes_of_the_source_are_all_registered() -> None:
    """A code that nobody has described means nothing to whoever filters by it."""
    codes = used_codes()
    unknown = {code for _, code in codes} - set(registered_codes())

    assert len(codes) > 80, "the walk finds the codes"
    assert not unknown, f"describe them in model/codes.tsv: {sorted(unknown)}"


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ("FileRefusedError", "refusal"),
        ("TableWarning", "warning"),
        ("warn", "warning"),
        ("add", "issue"),
    ],
)
def test_codes_have_the_kind_that_the_source_uses_them_for(call: str, kind: str) -> None:
    """A reader of the page learns whether a code is about a row, a file or a refusal."""
    codes = registered_codes()
    wrong = [code for name, code in used_codes() if name == call and kind not in codes[code].kinds]

    assert not wrong, f"add {kind!r} to their kinds in model/codes.tsv"


def test_codes_of_the_register_are_all_in_the_source() -> None:
    """The page must not promise codes that nothing reports."""
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    texts += [path.read_text("utf-8") for path in (SOURCE / "layouts").glob("*.yaml")]
    texts += issue_sentences()
    words = set(re.findall(r"[a-z][a-z0-9_]+", "\n".join(texts)))

    assert not sorted(set(registered_codes()) - words)


def test_codes_are_each_described_in_sentences() -> None:
    """Whoever meets a code learns what it means and what to do."""
    for code in registered_codes().values():
        assert CODE.fullmatch(code.code)
        assert code.kinds
        assert code.kinds <= set(KINDS)
        assert code.meaning.endswith(".")
        assert code.remedy.endswith(".")
        assert "flag" not in code.kinds or "issue" in code.kinds


def _tool() -> ModuleType:
    spec = util.spec_from_file_location("write_codes", CHECKOUT / "tools" / "write_codes.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_of_codes_is_current() -> None:
    """docs/codes.md is written from the register; run tools/write_codes.py after a change."""
    assert (CHECKOUT / "docs" / "codes.md").read_text("utf-8") == _tool().page()
