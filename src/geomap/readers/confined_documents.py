"""The texts of documents, read by another process."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from geomap.errors import FileRefusedError
from geomap.limits import TableLimits
from geomap.readers.confined import obey_order, refusal_of, write_order
from geomap.readers.confined_reader import DOCUMENTS, answer_path
from geomap.readers.documents.texts import FileTexts
from geomap.readers.documents.texts_handover import read_answer, write_texts
from geomap.readers.sniff import OpenedFile
from geomap.typing import Progress

_BROKEN_ANSWER, _REMEDY = 1, "save its text as TXT"


def read_confined_documents(
    files: Sequence[OpenedFile], limits: TableLimits, progress: Progress
) -> list[FileTexts | FileRefusedError]:
    """Return the texts of each file, or why it is refused, read by another process.

    One process reads all, so that a zip of a thousand documents starts it once; a document on
    which it ends is refused, and the next process goes on behind it.

    Parameters
    ----------
    files
        Files of the `DOCUMENT_FORMS`.
    limits
        What is refused as too large, and the memory and seconds that the process has.
    progress
        Called about twice a second; an exception of its own ends the process.

    Raises
    ------
    FileRefusedError
        When one of several files takes too long: a thousand such would take hours.
    """
    order = {"kind": DOCUMENTS, "files": [{"name": one.name, "form": one.form} for one in files]}
    with tempfile.TemporaryDirectory(prefix="geomap-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        seconds = write_order(folder, [one.data for one in files], order, limits)
        answers = [answer_path(folder, number) for number in range(len(files))]
        while _unread(answers) is not None:
            label = files[0].name if len(files) == 1 else f"{len(files)} documents"
            code = obey_order(folder, seconds, label, progress)
            failed = _unread(answers)
            if failed is None:
                break
            refusal = refusal_of(
                code or (None if code is None else _BROKEN_ANSWER),
                folder, files[failed].name, limits, _REMEDY,
            )  # fmt: skip
            if code is None and len(files) > 1:
                raise refusal
            write_texts(refusal, answers[failed])
        return [read_answer(path) for path in answers]


def _unread(answers: Sequence[Path]) -> int | None:
    return next((number for number, path in enumerate(answers) if not path.exists()), None)
