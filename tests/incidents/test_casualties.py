"""The number of the dead in a clause."""

import pytest

from geomap.incidents.casualties import read_fatalities


@pytest.mark.parametrize(
    ("clause", "killed"),
    [
        ("A blast killed three people and wounded a dozen", 3),
        ("killing at least 12 and injuring 30", 12),
        ("Seventeen people were killed on Monday", 17),
        ("More than 1,200 people have died", 1200),
        ("wounding nine people", None),
        ("No one was killed when shells fell", 0),
        ("the death toll rose to 41", 41),
        ("twenty-two soldiers were killed", 22),
    ],
)
def test_read_fatalities_counts_the_dead_and_never_the_wounded(
    clause: str, killed: int | None
) -> None:
    """A report's casualties come in words and figures; an unstated number is unknown."""
    assert read_fatalities(clause) == killed
