"""The texts of a document, or its refusal, handed from one process to another as JSON.

Unlike a pickle, JSON can run nothing in the process that opens it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from geomap.errors import FileRefusedError
from geomap.model import RowIssue
from geomap.readers.documents.texts import FileTexts, StatedText


def write_texts(answer: FileTexts | FileRefusedError, path: Path) -> None:
    """Write an answer; the file is there only once it is whole."""
    if isinstance(answer, FileRefusedError):
        shape: dict[str, Any] = {"refusal": str(answer), "code": answer.code}
    else:
        texts = [[one.text, dict(one.facts)] for one in answer.texts]
        shape = {"texts": texts, "left": [asdict(issue) for issue in answer.left]}
    part = path.with_suffix(".part")
    with part.open("w", encoding="ascii") as file:
        json.dump(shape, file, default=_plain)
    part.rename(path)


def _plain(value: object) -> str:
    """Return a day or a moment as a text that is read as the same day."""
    if isinstance(value, date):
        return value.isoformat()
    message = f"{type(value).__name__} is no fact of an article"
    raise TypeError(message)


def read_answer(path: Path) -> FileTexts | FileRefusedError:
    """Return the answer in a file.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError
        When it is not there, or not whole.
    """
    shape: dict[str, Any] = json.loads(path.read_bytes())
    if "refusal" in shape:
        return FileRefusedError(str(shape["refusal"]), code=str(shape["code"]))
    return FileTexts(
        tuple(StatedText(str(text), dict(facts)) for text, facts in shape["texts"]),
        tuple(RowIssue(**issue) for issue in shape["left"]),
    )
