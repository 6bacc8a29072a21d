"""The text of a Word (DOCX) or OpenDocument (ODT) file, paragraph by paragraph.

Read from the XML itself: python-docx leaves out text that was inserted with tracked changes,
text boxes and footnotes. Deleted text, comments, headers and footers are no part of the text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.model import RowIssue
from geomap.readers.archives import check_workbook_size, refusing
from geomap.readers.documents.texts import FileTexts, StatedText, left_out
from geomap.readers.documents.xml_parts import XmlEvents, parse_xml

_FILE_NAME = re.compile(r"microsoft word\b|untitled\b|.*\.\w{2,4}$|document ?\d*$", re.IGNORECASE)
_PICTURE = "No text: it belongs to the document."
_SEE = "Read it in the document if it matters."


@dataclass(frozen=True, slots=True)
class _Names:
    """The elements that matter: where text stands, ends a paragraph, or is not to be read."""

    holders: frozenset[str]
    paragraphs: frozenset[str]
    silent: frozenset[str]
    marks: dict[str, str]
    notes: frozenset[str] = frozenset()


_WORD = _Names(
    frozenset({"t"}),
    frozenset({"p"}),
    frozenset({"Fallback", "moveFrom", "del"}),
    {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
)
_OPEN = _Names(
    frozenset({"p", "h"}),
    frozenset({"p", "h"}),
    frozenset({"annotation", "tracked-changes", "note-citation", "forms", "script"}),
    {"tab": "\t", "line-break": "\n", "s": " "},
    frozenset({"note-body"}),
)


def read_docx(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the text of a Word document: body and tables, then its footnotes and endnotes.

    Raises
    ------
    FileRefusedError
        When it is broken, locked, too large, or holds no text.
    """
    notes = ("word/footnotes.xml", "word/endnotes.xml")
    return _read(data, name, limits, _WORD, ("word/document.xml", *notes), "docProps/core.xml")


def read_odt(data: bytes, *, name: str, limits: TableLimits) -> FileTexts:
    """Return the text of an OpenDocument text: its body, then its notes.

    Raises
    ------
    FileRefusedError
        When it is broken, locked, too large, or holds no text.
    """
    return _read(data, name, limits, _OPEN, ("content.xml",), "meta.xml")


def _read(
    data: bytes, name: str, limits: TableLimits, names: _Names, parts: tuple[str, ...], about: str
) -> FileTexts:
    message = f"{name} is a text document that cannot be opened; save it again, without a password."
    with (
        refusing(message, code="broken_document"),
        zipfile.ZipFile(io.BytesIO(data)) as archive,
    ):
        check_workbook_size(archive, name=name, limits=limits, remedy="save its text as TXT")
        entries = archive.namelist()
        body = [archive.read(part) for part in parts if part in entries]
        head = archive.read(about) if about in entries else b""

    def refuse(words: str) -> FileRefusedError:
        message = f"{name} is a text document that {words}; save it again."
        return FileRefusedError(message, code="broken_document")

    reader = _Text(names)
    for part in body:
        parse_xml(part, reader, refuse)
    title = _Title()
    if head:
        parse_xml(head, title, refuse)
    stated = " ".join(title.text.split())
    facts = {"title": stated} if stated and not _FILE_NAME.match(stated) else {}
    return FileTexts((StatedText(reader.text(), facts),), _pictures(entries))


def _pictures(entries: list[str]) -> tuple[RowIssue, ...]:
    names = [one for one in entries if one.startswith(("word/media/", "word/embeddings/",
             "Pictures/", "Object ")) and not one.endswith("/")]  # fmt: skip
    return tuple(
        left_out(number, PurePosixPath(one).name, "attachment", _PICTURE, _SEE)
        for number, one in enumerate(names, 1)
    )


class _Text(XmlEvents):
    """Collects paragraphs, those of notes apart."""

    def __init__(self, names: _Names) -> None:
        self._names = names
        self._holders = self._silent = self._notes = 0
        self._body, self._aside = list[str](), list[str]()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._holders += name in self._names.holders
        self._silent += name in self._names.silent
        self._notes += name in self._names.notes
        if mark := self._names.marks.get(name):
            count = attributes.get("c", "")
            self._put(mark * (min(int(count), 100) if count.isdecimal() else 1))

    def finish(self, name: str) -> None:
        if name in self._names.paragraphs:
            self._put("\n")
        self._holders -= name in self._names.holders
        self._silent -= name in self._names.silent
        self._notes -= name in self._names.notes

    def take(self, text: str) -> None:
        if self._holders:
            self._put(text)

    def _put(self, text: str) -> None:
        if not self._silent:
            (self._aside if self._notes else self._body).append(text)

    def text(self) -> str:
        lines = "".join([*self._body, "\n", *self._aside]).split("\n")
        return "\n\n".join(line.strip() for line in lines if line.strip())


class _Title(XmlEvents):
    """Takes the title of the document's properties."""

    def __init__(self) -> None:
        self.text = ""
        self._inside = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self._inside = name == "title"

    def finish(self, name: str) -> None:
        self._inside = self._inside and name != "title"

    def take(self, text: str) -> None:
        self.text += text if self._inside else ""
