"""The texts of a table with an article in each row."""

from __future__ import annotations

from geomap.limits import TableLimits
from geomap.readers.article_keys import facts_of, text_of
from geomap.readers.delimited_table import read_delimited
from geomap.readers.documents.texts import FileTexts, StatedText, left_out, without_markup
from geomap.readers.table_draft import TableDraft
from geomap.typing import silent


def read_article_table(
    data: bytes, encoding: str, *, name: str, sha256: str, limits: TableLimits
) -> FileTexts:
    """Return the text of each row; rows without one are listed.

    Parameters
    ----------
    data, encoding
        The bytes of a table between delimiters; their encoding.
    name, sha256, limits
        The name of the file in messages and its digest; what is refused as too large.

    Raises
    ------
    FileRefusedError
        When it has no columns, or passes a limit.
    """
    draft = TableDraft(name, sha256, encoding, limits)
    table = read_delimited(data, draft, (), silent)
    records = table.frame.to_dict("records")
    texts, left = list[StatedText](), list(table.bad_rows)
    for number, record in zip(table.frame.index, records, strict=True):
        cells = {str(key): str(cell) for key, cell in record.items()}
        text = without_markup(text_of(cells))
        facts = facts_of(cells)
        if text.strip():
            texts.append(StatedText(text, facts))
        else:
            title = str(facts.get("title") or facts.get("url") or "row")
            reason, remedy = "The row has no text.", "Give it a text, or leave it out."
            left.append(left_out(int(number), title, "no_text", reason, remedy))
    return FileTexts(tuple(texts), tuple(left))
