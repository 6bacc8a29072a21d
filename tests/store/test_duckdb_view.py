"""The engine keeps to itself: nothing fetched, nothing left for others to read."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from geomap.sql import Sql, literal, sql
from geomap.store import Database


def setting(database: Database, name: str) -> Any:
    """Return a setting of the engine."""
    question = sql("SELECT value FROM duckdb_settings() WHERE name = {}", literal(name))
    return database.query(question).column(0)[0].as_py()


def test_the_engine_fetches_nothing_and_its_settings_stay() -> None:
    """DuckDB would load extensions from its own server when a question needs one."""
    import duckdb

    database = Database()
    for name in ("autoinstall_known_extensions", "autoload_known_extensions"):
        assert setting(database, name) == "false"
    with pytest.raises(duckdb.Error, match=r"extension|requires"):
        database.query(sql("SELECT * FROM read_parquet('https://example.org/a.parquet')"))
    with pytest.raises(duckdb.Error, match="configuration has been locked"):
        database._connection.execute("SET threads = 1")


def test_a_name_in_sql_is_no_variable_of_the_program() -> None:
    """DuckDB would read a table in memory that happens to be called like a missing table."""
    import duckdb
    import pyarrow as pa

    wanted = pa.table({"secret": [1]})

    with pytest.raises(duckdb.CatalogException, match="wanted"):
        Database().query(sql("SELECT * FROM wanted"))
    assert len(wanted) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_what_does_not_fit_into_memory_is_written_where_nobody_else_reads() -> None:
    """A folder with a name that can be guessed may be somebody else's, in a /tmp of many."""
    database = Database()
    folder = Path(setting(database, "temp_directory")).parent

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder == Path(setting(Database(), "temp_directory")).parent


def test_a_question_is_asked_with_the_values_it_names() -> None:
    """One mapping of values serves questions that need different ones of them."""
    question: Sql = sql("SELECT $a AS a")

    assert Database().query(question, {"a": "x", "b": "y"}).to_pylist() == [{"a": "x"}]
