"""Every place where a text could become code has been looked at, and a new one is noticed.

The linter's rules S102 to S701 refuse `eval`, `exec`, pickles, shells and unsafe YAML; SQL has
tests of its own. These look at what the linter passes over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PATTERNS = {
    "dates/grammar.py": "the grammar of dates, which stands in the package",
    "geoparse/candidates.py": "the sides that may open a name, which stand in the package",
    "ingest/events/axis_words.py": "the words of axis_words.tsv, which stand in the package",
    "incidents/words.py": "the word lists of incidents, which stand in the package",
    "ingest/events/date_roles.py": "the words of date_roles.tsv, which stand in the package",
    "snapshot/proof/pdf_seal.py": "a constant, or a number",
}
TEMPLATES = {
    "geoparse/ranker.py": "the reasons of features.tsv, which stand in the package",
    "ingest/events/reconcile.py": "a sentence of its own",
    "ingest/events/row_report.py": "the reasons of row_issues.tsv, which stand in the package",
    "sql.py": "see test_sql_text.py",
}
PROGRAMS = dict.fromkeys(
    ("cli/run.py", "readers/confined.py"), "our own interpreter and module, without a shell"
)
RE = {"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}
LOADERS = {"pickle", "marshal", "shelve", "dill", "joblib", "ctypes", "runpy", "code", "codeop"}


def calls(root: Path) -> Iterator[tuple[str, ast.Call, str, str, set[str]]]:
    """Yield each call of a method: file, call, what it is called on, name, the file's constants."""
    top = root / "src" / "geomap"
    for path in sorted(top.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            node.id
            for statement in tree.body
            if isinstance(statement, ast.Assign | ast.AnnAssign)
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                on = ast.unparse(node.func.value)
                yield path.relative_to(top).as_posix(), node, on, node.func.attr, constants


def test_patterns_are_made_of_our_own_words(root: Path) -> None:
    """A pattern of somebody else's can take for ever: those go through RE2 (`patterns`)."""
    found = set()
    for file, call, on, name, constants in calls(root):
        if on == "re" and name in RE:
            names = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
            if not names <= constants:
                found.add(file)

    assert found == set(PATTERNS)


def test_templates_of_format_are_our_own_sentences(root: Path) -> None:
    """`{0.__class__}` in a text reaches into the program only when the text is the template."""
    found = {
        file
        for file, call, _, name, _ in calls(root)
        if name in {"format", "format_map"}
        and isinstance(call.func, ast.Attribute)
        and not isinstance(call.func.value, ast.Constant)
    }

    assert found == set(TEMPLATES)


def test_programs_are_started_in_one_place(root: Path) -> None:
    """Nothing that a file says decides what runs."""
    found = {
        file
        for file, _, on, name, _ in calls(root)
        if on == "subprocess" or (on == "os" and name.startswith(("exec", "spawn", "popen")))
    }

    assert found == set(PROGRAMS)


def test_no_file_is_loaded_as_objects(root: Path) -> None:
    """A workspace, an index or a model of somebody else is data, also when it is damaged."""
    top, found = root / "src" / "geomap", []
    for path in sorted(top.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [name.name for name in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in LOADERS]
    for file, call, _, name, _ in calls(root):
        options = {option.arg for option in call.keywords}
        if name == "read_pickle" or "allow_pickle" in options:
            found.append(f"{file}: {name}")

    assert found == []
