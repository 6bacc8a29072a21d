"""The text of a saved web page."""

from __future__ import annotations

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.documents.texts import FileTexts, StatedText
from geomap.readers.encodings import find_encoding
from geomap.readers.text_or_table import has_prose
from geomap.readers.web_pages import read_page


def read_web_page(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the text of a page of HTML and what its head states.

    Raises
    ------
    FileRefusedError
        When it has no sentence of a text.
    """
    del limits  # the file is no larger than `article_bytes`, and its text is smaller
    page = read_page(data.decode(find_encoding(data, name=name), "replace").removeprefix("\ufeff"))
    if not has_prose(page.text):
        message = (
            f"{name} is a web page without the text of an article (a login page, or an "
            "expired download link?); download it again."
        )
        raise FileRefusedError(message, code="web_page")
    return FileTexts((StatedText(page.text, page.facts),))
