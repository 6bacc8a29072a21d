"""Write docs/commands.md: every command with its arguments and options.

Usage: python tools/write_commands.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from geomap.cli.app import app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
_HEAD = """# Commands and options

*Written by `tools/write_commands.py` from the commands themselves: change their help there.*

[cli.md](cli.md) shows how the commands are used and what `--json` prints.
"""
_TABLE = "| option | what it does | default |\n|---|---|---|\n"


def commands(group: Any = None, prefix: str = "geomap") -> Iterator[tuple[str, Any]]:
    """Yield the full name of each command and the command itself, groups left out."""
    root: Any = group or typer.main.get_command(app)
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def page() -> str:
    """Return the page as Markdown."""
    named = list(commands())
    shared = set.intersection(*(set(map(_row, _options(command))) for _, command in named))
    first = [row for row in map(_row, _options(named[0][1])) if row in shared]
    sections = [f"\n## Every command\n\n{_TABLE}{''.join(first)}"]
    return _HEAD + "".join(sections + [_section(*pair, shared) for pair in named])


def _section(name: str, command: Any, shared: set[str]) -> str:
    arguments = [one for one in command.params if not _is_option(one)]
    usage = " ".join([name, *(one.metavar or one.name.upper() for one in arguments)])
    rows = [f"| `{one.metavar or one.name.upper()}` | {one.help} | |\n" for one in arguments]
    rows += [row for row in map(_row, _options(command)) if row not in shared]
    table = f"\n{_TABLE}{''.join(rows)}" if rows else ""
    return f"\n## {usage}\n\n{command.help.strip()}\n\n{command.epilog}\n{table}".replace(
        command.epilog, f"`{command.epilog.removeprefix('Example: ')}`"
    )


def _is_option(parameter: Any) -> bool:
    return any(name.startswith("-") for name in parameter.opts)


def _options(command: Any) -> list[Any]:
    return [one for one in command.params if _is_option(one)]


def _row(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = f" {option.metavar}" if option.metavar else ""
    is_plain = option.default in (None, False, "") or option.secondary_opts or option.required
    default = "required" if option.required else "" if is_plain else f"`{option.default}`"
    return f"| {names}{value} | {option.help} | {default} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
