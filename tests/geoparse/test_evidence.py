"""Evidence for each candidate: shapes, laws, and which name supports which."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer.place_index import KINDS
from geomap.geoparse.candidates import Options
from geomap.geoparse.data_tables import DOCUMENT, LOCAL, STATIC
from geomap.geoparse.evidence import (
    Hint,
    Home,
    Sense,
    containment,
    document_evidence,
    local_evidence,
)
from geomap.geoparse.ranker import rank, weights
from geomap.model import ToponymKind

CITY, ADMIN1, COUNTRY = (
    KINDS.index(kind) for kind in (ToponymKind.CITY, ToponymKind.ADMIN1, ToponymKind.COUNTRY)
)
DEGREES = st.tuples(st.floats(-89, 89), st.floats(-180, 180))
ROWS = st.lists(
    st.tuples(st.floats(-89, 89), st.floats(-180, 180), st.integers(0, 3), st.integers(0, 4),
              st.integers(0, len(KINDS) - 1), st.floats(0, 500)),
    max_size=4,  # as many as are heard as witnesses
)  # fmt: skip


def options(rows: list[tuple[float, float, int, int, int, float]]) -> Options:
    """Return a table of candidates (lat, lon, country, division, kind, radius)."""
    table = np.array(rows, "f8").reshape(-1, 6)
    static = np.zeros((len(rows), len(STATIC)))
    static[:, : table.shape[1]] = table % 3
    return Options(
        "name", table[:, 0], table[:, 1], table[:, 2].astype("i4"), table[:, 3].astype("i4"),
        table[:, 4].astype("i4"), table[:, 5], table[:, 5] * 100, static,
        tuple(range(len(rows))), ("Name",),
    )  # fmt: skip


def documents() -> st.SearchStrategy[list[Sense]]:
    """Return documents of a few names, some of which stand before others."""

    def made(every: list[list[tuple[float, float, int, int, int, float]]]) -> list[Sense]:
        senses = [Sense(f"Name{i}", Hint(located=i % 2 == 0), options(rows))
                  for i, rows in enumerate(every)]  # fmt: skip
        for i in range(1, len(senses), 2):
            senses[i].before.append(i - 1)
        return senses

    return st.lists(ROWS, max_size=5).map(made)


def turned(sense: Sense) -> Sense:
    """Return a sense with its candidates in the opposite order."""
    own = sense.options
    columns = {f.name: getattr(own, f.name)[::-1] for f in fields(own)
               if isinstance(getattr(own, f.name), np.ndarray)}  # fmt: skip
    return replace(sense, options=replace(own, **columns, sources=own.sources[::-1]))


@settings(deadline=None)
@given(documents())
def test_evidence_is_one_row_for_each_candidate(senses: list[Sense]) -> None:
    """The ranker multiplies these tables: a row too many would shift every place after it."""
    rank(senses, Home(0.0, 0.0, 1), weights())
    local, told = local_evidence(senses), document_evidence(senses, None)

    assert [t.shape for t in local] == [(len(s.options), len(LOCAL)) for s in senses]
    assert [t.shape for t in told] == [(len(s.options), len(DOCUMENT)) for s in senses]
    assert all(np.isfinite(t).all() for t in [*local, *told])


@settings(deadline=None)
@given(documents())
def test_the_order_of_candidates_changes_nothing(senses: list[Sense]) -> None:
    """Which layer lists a place first must not decide what a text means."""
    other = [turned(sense) for sense in senses]

    rank(senses, None, weights())
    for sense, mirrored in zip(senses, other, strict=True):
        mirrored.chances = sense.chances[::-1]
    mine = local_evidence(senses), document_evidence(senses, None)
    theirs = local_evidence(other), document_evidence(other, None)

    # Whether a country leads is a comparison of sums: their last digit follows their order.
    heard = [i for i, name in enumerate(DOCUMENT) if name != "its country leads"]
    assert all(np.allclose(a, b[::-1]) for a, b in zip(mine[0], theirs[0], strict=True))
    assert all(
        np.allclose(a[:, heard], b[::-1, heard]) for a, b in zip(mine[1], theirs[1], strict=True)
    )


@settings(deadline=None)
@given(documents(), st.integers(1, 40))
def test_long_documents_are_read_in_parts_with_the_same_result(
    senses: list[Sense], pairs: int
) -> None:
    """A list of a thousand towns must fit into memory and mean what it would at once."""
    rank(senses, None, weights())
    whole = document_evidence(senses, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geomap.geoparse.evidence._MOST_PAIRS", pairs)
        parts = document_evidence(senses, None)

    assert all(np.allclose(one, two) for one, two in zip(whole, parts, strict=True))


def test_containment_follows_country_division_and_nearness() -> None:
    """A town lies in its state and its country; a country lies in no state."""
    inner = options([(30, -95, 1, 2, CITY, 0), (48, 2, 2, 3, CITY, 0), (30, -95, 1, 0, COUNTRY, 0)])
    outer = options([(31, -99, 1, 2, ADMIN1, 500), (46, 2, 2, 0, COUNTRY, 500)])

    how = containment(inner, outer)

    assert how["division"].tolist() == [[True, False], [False, False], [False, False]]
    assert how["country"].tolist() == [[False, False], [False, True], [False, False]]
    assert not how["near"].any()


def test_a_container_that_fits_one_speaks_against_the_others() -> None:
    """Of two towns of a name the one in the state named after it is meant."""
    town = Sense("Town", Hint(container="State"),
                 options([(30, -95, 1, 2, CITY, 0), (48, 2, 2, 3, CITY, 0)]))  # fmt: skip
    state = Sense("State", Hint(), options([(31, -99, 1, 2, ADMIN1, 500)]), before=[0])

    table, _ = local_evidence([town, state])

    assert table[:, LOCAL.index("in the division named after it")].tolist() == [1, 0]
    assert table[:, LOCAL.index("not in what is named after it")].tolist() == [0, 1]
