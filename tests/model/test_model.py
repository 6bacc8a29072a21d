"""Rules that the shared records and errors keep."""

from datetime import date

import pytest
from shapely import Point

from geomap.errors import GeomapError, InputError
from geomap.model import DatePrecision, DateSpan, Place, ToponymKind


def test_date_span_refuses_an_end_before_its_start() -> None:
    """A reversed span would be invisible on every day."""
    with pytest.raises(InputError, match="before it starts"):
        DateSpan(date(2022, 12, 12), date(2022, 12, 1), DatePrecision.RANGE)


@pytest.mark.parametrize(
    ("end", "precision"),
    [(None, DatePrecision.DAY), (date(2023, 1, 1), DatePrecision.OPEN)],
)
def test_date_span_has_no_end_exactly_when_it_is_open(
    end: date | None, precision: DatePrecision
) -> None:
    """Precision and missing end together say that an event goes on; they must agree."""
    with pytest.raises(InputError, match="exactly when it is open"):
        DateSpan(date(2022, 12, 12), end, precision)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2020, 11, 9), False),
        (date(2020, 11, 10), True),
        (date(2022, 8, 30), True),
        (date(2022, 8, 31), False),
        (None, True),
    ],
)
def test_place_is_valid_on_both_its_end_days(day: date | None, *, valid: bool) -> None:
    """Both ends of every period are included."""
    zone = Place(
        place_id="zone",
        name="Zone",
        names=(),
        feature_class="L",
        feature_code="AREA",
        kind=ToponymKind.ZONE,
        geometry=Point(46, 40).buffer(0.1),
        uncertainty_km=5,
        country_code=None,
        layer="curated",
        source="test",
        licence="test",
        valid_from=date(2020, 11, 10),
        valid_to=date(2022, 8, 30),
    )

    assert zone.is_valid_on(day) is valid


def test_every_error_of_ours_is_also_the_built_in_it_resembles() -> None:
    """A caller who does not know geomap still catches them."""
    assert issubclass(InputError, GeomapError)
    assert issubclass(InputError, ValueError)
