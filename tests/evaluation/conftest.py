"""Small annotated corpora, written as a person writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from geomap.evaluation import DocumentResult, answers_of, compare, gold_documents, lines_of

Document = dict[str, Any]
Compare = Callable[[Sequence[Document], Sequence[Document]], list[DocumentResult]]


def written(documents: Sequence[Document]) -> str:
    """Return documents as the text of a file."""
    return "".join(json.dumps(one) + "\n" for one in documents)


@pytest.fixture
def compared() -> Compare:
    """Return a function that compares predicted with annotated documents, read from text."""
    return compare_written


def compare_written(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> list[DocumentResult]:
    """Return the result of each document, in the order of `gold`."""
    documents = gold_documents(lines_of(written(gold), "gold.jsonl"), "gold.jsonl")
    answers = answers_of(lines_of(written(predicted), "pred.jsonl"), documents)
    return [compare(document, answers.get(document.key, ())) for document in documents]
