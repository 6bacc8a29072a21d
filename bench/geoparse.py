"""How fast an article is read: places, dates and incidents, warm, against the reading alone.

The sample articles are read over and over; the article kept outside the project is measured
too where it is there. The baseline is a plain walk over the words with the same name
index: what it costs to look at a text at all.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bench.table import Table, milliseconds
from geomap import paths
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.geoparse import geoparse
from geomap.incidents import read_article
from geomap.model import Article
from geomap.sources.articles import read_articles

SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"


def articles() -> list[tuple[str, Article]]:
    """Return the articles to measure, each with a label."""
    files = sorted((paths.sample_dir() / "articles").glob("*.md"))[:3] + sorted(SEED.glob("*.txt"))
    return [(path.stem[:32], article) for path in files for article in read_articles(path)]


def walk(article: Article, gazetteer: Gazetteer) -> int:
    """Ask for the longest name at each word: the baseline."""
    words = article.text.split()
    return sum(gazetteer.longest(words, start) for start in range(len(words)))


def run() -> Table:
    """Measure and return the table."""
    gazetteer = open_gazetteer()
    rows: list[tuple[str | int | float, ...]] = []
    for label, article in articles():
        base, _ = milliseconds(partial(walk, article, gazetteer), runs=9)
        places, _ = milliseconds(partial(geoparse, article, gazetteer), runs=9)
        whole, worst = milliseconds(partial(read_article, article, gazetteer), runs=9)
        rows.append((label, len(article.text), base, places, whole, worst, whole / base))
    columns = ("article", "letters", "walk ms", "places+dates ms", "all ms", "worst ms", "ratio")
    return Table("one article, warm", columns, tuple(rows))
