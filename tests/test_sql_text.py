"""SQL is a type: any text is a name, a word or a value, and never changes a question."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.sql import Sql, checked, identifier, joined, literal, sql
from geomap.store import Database

NASTY = ["'", '"', "''", '"; DROP TABLE kept; --', "\\", "\\'", "%", "_", "[a]", "*", "?", "$v0",
         "{0}", "{x.__class__}", "a\nb", "--", "/*", "\u2028", "\x1b[2J", "´", "É"]  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(NASTY)
NAMES = TEXTS.filter(lambda text: text != "" and "\0" not in text)


@pytest.fixture(scope="module")
def database() -> Database:
    """Return a database with a table that must stay as it is."""
    made = Database()
    made.add("kept", pa.table({"kept": ["as it was"]}))
    return made


def intact(database: Database) -> bool:
    """Return whether the other table is as it was made."""
    rows: list[dict[str, Any]] = database.query(sql("SELECT * FROM kept")).to_pylist()
    return rows == [{"kept": "as it was"}]


@given(name=NAMES, other=NAMES)
@example(name='a" FROM kept; DROP TABLE kept; --', other="b")
def test_identifier_makes_a_column_of_any_text(database: Database, name: str, other: str) -> None:
    """A header of an uploaded table is a name, whatever it holds."""
    columns = {name: [1]} if name.casefold() == other.casefold() else {name: [1], other: [2]}
    database.add("given", pa.table(columns))

    found = database.query(sql("SELECT {} FROM given", identifier(name)))

    assert found.to_pylist() == [{name: 1}]
    assert intact(database)


@given(name=NAMES.filter(lambda name: name.casefold() != "kept"))
def test_identifier_makes_a_table_of_any_text(database: Database, name: str) -> None:
    """A table is only ever found under the name it was given."""
    database.add(name, pa.table({"v": [name]}))

    assert database.query(sql("SELECT v FROM {}", identifier(name))).to_pylist() == [{"v": name}]
    assert intact(database)


@given(value=TEXTS)
def test_values_come_back_as_they_were_bound(database: Database, value: str) -> None:
    """A search field is no console: words travel beside the SQL."""
    question = sql("SELECT $value AS value, $value = $same AS is_same")

    found = database.query(question, {"value": value, "same": value, "unused": value})

    assert found.to_pylist() == [{"value": value, "is_same": True}]
    assert intact(database)


@given(word=TEXTS.filter(lambda text: "\0" not in text))
def test_literal_is_the_text_it_was_made_of(database: Database, word: str) -> None:
    """Words of ours stand in the SQL itself, so their quoting has to hold as well."""
    assert database.query(sql("SELECT {} AS word", literal(word))).to_pylist() == [{"word": word}]
    assert intact(database)


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_identifier_refuses_what_no_name_can_be(name: str) -> None:
    """DuckDB would cut a name at its zero byte and read another column."""
    with pytest.raises(ValueError, match="cannot name a column"):
        identifier(name)


@pytest.mark.parametrize("piece", ["DROP TABLE kept", None, 1.5])
def test_sql_takes_no_plain_text_for_a_piece(piece: Any) -> None:
    """What the type checker cannot see, such as a value read from JSON, is refused when run."""
    with pytest.raises(TypeError, match=r"made by geomap\.sql"):
        sql("SELECT {}", piece)
    with pytest.raises(TypeError, match=r"made by geomap\.sql"):
        joined([piece])


def test_a_database_runs_no_plain_text(database: Database) -> None:
    """A text put together anywhere else is not run, even if it would be harmless."""
    plain: Any = str(sql("SELECT 1"))

    with pytest.raises(TypeError, match=r"Only a statement made by geomap\.sql"):
        database.query(plain)
    with pytest.raises(TypeError, match=r"Only a statement made by geomap\.sql"):
        next(database.stream(plain, rows=1))
    assert checked(sql("SELECT {}", 1)) == "SELECT 1"


def test_templates_of_sql_are_literals_of_the_source_code(root: Path) -> None:
    """Nobody can put a value into a template before `sql` sees it, nor make a Sql by hand."""
    faults, calls = [], 0
    for path in sorted((root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            where = f"{path.name}:{node.lineno}"
            if node.func.id == "sql":
                calls += 1
                if not (node.args and isinstance(node.args[0], ast.Constant)):
                    faults.append(f"{where}: the template is not a literal")
            elif node.func.id == "joined" and not all(
                isinstance(given, ast.Constant)
                for given in (*node.args[1:], *(word.value for word in node.keywords))
            ):
                faults.append(f"{where}: the separator is not a literal")
            elif node.func.id == Sql.__name__ and path != root / "src" / "geomap" / "sql.py":
                faults.append(f"{where}: only geomap.sql makes a Sql")

    assert faults == []
    assert calls > 40


FILE_NAMES = NAMES.filter(
    # a backslash before a sign of a pattern: see the store, which refuses such a path
    lambda name: not set(name) & set("/\\") and name not in {".", ".."} and len(name.encode()) < 90
)


@given(name=FILE_NAMES, decoys=st.lists(FILE_NAMES, max_size=3))
@example(name="a*b", decoys=["axb"])
@example(name="[ab]", decoys=["a"])
@example(name="**", decoys=["a"])
@example(name="v=other", decoys=[])
@example(name="' || '", decoys=[])
def test_a_file_is_the_one_that_was_named(
    tmp_path_factory: pytest.TempPathFactory, name: str, decoys: list[str]
) -> None:
    """Folders bear any name: signs of patterns, quotes, `column=value` mean nothing there."""
    top = tmp_path_factory.mktemp("names", numbered=True)
    for folder in [*decoys, name]:  # some systems take two spellings for one folder
        (top / folder).mkdir(exist_ok=True)
        pq.write_table(pa.table({"v": [folder]}), top / folder / "f.parquet")
    database = Database()

    database.add_file("one", top / name / "f.parquet")

    assert database.query(sql("SELECT * FROM one")).to_pylist() == [{"v": name}]
    database.close()
