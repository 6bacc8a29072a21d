"""What one room calls of another documents its parameters, and rooms share no module names."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geomap

SOURCE = Path(geomap.__file__).parent
WANTED_SHARE = 0.9
"""Share of the functions and methods used across rooms that document all their parameters."""

UNFINISHED = frozenset(
    {"dashboard", "cli", "basemap", "dates", "evaluation", "exports", "gazetteer", "geoparse"}
    | {
        "incidents",
        "ingest",
        "layouts",
        "maps",
        "raw_table",
        "readers",
        "sharing",
        "snapshot",
    }
    | {"symbology"}
)
"""Rooms that do not reach that share yet; the others must."""

SAME_NAME = {name: ("cli", name) for name in ("geoparse", "ingest", "snapshot")}
"""Names that several rooms may have: a command's module is named after the room that it calls."""

Definition = tuple[str, str]
"""A module and the name of a function or class in it."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return the parsed modules of the product by their dotted names."""
    trees = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        trees[name] = ast.parse(path.read_text("utf-8"))
    return trees


def room_of(module: str) -> str:
    """Return the room of a module: the first name after the package's own."""
    return f"{module}.".split(".")[1]


def imports(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Yield module, name and alias of each name that is imported from the product."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("geomap"):
            for name in node.names:
                yield node.module or "", name.name, name.asname or name.name


@cache
def definitions() -> dict[Definition, ast.FunctionDef | ast.ClassDef]:
    """Return each function and class of the product; an exported one also under its door."""
    found: dict[Definition, ast.FunctionDef | ast.ClassDef] = {
        (module, node.name): node
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for module, tree in modules().items():
        for source, name, alias in imports(tree):
            if (source, name) in found and module in source:
                found[module, alias] = found[source, name]
    return found


def used_across_rooms() -> dict[ast.FunctionDef | ast.ClassDef, str]:
    """Return the functions and classes that a module of another room uses, with their room."""
    used = {}
    for module, tree in modules().items():
        room, aliases = room_of(module), {}
        names = []
        for source, name, alias in imports(tree):
            names.append((source, name))
            aliases[alias] = f"{source}.{name}"
        names += [
            (aliases.get(node.value.id, ""), node.attr)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        ]
        for source, name in names:
            if (source, name) in definitions() and room_of(source) != room:
                used[definitions()[source, name]] = room_of(source)
    return used


def methods_of(node: ast.FunctionDef | ast.ClassDef) -> list[ast.FunctionDef]:
    """Return a function itself; of a class its public methods, properties left out."""
    if isinstance(node, ast.FunctionDef):
        return [node]
    return [
        part
        for part in node.body
        if isinstance(part, ast.FunctionDef)
        and not part.name.startswith("_")
        and not any("property" in ast.unparse(decorator) for decorator in part.decorator_list)
    ]


def undocumented(function: ast.FunctionDef) -> list[str] | None:
    """Return the parameters that a docstring leaves out; None for a function without any."""
    arguments = function.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    names = [name for name in names if name not in {"self", "cls"} and not name.startswith("_")]
    if not names:
        return None
    _, _, section = (ast.get_docstring(function) or "").partition("Parameters\n----------\n")
    section = re.split(r"\n\n(?=\S+\n---)", section)[0]
    described = {
        word for line in re.findall(r"^\S.*", section, re.MULTILINE) for word in line.split(", ")
    }
    return [name for name in names if name not in described]


def test_functions_used_across_rooms_document_their_parameters() -> None:
    """Whoever calls a function of another room learns units, axis order and columns from it."""
    total: dict[str, int] = defaultdict(int)
    lacking: dict[str, list[str]] = defaultdict(list)
    for node, room in used_across_rooms().items():
        for function in methods_of(node):
            names = undocumented(function)
            total[room] += names is not None
            if names:
                lacking[room].append(f"{room}: {function.name} ({', '.join(names)})")

    assert sum(total.values()) > 150, "the walk finds the functions"
    for room in sorted(set(total) - UNFINISHED):
        documented = total[room] - len(lacking[room])
        assert documented >= WANTED_SHARE * total[room], "\n".join(lacking[room])


def test_modules_of_different_rooms_have_different_names() -> None:
    """A search for a name leads to one module, not to four that mean something else."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        if "." in module and not module.endswith("__main__"):
            rooms[module.rpartition(".")[2]].add(room_of(module))
    shared = {name: tuple(sorted(found)) for name, found in rooms.items() if len(found) > 1}

    assert shared == SAME_NAME
