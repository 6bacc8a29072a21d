"""How tests of incidents read a short text of their own."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.incidents import read_article
from geomap.model import Article, GeoparsedArticle

Read = Callable[..., GeoparsedArticle]
# The benchmark's scorer is tested too; it lies beside the package, not in it.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

PUBLISHED = date(2023, 6, 14)  # a Wednesday


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return all layers, as an article from anywhere needs them."""
    return open_gazetteer()


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Read:
    """Return a function that reads a text published on Wednesday 14 June 2023."""

    def read_text(text: str, *, published: date | None = PUBLISHED) -> GeoparsedArticle:
        article = Article("0123456789abcdef0123", text, published=published, publisher="Test desk")
        return read_article(article, gazetteer)

    return read_text
