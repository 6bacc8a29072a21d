"""What holds for every text: offsets, determinism, and that no text stops the reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.geoparse import geoparse, place_spans
from geomap.geoparse.data_tables import FEATURES
from geomap.geoparse.geoparser import names_of
from geomap.geoparse.ranker import weights
from geomap.model import Article

PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["Paris", "Texas", ", ", ". ", "\n", " in ", "the ", "University of ", "Gulf of Aden",
         "Cox's Bazar", "U.S.", "Calif.", "“Baku”", "Баку", "Bakıda", "Երևանում", "'s ", "-",
         " road ", "Russian ", "AP) — ", "KYIV, ", "3 May 2021 ", "Republic of ", "MOSCOW "]
    ),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@pytest.fixture(scope="module")
def every() -> Gazetteer:
    """Return the whole world."""
    return open_gazetteer()


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, use_model=st.booleans())
def test_offsets_lead_back_to_any_text(text: str, every: Gazetteer, *, use_model: bool) -> None:
    """Marks and evidence stand on offsets: in bounds, in order, and the very words."""
    parsed = geoparse(Article("a", text), every, use_model=use_model)

    for track in (parsed.toponyms, parsed.demonyms):
        spans = [(t.start_char, t.end_char) for t in track]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[t.start_char : t.end_char] == t.text for t in track)
        assert all(0 <= t.score <= 1 for t in track)
        assert all(t.place is not None or not t.is_sure for t in track if t.kind != "road")


@settings(max_examples=40, deadline=None)
@given(text=TEXTS, between=st.lists(TEXTS, max_size=3))
def test_an_answer_does_not_depend_on_texts_read_before(
    text: str, between: list[str], every: Gazetteer
) -> None:
    """A file read alone and the same file in a batch give one map."""
    first = geoparse(Article("a", text), every)
    for other in (*between, text.lower(), text.upper()):
        geoparse(Article("b", other), every)

    assert geoparse(Article("a", text), every) == first
    names_of.cache_clear()
    assert geoparse(Article("a", text), every) == first


@settings(max_examples=60, deadline=None)
@given(data=st.data(), text=TEXTS.filter(bool))
def test_place_spans_answers_every_span_in_order(
    data: st.DataObject, text: str, every: Gazetteer
) -> None:
    """Whoever marks spans gets one answer for each, overlapping and repeated ones as well."""
    ends = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    spans = data.draw(st.lists(ends, max_size=6))

    found = place_spans(Article("a", text), spans, every)

    assert [t.start_char for t in found] == [start for start, _ in spans]
    assert all(text.startswith(t.text, t.start_char) for t in found)


HOSTILE = {
    "no spaces": "a" * 100_000,
    "capitals without spaces": "A" * 100_000,
    "commas": "," * 10_000,
    "names and commas": "Baku," * 2_000,
    "capitals": "THE PRESIDENT OF FRANCE WENT TO PARIS " * 500,
    "one name": "PARIS " * 4_000,
    "one name in another script": "Баку " * 4_000,
    "hyphens": "A-" * 10_000,
    "initials": "A." * 10_000,
    "roads": "road between Paris and Lyon " * 600,
    "heads": "University of " * 2_000,
    "new lines": "\n" * 50_000,
    "NULs": "\0" * 1_000 + "Baku\0Paris",
    "half pairs": "A fire in \ud800 Baku\udfff, near Sumgait\ud83d, killed two.",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("use_model", [True, False])
def test_no_text_stops_the_reading(name: str, every: Gazetteer, *, use_model: bool) -> None:
    """An upload may hold anything; a page of it must not hang or break the rest."""
    text = HOSTILE[name]

    parsed = geoparse(Article("a", text, publisher=text[:60]), every, use_model=use_model)

    assert all(text[t.start_char : t.end_char] == t.text for t in parsed.toponyms)


def test_names_beside_half_a_pair_are_still_found(every: Gazetteer) -> None:
    """One broken letter costs at most the word it stands in."""
    parsed = geoparse(Article("a", HOSTILE["half pairs"]), every)

    assert [t.text for t in parsed.toponyms] == ["Baku", "Sumgait"]


def test_one_unknown_name_never_empties_a_document(every: Gazetteer) -> None:
    """The other names of the text are placed as if it were not there."""
    text = "Gunmen fought in Goma, near Qwertyxville, in Bukavu and in Kigali."
    found = {t.text: t for t in geoparse(Article("a", text), every).toponyms}

    assert all(found[name].place is not None for name in ("Goma", "Bukavu", "Kigali"))
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Qwertyxville", "Goma")]
    unknown, goma = place_spans(Article("a", text), spans, every)
    assert (unknown.place, unknown.score) == (None, 0.0)
    assert "no place of this name is known" in unknown.reason
    assert goma.place is not None


def test_the_publishers_home_speaks_as_loud_as_its_weight(every: Gazetteer) -> None:
    """Of towns of one name, a paper's neighbours gain; how much is for the table to say."""
    text = "A shop burned down in Rochester on Friday."
    second = weights().second.copy()
    second[FEATURES.index("near the publisher")] = 3.0
    own = replace(weights(), second=second)

    def chance(publisher: str | None) -> float:
        parsed = geoparse(Article("a", text, publisher=publisher), every, own=own)
        listed = {c.place_id: c.score for c in parsed.toponyms[0].candidates}
        return listed.get("gn:5043473", 0.0)

    assert chance("Minneapolis Star") > chance(None) > chance("London Herald")


def test_the_day_of_publication_chooses_the_version(every: Gazetteer) -> None:
    """A zone that was there in 2023 is not there in 2024, and the reader is told."""
    text = "Mining went on in the area of Russian peacekeepers' temporary deployment in Azerbaijan."

    def reasons(day: date) -> str:
        parsed = geoparse(Article("a", text, published=day), every)
        return " ".join(t.reason for t in parsed.toponyms)

    assert "not in force" not in reasons(date(2023, 3, 1))
    assert "not in force on 2025-03-01" in reasons(date(2025, 3, 1))
