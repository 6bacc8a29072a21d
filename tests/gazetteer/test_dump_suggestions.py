"""Names that no place bears, counted by the country that they are likely in."""

from geomap.gazetteer.dump_suggestions import UnplacedName, suggest_dumps


def test_suggest_dumps_counts_different_names_of_a_country() -> None:
    """A village named ten times is one name to place, in whatever spelling."""
    names = [UnplacedName(name, "ML") for name in ("Bénéna", "BENENA", "Oura", "Benena")]

    (only,) = suggest_dumps(names)

    assert (only.country, only.unplaced_names) == ("ML", 2)
    assert only.examples == ("Bénéna", "Oura")
    assert only.dump is not None
    assert only.dump.endswith("/ML.zip")


def test_suggest_dumps_puts_the_most_useful_dump_first_and_the_unknown_last() -> None:
    """A name whose country is not known is counted, and no dump is made up for it."""
    known = [UnplacedName("Oura", "ML"), UnplacedName("Staryi", "UA"), UnplacedName("Novyi", "UA")]
    unknown = [UnplacedName(name, None) for name in ("Aville", "Bville", "Cville")]

    suggestions = suggest_dumps([*unknown, *known])

    assert [(one.country, one.unplaced_names) for one in suggestions] == [
        ("UA", 2),
        ("ML", 1),
        (None, 3),
    ]
    assert suggestions[-1].dump is None


def test_suggest_dumps_of_no_names_is_empty() -> None:
    """A workspace in which every name was placed needs nothing."""
    assert suggest_dumps([]) == ()
