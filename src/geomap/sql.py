"""The text of SQL as a type of its own, so that no other text is ever run as SQL.

A `Sql` is made in this module only: of a template that stands in the source code (`sql`), of a
name (`identifier`) or of a word of ours (`literal`). Values that people type or upload travel
beside the SQL, as parameters. The type checker and `sql` itself refuse plain text as a piece,
and a test refuses a template that is not a literal.
"""

from __future__ import annotations

from collections.abc import Iterable


class Sql(str):
    """A piece of SQL; the functions of this module make it."""

    __slots__ = ()


Piece = Sql | int
"""What a template may be filled with: SQL, or a whole number."""


def sql(template: str, *pieces: Piece, **named: Piece) -> Sql:
    """Return a template with its `{}` and `{name}` filled.

    Parameters
    ----------
    template
        A literal of the source code, never a text put together at run time.
    pieces, named
        What replaces the fields of the template.

    Raises
    ------
    TypeError
        When a piece is neither SQL nor a whole number.
    """
    for piece in (*pieces, *named.values()):
        _text_of(piece)
    return Sql(template.format(*pieces, **named))


def joined(pieces: Iterable[Piece], by: str = ", ") -> Sql:
    """Return pieces one after the other, separated.

    Parameters
    ----------
    pieces, by
        SQL or whole numbers; a literal of the source code, as the template of `sql` is.

    Raises
    ------
    TypeError
        When a piece is neither SQL nor a whole number.
    """
    return Sql(by.join(_text_of(piece) for piece in pieces))


def identifier(name: str) -> Sql:
    """Return the name of a column or a table, quoted so that any text is one name.

    Parameters
    ----------
    name
        Any text.

    Raises
    ------
    ValueError
        When it is empty or holds a zero byte, which no name may have.
    """
    if not name or "\0" in name:
        message = f"{name!r} cannot name a column or a table."
        raise ValueError(message)
    return Sql('"' + name.replace('"', '""') + '"')


def literal(text: str) -> Sql:
    """Return a text as a literal, for words of ours and for engines without parameters.

    Parameters
    ----------
    text
        Any text.
    """
    return Sql("'" + text.replace("'", "''") + "'")


def checked(statement: object) -> Sql:
    """Return a statement that is about to be run, which must be SQL of this module.

    Parameters
    ----------
    statement
        What is about to be run.

    Raises
    ------
    TypeError
        When it is any other text.
    """
    if not isinstance(statement, Sql):
        message = f"Only a statement made by geomap.sql is run, not a {type(statement).__name__}."
        raise TypeError(message)
    return statement


def _text_of(piece: object) -> str:
    if not isinstance(piece, Sql | int):
        message = f"A piece of SQL is made by geomap.sql, not of a {type(piece).__name__}."
        raise TypeError(message)
    return str(piece)
