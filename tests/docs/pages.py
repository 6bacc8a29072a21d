"""The pages of the documentation: their text, links, shell lines and words of code."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import geomap
from geomap.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(geomap.__file__).parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("geo/*.md")])
}
DOCSTRINGS = {
    path.relative_to(ROOT).as_posix(): "\n".join(
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    )
    for path in sorted(SOURCE.rglob("*.py"))
}


def blocks(text: str, language: str) -> Iterator[str]:
    """Yield the fenced blocks of a page in a language."""
    for block in re.finditer(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield block[1]


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def spans(text: str) -> Iterator[str]:
    """Yield what stands between backticks in the prose of a page."""
    for span in re.finditer(r"(?<!`)`([^`]+)`", prose(text)):
        yield " ".join(span[1].replace("\\|", "|").split())


def shell_lines(text: str) -> list[list[str]]:
    """Return the `geomap` commands of a page's shell blocks and examples, in order, as words.

    What stands before a pipe, and a file that the output goes to, are left out.
    """
    lines = [line for block in blocks(text, "sh") for line in block.replace("\\\n", "").split("\n")]
    lines += re.findall(r"^Example: (.*)", text, re.MULTILINE)
    parts = [part for line in lines for part in re.split(r" \| | && ", line)]
    words = [shlex.split(part, comments=True) for part in parts]
    return [
        one[1 : one.index(">") if ">" in one else None] for one in words if one[:1] == ["geomap"]
    ]


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that a line names and the words after its name.

    Raises
    ------
    KeyError
        When there is no such command.
    """
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    return command, words


def options_of(command: Any) -> set[str]:
    """Return every option of a command, or of all commands of a group."""
    own = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    nested = getattr(command, "commands", {}).values()
    return own.union({"--help"}, *map(options_of, nested))


def slugs(text: str) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
