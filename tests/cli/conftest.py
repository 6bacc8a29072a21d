"""The command line, run in this process on a workspace of its own."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        document: dict[str, Any] = json.loads(self.out)
        return document


Geomap = Callable[..., Answer]


@pytest.fixture
def geomap(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Geomap:
    """Return a function that runs `geomap` with some words, and bytes as standard input."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(tmp_path / "workspace"))

    def run(*words: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(word) for word in words])
        output = capsys.readouterr()
        return Answer(code, output.out, output.err)

    return run
