"""What a page's JSON-LD (schema.org) says of its article: title, publisher, address, day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting")


def facts_of_linked_data(script: str) -> dict[str, str]:
    """Return the facts of the first article that a JSON-LD script describes; {} if there is none.

    A script that is not JSON says nothing: pages often carry broken ones.
    """
    try:
        content = json.loads(script)
    except (ValueError, RecursionError):
        return {}
    for node in _nodes(content):
        kinds = node.get("@type")
        names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        if any(str(name).lower() in _ARTICLES for name in names):
            return _facts(node)
    return {}


def _nodes(content: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(content, list) and depth < 4:
        for item in content:
            yield from _nodes(item, depth + 1)
    elif isinstance(content, dict):
        yield content
        yield from _nodes(content.get("@graph"), depth + 1)


def _facts(node: dict[str, Any]) -> dict[str, str]:
    publisher = node.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    values = {
        "published": node.get("datePublished") or node.get("dateCreated"),
        "title": node.get("headline"),
        "publisher": named,
        "url": node.get("url"),
    }
    return {key: value for key, value in values.items() if isinstance(value, str) and value}
