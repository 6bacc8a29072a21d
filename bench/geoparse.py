"""Speed of geoparsing: documents a second on one core, warm, and a cold start.

The documents are the sample articles and, if present, the one kept outside the project,
read repeatedly. The baseline in the same run is the plain longest match: at each word
the longest name in the gazetteer, and of the places with that name the largest; it
finds no dates, uses no context and gives no reasons.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.table import Table
from geomap import paths
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.world import index_folder
from geomap.geoparse import geoparse
from geomap.incidents import read_article
from geomap.model import Article
from geomap.readers.article_files import read_articles

SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "articles"
ROUNDS, STARTS = 15, 7
_SHORT_CHARS, _TIMES = 60_000, 8
_SHORT = "A fire in Baku killed two people on Monday, officials in Tbilisi said."


def articles() -> list[Article]:
    """Return the articles to measure."""
    files = sorted((paths.sample_dir() / "articles").glob("*.md")) + sorted(SEED.glob("*.txt"))
    return [article for path in files for article in read_articles(path)]


def longest_match(article: Article, gazetteer: Gazetteer) -> int:
    """Place the longest name at each capitalised word: the baseline."""
    words = article.text.split()
    found = start = 0
    while start < len(words):
        count = gazetteer.longest(words, start) if words[start][:1].isupper() else 0
        if count:
            found += len(gazetteer.find(" ".join(words[start : start + count]), limit=1))
        start += max(count, 1)
    return found


def rate(read: Callable[[Article], object], texts: Sequence[Article]) -> float:
    """Return documents a second: the median round, after one that is not counted."""
    rounds = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        for article in texts:
            read(article)
        rounds.append(len(texts) / (time.perf_counter() - begun))
    return statistics.median(rounds[1:])


def growth(texts: Sequence[Article], gazetteer: Gazetteer) -> float:
    """Return how many times as long eight times the text takes, as a share of eight.

    The text is the articles one behind the other; reading is in proportion where it is 1.
    """
    whole = "\n\n".join(article.text for article in texts)
    short = replace(texts[0], text=(whole * (_SHORT_CHARS // len(whole) + 1))[:_SHORT_CHARS])
    long = replace(short, text=short.text * _TIMES)
    seconds = []
    for article in (short, short, long):  # the first fills the caches
        begun = time.perf_counter()
        read_article(article, gazetteer)
        seconds.append(time.perf_counter() - begun)
    return seconds[2] / seconds[1] / _TIMES


def cold_start() -> tuple[float, float]:
    """Return median and worst seconds of `geomap geoparse` of one short text, whole process."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "short.txt"
        text.write_text(_SHORT, "utf-8")
        command = [sys.executable, "-m", "geomap", "geoparse", str(text), "--json", "--quiet"]
        times = []
        for _ in range(STARTS + 1):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - begun)
    return statistics.median(times[1:]), max(times[1:])


def run() -> Table:
    """Measure and return the table."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else None
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    try:
        return _measured()
    finally:
        if cores:
            os.sched_setaffinity(0, cores)


def _measured() -> Table:
    gazetteer = open_gazetteer()
    texts = articles()
    base = rate(partial(longest_match, gazetteer=gazetteer), texts)
    rules = rate(partial(geoparse, gazetteer=gazetteer, use_model=False), texts)
    places = rate(partial(geoparse, gazetteer=gazetteer), texts)
    whole = rate(partial(read_article, gazetteer=gazetteer), texts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median, worst = cold_start()
    disk = sum(file.stat().st_size for file in index_folder().iterdir()) / 1e6
    letters = sum(len(article.text) for article in texts) / len(texts)
    rows = (
        ("plain longest match", base, "documents a second", 1.0),
        ("places and dates, rules alone", rules, "documents a second", rules / base),
        ("places and dates, with the model", places, "documents a second", places / base),
        ("the same with incidents", whole, "documents a second", whole / base),
        ("eight times the text", growth(texts, gazetteer), "of eight times as long", ""),
        ("cold start, whole process", median, f"seconds (worst {worst:.2f})", ""),
        ("index on disk", disk, "MB", ""),
        ("memory of this process", memory, "MB at most", ""),
    )
    title = f"{len(texts)} articles of {letters:.0f} letters, one core, warm"
    return Table(title, ("what", "figure", "unit", "of the baseline"), rows)
