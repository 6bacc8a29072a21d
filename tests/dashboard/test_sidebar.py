"""The words of the filters, and what a page may tell about them."""

from geomap.dashboard.map.callbacks import polygon_of
from geomap.dashboard.map.filter_panel import values_of
from geomap.dashboard.shared import choices
from geomap.dashboard.shared.filter_labels import batch_labels
from geomap.query import NOT_STATED, NumberRange
from geomap.store import Batch
from geomap.vocabulary.criteria import FACETS


def test_every_choice_of_the_map_has_a_label_of_its_own() -> None:
    """Two choices that read alike cannot be told apart."""
    for words in (choices.BOUNDARIES, choices.TILES, choices.COLOURS, choices.DENSITIES):
        assert len({choices.label_of(word) for word in words}) == len(words)


def test_values_of_keeps_words_and_drops_what_no_list_has() -> None:
    """The browser may send anything as a filter."""
    filters = {
        "type": ["Protest", None],
        "status": ["reported", "murky"],
        "precision": None,
        "fatalities": ["2..5"],
        "country": ["Chad"],
    }

    values = values_of(filters)

    assert {name: value for name, value in values.items() if value} == {
        "types": frozenset({"Protest", NOT_STATED}),
        "statuses": frozenset({"reported"}),
        "fatalities": NumberRange(2, 5),
        "countries": frozenset({"Chad"}),
    }
    assert set(values) == {criterion.field for criterion in FACETS}
    assert not any(values_of({"fatalities": ["5..2"]}).values())
    assert not any(values_of({"fatalities": [None, {}]}).values())


def test_polygon_of_takes_a_drawn_area_and_nothing_else() -> None:
    """An area of two corners, or of no numbers, filters nothing."""
    ring = [[46.00004, 39], [47, 39], [46.5, 40], [46.00004, 39]]

    assert polygon_of(ring) == ((46.0, 39.0), (47.0, 39.0), (46.5, 40.0))
    assert polygon_of([[1, 2], [3, 4]]) == ()
    assert polygon_of([[1, 2], [3, 4], [5, 400]]) == ()
    assert polygon_of([["a", "b"], 3]) == ()
    assert polygon_of(None) == ()


def test_batch_labels_tell_imports_of_one_file_name_apart() -> None:
    """A weekly file bears the same name each week, and may come twice on a day."""
    days = (
        "2026-05-03T08:00:00",
        "2026-05-10T08:00:00",
        "2026-05-10T09:00:00",
        "2026-05-11T09:00:00",
    )
    batches = [
        Batch(
            f"b{n}",
            "week\n.csv" if n < 3 else "other.csv",
            "0" * 64,
            "table",
            "own",
            "",
            created=day,
            sequence=n,
        )
        for n, day in enumerate(days)
    ]

    assert batch_labels(reversed(batches)) == {
        "b0": "week .csv, 3 May 2026",
        "b1": "week .csv, 10 May 2026 (1)",
        "b2": "week .csv, 10 May 2026 (2)",
        "b3": "other.csv, 11 May 2026",
    }


def test_every_precision_has_a_label_of_its_own() -> None:
    """Two words that read alike could not be told apart."""
    read = choices.WORDS["precision"]

    assert set(read) == {word for one in FACETS if one.name == "precision" for word in one.words}
    assert len(set(read.values())) == len(read)
