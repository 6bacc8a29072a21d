"""Train the geoparser, and measure it by cross-validation.

    python tools/train_geoparser.py CORPUS.jsonl... [--folds 5] [--write]

Each document is put into a fold by its place in a list that was shuffled with a fixed seed. For
each fold a tagger and a ranker are made from the other folds alone; the figures of a corpus are
those of its documents, each read by the models that never saw it. Within the training folds the
ranker learns from the output of taggers that had not seen the document (two inner halves), so
that it sees the uncertainty of the recogniser as it is in use. `--write` then trains on all and
writes `src/geomap/geoparse/data/recogniser.crfsuite` and `ranker.tsv`.

The corpora are not part of the project; docs/model-card.md lists those that were used.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from geomap.evaluation import (
    GoldDocument,
    Mark,
    compare,
    figures_of,
    figures_table,
    gold_documents,
    lines_of,
)
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.place_index import KINDS
from geomap.geo.distance import great_circle_km
from geomap.geoparse.data_tables import FEATURES, STATIC
from geomap.geoparse.evidence import Sense, document_evidence, local_evidence
from geomap.geoparse.geoparser import geoparse, names_of, place_spans
from geomap.geoparse.ranker import Weights, chances, write_weights
from geomap.geoparse.reading import NameInText, Reading, read_text
from geomap.geoparse.recogniser import by_model
from geomap.geoparse.resolver import best_place_of, resolve
from geomap.geoparse.senses import senses_of
from geomap.geoparse.token_features import features
from geomap.json_shapes import spans_shape
from geomap.model import Article, Toponym, ToponymKind

DATA = Path(__file__).parents[1] / "src/geomap/geoparse/data"
SEED = 20261125
CRF = {"c1": 0.1, "c2": 0.3, "max_iterations": 150, "feature.minfreq": 1,
       "feature.possible_transitions": True}  # fmt: skip
RIDGE, STEPS = 2.0, 400
CURATED_BONUS = 2.5
# No corpus states the homes of its publishers, so the weight of a home is set by hand as well.
PUBLISHER_BONUS = {"near the publisher": 1.5, "country of the publisher": 0.5}
RIGHT_KM = 161.0
WANTED_PRECISION = 0.955


@dataclass
class Document:
    """One gold document on its way through training."""

    corpus: str
    gold: GoldDocument
    fold: int
    marks: tuple[Mark, ...] = ()
    mentions: list[NameInText] = field(default_factory=list)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer that is opened once a process."""
    return open_gazetteer()


@lru_cache(maxsize=4096)
def reading_of(text: str) -> Reading:
    """Return the words of a text."""
    return read_text(text, gazetteer())


def load(paths: Sequence[str], folds: int) -> list[Document]:
    """Return the documents of the corpora, each with its fold."""
    documents = []
    for path in paths:
        text = Path(path).read_text("utf-8")
        gold = list(gold_documents(lines_of(text, path), path))
        random.Random(SEED).shuffle(gold)  # noqa: S311 - folds, no secret
        documents += [
            Document(Path(path).stem, one, number % folds, _first_marks(one))
            for number, one in enumerate(gold)
        ]
    return documents


def _first_marks(gold: GoldDocument) -> tuple[Mark, ...]:
    """Return the marks left to right without those that overlap an earlier one."""
    kept: list[Mark] = []
    for mark in sorted(gold.marks, key=lambda mark: mark.span):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def labels_of(reading: Reading, marks: Sequence[Mark]) -> list[str]:
    """Return a label for each word: B-L, I-L for a name, B-D for a word for people, O."""
    tokens = reading.tokens
    labels = ["O"] * len(tokens)
    for mark in marks:
        inside = [i for i, t in enumerate(tokens) if t.start < mark.end and mark.start < t.end]
        if not inside:
            continue
        people = len(inside) == 1 and reading.gazetteer.demonym(tokens[inside[0]].text)
        kind = "D" if people else "L"
        for i in inside:
            labels[i] = f"{'B' if i == inside[0] else 'I'}-{kind}"
    return labels


def train_tagger(documents: Sequence[Document], path: Path) -> None:
    """Write a tagger made from these documents."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        reading = reading_of(document.gold.text)
        rows, labels = features(reading), labels_of(reading, document.marks)
        starts = [i for i, t in enumerate(reading.tokens) if t.first or i == 0]
        for begin, end in zip(starts, [*starts[1:], len(labels)], strict=True):
            trainer.append(rows[begin:end], labels[begin:end])
    trainer.set_params(CRF)
    trainer.train(str(path))


def open_tagger(path: Path) -> Any:
    """Return a tagger that `train_tagger` wrote."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def find(documents: Sequence[Document], path: Path) -> None:
    """Set the mentions that a tagger finds in documents that it has not seen."""
    tagger = open_tagger(path)
    for document in documents:
        document.mentions = by_model(reading_of(document.gold.text), tagger)


def is_right(mark: Mark, sense: Sense) -> np.ndarray:
    """Return which places of a sense are right for a mark, areas by kind and country."""
    options = sense.options
    at = mark.position
    right = np.zeros(len(options), bool)
    if at is not None:
        right = great_circle_km(options.lon, options.lat, at[1], at[0]) <= RIGHT_KM
    kind, _, country = (mark.area or "").partition(":")
    if kind in {"country", "admin1", "continent"}:
        same = options.kind == KINDS.index(ToponymKind(kind))
        if kind != "continent":
            same &= options.country == ord(country[0]) * 256 + ord(country[1])
        right |= same
    return right


@dataclass
class Example:
    """One sense with the gold of its mentions: the right places, and the number of mentions."""

    document: int
    sense: Sense
    local: np.ndarray
    right: np.ndarray
    weight: float


def examples_of(documents: Sequence[Document]) -> tuple[list[Example], list[list[Sense]]]:
    """Return the senses of gold and of wrongly found mentions, and all senses by document."""
    made: list[Example] = []
    every: list[list[Sense]] = []
    for number, document in enumerate(documents):
        mentions, marks = _with_gold(document)
        reading = reading_of(document.gold.text)
        senses, number_of = senses_of(
            document.gold.text, mentions, names_of(gazetteer()), None, reading.dateline_end
        )
        local = local_evidence(senses)
        every.append(senses)
        by_sense: dict[int, list[Mark | None]] = defaultdict(list)
        for mark, number_in_text in zip(marks, number_of, strict=True):
            if mark is None or mark.position is not None:
                by_sense[number_in_text].append(mark)
        for at, told in by_sense.items():
            sense = senses[at]
            if not len(sense.options):
                continue
            votes = sum(
                (is_right(m, sense).astype(float) for m in told if m is not None),
                np.zeros(len(sense.options)),
            )
            made.append(
                Example(number, sense, local[at], votes >= max(len(told) / 2, 0.5),
                        len(told) ** 0.5)
            )  # fmt: skip
    return made, every


def _with_gold(document: Document) -> tuple[list[NameInText], list[Mark | None]]:
    """Return gold mentions with the tagger's chance for them, and mentions that are not gold."""
    pairs: list[tuple[NameInText, Mark | None]] = []
    ignored = document.gold.ignored
    for mark in document.marks:
        found = [m for m in document.mentions if m.start < mark.end and mark.start < m.end]
        chance = max((m.chance for m in found), default=1.0)
        people = gazetteer().demonym(document.gold.text[mark.start : mark.end]) is not None
        pairs.append((NameInText(mark.start, mark.end, chance, people), mark))
    for mention in document.mentions:
        spans = [*(m.span for m in document.marks), *ignored]
        if not any(mention.start < end and start < mention.end for start, end in spans):
            pairs.append((mention, None))
    pairs.sort(key=lambda pair: pair[0].start)
    return [mention for mention, _ in pairs], [mark for _, mark in pairs]


def fit(
    tables: Sequence[np.ndarray], examples: Sequence[Example]
) -> tuple[np.ndarray, float, float]:
    """Return the weights of features, of "none" and of doubt: a ridge logit by gradient steps."""
    sizes = np.array([len(table) for table in tables])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(tables)), sizes)
    rows = np.vstack(tables)
    right = np.concatenate([example.right for example in examples]).astype(float)
    weight = np.array([example.weight for example in examples])
    any_right = np.array([bool(example.right.any()) for example in examples])
    doubt = np.array([example.sense.doubt for example in examples])
    width = rows.shape[1]
    theta, first, second = np.zeros(width + 2), np.zeros(width + 2), np.zeros(width + 2)
    for step in range(1, STEPS + 1):
        scores, none = rows @ theta[:width], theta[width] + theta[width + 1] * doubt
        top = np.maximum(np.maximum.reduceat(scores, starts), none)
        grown, alone = np.exp(scores - top[owner]), np.exp(none - top)
        total = np.add.reduceat(grown, starts) + alone
        chance, chance_none = grown / total[owner], alone / total
        mass = np.add.reduceat(chance * right, starts)
        target = np.where(any_right[owner], chance * right / np.maximum(mass, 1e-12)[owner], 0.0)
        miss = np.where(any_right, 0.0, 1.0) - chance_none
        slope = np.concatenate(
            [rows.T @ ((target - chance) * weight[owner]),
             [(miss * weight).sum(), (miss * weight * doubt).sum()]]
        )  # fmt: skip
        slope = (slope - RIDGE * theta) / len(tables)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        rate = 0.15 * (1 - step / STEPS) + 0.005
        corrected = first / (1 - 0.9**step)
        theta = theta + rate * corrected / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return theta[:width], float(theta[width]), float(theta[width + 1])


def train_ranker(documents: Sequence[Document]) -> Weights:
    """Return the weights of both looks; the calibration is still neutral."""
    examples, every = examples_of(documents)
    tables = [np.hstack([e.sense.options.static, e.local]) for e in examples]
    first, none, doubt = fit(tables, examples)
    for senses in every:
        for sense, local in zip(senses, local_evidence(senses), strict=True):
            table = np.hstack([sense.options.static, local])
            sense.chances = chances(table, first, none + doubt * sense.doubt)
    told = {}
    for number, senses in enumerate(every):
        for sense, table in zip(senses, document_evidence(senses, None), strict=True):
            told[number, id(sense)] = table
    whole = [
        np.hstack([table, told[e.document, id(e.sense)]])
        for table, e in zip(tables, examples, strict=True)
    ]
    second, none_2, doubt_2 = fit(whole, examples)
    # The corpora have too few curated places to learn from: they come first by rule.
    curated = STATIC.index("curated")
    first[curated] = second[curated] = CURATED_BONUS
    for name, bonus in PUBLISHER_BONUS.items():
        second[FEATURES.index(name)] = bonus
    return Weights(first, second, (none, none_2), (doubt, doubt_2), 1.0, 0.0, 0.5)


def calibrate(rows: Sequence[tuple[float, bool]], own: Weights) -> Weights:
    """Return the weights with a Platt line and a threshold fitted to (chance, right) pairs."""
    chance = np.clip(np.array([c for c, _ in rows]), 1e-6, 1 - 1e-6)
    right = np.array([float(ok) for _, ok in rows])
    logit = np.log(chance / (1 - chance))
    design = np.stack([logit, np.ones_like(logit)], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ line))
        bend = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        line = line + np.linalg.solve(bend, design.T @ (right - p))
    score = 1 / (1 + np.exp(-design @ line))
    order = np.argsort(-score)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(precision >= WANTED_PRECISION)[0]
    threshold = float(score[order][enough.max()]) if len(enough) else 0.99
    return Weights(own.first, own.second, own.none, own.doubt, float(line[0]), float(line[1]),
                   round(threshold, 3))  # fmt: skip


def answers(documents: Sequence[Document], own: Weights) -> list[tuple[float, bool]]:
    """Return, for each gold span with a position, the winner's chance and whether it is right."""
    rows = []
    for document in documents:
        text = document.gold.text
        mentions = [
            NameInText(m.start, m.end, people=bool(gazetteer().demonym(text[m.start : m.end])))
            for m in document.marks
        ]
        end = reading_of(text).dateline_end
        made = resolve(text, mentions, names_of(gazetteer()), own, dateline_end=end)
        senses, number_of = senses_of(text, mentions, names_of(gazetteer()), None, end)
        for mark, answer, at in zip(document.marks, made.answers, number_of, strict=True):
            if mark.position is None or answer.place is None:
                continue
            winner, chance = best_place_of(made.senses[at])
            rows.append((chance, bool(is_right(mark, senses[at])[winner])))
    return rows


def one_fold(arguments: tuple[list[Document], int, str]) -> tuple[Any, ...]:
    """Train without a fold and read it: spans found, spans given, pairs for the calibration."""
    documents, fold, folder = arguments
    training = [d for d in documents if d.fold != fold]
    tested = [d for d in documents if d.fold == fold]
    for half in (0, 1):
        path = Path(folder) / f"inner-{fold}-{half}"
        seen = [d for i, d in enumerate(training) if i % 2 == half]
        train_tagger(seen, path)
        find([d for i, d in enumerate(training) if i % 2 != half], path)
    path = Path(folder) / f"fold-{fold}"
    train_tagger(training, path)
    own = train_ranker(training)
    own = calibrate(answers(training, own), own)
    (Path(folder) / f"ranker-{fold}.tsv").write_text(write_weights(own), "utf-8")
    tagger = open_tagger(path)
    found = [(d.corpus, d.gold, _read(d, tagger, own)) for d in tested]
    given = [(d.corpus, d.gold, _given(d, own)) for d in tested]
    return fold, found, given, answers(tested, own)


def _read(document: Document, tagger: Any, own: Weights) -> list[Mark]:
    article = Article("", document.gold.text)
    parsed = geoparse(article, gazetteer(), model=tagger, own=own, nested=False)
    return _marks([*parsed.toponyms, *parsed.demonyms])


def _given(document: Document, own: Weights) -> list[Mark]:
    article = Article("", document.gold.text)
    spans = [mark.span for mark in document.marks]
    return _marks(place_spans(article, spans, gazetteer(), own=own))


def _marks(toponyms: Sequence[Toponym]) -> list[Mark]:
    words = ("start", "end", "lat", "lon", "country", "kind", "score")
    shapes = map(spans_shape, toponyms)
    return [Mark(**{word: shape[word] for word in words}) for shape in shapes]


def main() -> None:
    """Run the cross-validation and, when asked, train on all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", default=None, help="a folder to keep the folds' models in")
    given = parser.parse_args()
    begun = time.monotonic()
    documents = load(given.corpora, given.folds)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or temporary
        Path(folder).mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(given.jobs) as pool:
            results = list(pool.map(one_fold, [(documents, f, folder) for f in range(given.folds)]))
    report(results)
    print(f"{time.monotonic() - begun:.0f} s")
    if given.write:
        write(documents, [row for *_, rows in results for row in rows])


def report(results: Sequence[tuple[Any, ...]]) -> None:
    """Print the figures of each corpus, every document read by models that never saw it."""
    for title, column in (("End to end", 1), ("Gold spans", 2)):
        by_corpus: dict[str, list[Any]] = defaultdict(list)
        for result in results:
            for corpus, gold, marks in result[column]:
                by_corpus[corpus].append(compare(gold, marks))
        for corpus, compared in by_corpus.items():
            print(f"\n{title}: {corpus}")
            print("\n".join(figures_table(figures_of(compared))))
    rows = sorted((row for *_, pairs in results for row in pairs), reverse=True)
    right = np.cumsum([ok for _, ok in rows]) / np.arange(1, len(rows) + 1)
    for share in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0):
        at = int(share * len(right)) - 1
        print(f"surest {share:.0%} of answers on gold spans: {right[at]:.3f} right")


def write(documents: Sequence[Document], pairs: Sequence[tuple[float, bool]]) -> None:
    """Train on all documents and write both models."""
    with tempfile.TemporaryDirectory() as folder:
        for half in (0, 1):
            path = Path(folder) / f"half-{half}"
            train_tagger([d for i, d in enumerate(documents) if i % 2 == half], path)
            find([d for i, d in enumerate(documents) if i % 2 != half], path)
    own = calibrate(pairs, train_ranker(documents))
    (DATA / "ranker.tsv").write_text(write_weights(own), "utf-8")
    target = DATA / "recogniser.crfsuite"
    train_tagger(documents, target)
    print(f"recogniser {target.stat().st_size:,} bytes; threshold {own.threshold}")


if __name__ == "__main__":
    main()
