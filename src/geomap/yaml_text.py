"""YAML that people write: lists, mappings, texts, numbers, truths and days, nothing else.

Tags, which can stand for objects of a program, are refused before anything is made of them,
and so are aliases of which a few lines stand for gigabytes.
"""

from __future__ import annotations

from typing import Any

import yaml

from geomap.errors import InputError

_DIGITS = 40  # longer numbers are no codes, days or distances, and take long to convert
_MOST_VALUES = 1_000_000  # with every alias written out; a text of 1 MB holds fewer without


class _Refused(yaml.MarkedYAMLError):
    """YAML that is well formed and not read all the same."""


class _Reader(yaml.SafeLoader):
    """The safe loader of PyYAML without tags, bombs of aliases and endless numbers."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "tag", None) is not None:
            raise _Refused(problem="a tag (!name)", problem_mark=event.start_mark)
        node: Any = super().compose_node(parent, index)
        is_number = node.tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
        if is_number and len(node.value) > _DIGITS:
            raise _Refused(problem="an endless number", problem_mark=node.start_mark)
        return node

    def get_single_node(self) -> Any:
        node = super().get_single_node()
        if node is not None:
            _count(node, {})
        return node


def _count(node: yaml.Node, counts: dict[int, int]) -> int:
    """Return how many values a node holds with its aliases written out."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in counts:
        counts[id(node)] = _MOST_VALUES  # what holds itself has no end
        pairs = isinstance(node, yaml.MappingNode)
        inner = [one for pair in node.value for one in pair] if pairs else node.value
        counts[id(node)] = 1 + sum(_count(one, counts) for one in inner)
    if counts[id(node)] > _MOST_VALUES:
        problem = "aliases (*name) that stand for too many values"
        raise _Refused(problem=problem, problem_mark=node.start_mark)
    return counts[id(node)]


def read_yaml(text: str, name: str) -> Any:
    """Return what a YAML text holds; None when it holds nothing.

    Parameters
    ----------
    text, name
        The text, and what to call it in a message.

    Raises
    ------
    InputError
        When it is not YAML, or has a tag, a number of more than 40 digits, or aliases that
        stand for more than a million values.
    """
    try:
        reader = _Reader(text)
        try:
            return reader.get_single_data()
        finally:
            reader.dispose()
    except _Refused as error:
        message = (
            f"{name} has {error.problem}{_where(error)}, which geomap does not read; write the "
            "plain value there."
        )
        raise InputError(message) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        # ValueError: a day that there is not, such as 2024-02-31
        message = f"{name} is not YAML{_where(error)}; check its indents, colons and days."
        raise InputError(message) from error


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (line {mark.line + 1})" if mark is not None else ""
