"""Texts out of the files that people keep news in: documents, mail, feeds, archives, chats.

Each reader is a function from bytes to the texts of a file, with what the file states about
each, and a list of what it holds besides, with the reason. None opens a file, follows a link
or runs anything.
"""

from geomap.readers.documents.document_forms import DocumentForm, document_form, text_form
from geomap.readers.documents.document_reader import DOCUMENT_FORMS, is_risky, read_document
from geomap.readers.documents.texts import FileTexts, StatedText, left_out, without_markup

__all__ = [
    "DOCUMENT_FORMS",
    "DocumentForm",
    "FileTexts",
    "StatedText",
    "document_form",
    "is_risky",
    "left_out",
    "read_document",
    "text_form",
    "without_markup",
]
