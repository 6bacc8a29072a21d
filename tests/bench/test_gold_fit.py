"""What counts as the right day, place, type and status."""

from typing import Any

import pytest

from bench import gold_fit as fit

GOMA: dict[str, Any] = {
    "name": "Goma", "lat": -1.674, "lon": 29.228, "country": "CD", "kind": "city",
    "relation": None, "radius_km": 10,
}  # fmt: skip
SAKE = GOMA | {"name": "Sake", "lat": -1.574, "lon": 29.043}
PROVINCE = {"name": "North Kivu", "country": "CD", "kind": "admin1", "lat": -1.6, "lon": 29.2}
COUNTRY = {"name": "DR Congo", "country": "CD", "kind": "country", "lat": None, "lon": None}
ROAD = GOMA | {
    "kind": "road", "relation": "road", "base": {"lat": -1.674, "lon": 29.228},
    "to": {"name": "Rutshuru", "lat": -1.188, "lon": 29.447}, "lat": -1.43, "lon": 29.34,
}  # fmt: skip


def incident(start: str | None, end: str | None, **rest: Any) -> dict[str, Any]:
    base = {"event_date": start, "event_date_end": end, "status": "reported"}
    return base | {"types": ["Protests"], "places": [GOMA]} | rest


def event(start: str | None, end: str | None = None, precision: str = "day") -> dict[str, Any]:
    return {"event_date": start, "event_date_end": end, "date_precision": precision}


@pytest.mark.parametrize(
    ("given", "gold", "right"),
    [
        (event("2024-05-07", "2024-05-07"), ("2024-05-07", "2024-05-07"), True),
        (event("2024-05-07", "2024-05-08", "range"), ("2024-05-07", "2024-05-07"), True),
        (event("2024-05-08", "2024-05-08"), ("2024-05-07", "2024-05-07"), False),
        (event("2024-05-07", "2024-05-07"), ("2024-05-06", "2024-05-07"), True),
        (event("2024-05-01", "2024-05-31", "month"), ("2024-05-07", "2024-05-07"), False),
        (event("2024-05-01", "2024-05-31", "month"), ("2024-05-01", "2024-05-31"), True),
        (event("2024-05-06", None, "open"), ("2024-05-06", None), True),
        (event("2024-05-07", None, "open"), ("2024-05-06", None), False),
        (event(None), ("2024-05-07", "2024-05-07"), False),
        (event(None), (None, None), True),
        (event("2024-05-08", "2024-05-08"), (None, None), False),
        (event("2024-05-02", "2024-05-08", "range"), (None, None), True),
        (event("2024-05-10", "2024-05-12", "range"), (None, None), False),
    ],
)
def test_day_fits_allows_a_night_but_invents_no_day(
    given: dict[str, Any], gold: tuple[str | None, str | None], right: bool
) -> None:
    """A day that the text does not give is an error, also when it is a likely one."""
    assert fit.day_fits(given, incident(*gold), "2024-05-08") is right


@pytest.mark.parametrize(
    ("place", "gold", "right"),
    [
        ({"name": "Goma", "country": "CD"}, GOMA, True),
        ({"name": "Goma", "country": "RW"}, GOMA, False),
        ({"names": ["Ville de Goma"], "country": "CD"}, GOMA, True),
        ({"name": "Gisenyi", "country": None, "lat": -1.70, "lon": 29.25}, GOMA, True),
        ({"name": "Bukavu", "country": "CD", "lat": -2.49, "lon": 28.84}, GOMA, False),
        (PROVINCE, GOMA, False),
        (PROVINCE | {"relation": "in"}, GOMA, True),
        ({"name": "Kibumba", "country": "CD", "lat": -1.5, "lon": 29.33}, ROAD, True),
        ({"name": "Masisi", "country": "CD", "lat": -1.4, "lon": 28.8}, ROAD, False),
        ({"name": "Kinshasa", "country": "CD"}, COUNTRY, True),
    ],
)  # fmt: skip
def test_place_fits_by_name_or_within_reach_in_the_same_country(
    place: dict[str, Any], gold: dict[str, Any], right: bool
) -> None:
    """The province of a town is not yet the town; a point on the road is on the road."""
    assert fit.place_fits(place, gold) is right


def test_places_fit_refuses_a_second_place_that_is_elsewhere() -> None:
    """A pin too many on the map is an error even when another pin is right."""
    bukavu = {"name": "Bukavu", "country": "CD", "kind": "city", "lat": -2.49, "lon": 28.84}

    assert fit.places_fit([GOMA, COUNTRY], [GOMA, SAKE])
    assert not fit.places_fit([GOMA, bukavu], [GOMA])
    assert not fit.places_fit([COUNTRY], [GOMA])
    assert not fit.places_fit([], [GOMA])


def test_places_fit_does_not_take_the_place_of_departure_for_the_place() -> None:
    """People who came from a town are counted where they arrived."""
    gold = [SAKE | {"role": "from"}, GOMA]
    far = gold[0] | {"name": "Walikale", "lat": -1.42, "lon": 28.07}

    assert fit.places_fit([GOMA], gold)
    assert not fit.places_fit([{"name": "Walikale", "country": "CD"}], [far, GOMA])


def test_type_and_status_take_every_word_that_an_annotator_could_choose() -> None:
    """Scoring must not depend on which of two fair words a reader prefers."""
    gold = incident(None, None, types=["Gathering", "Protests"], status="prevented")
    gold["status_also"] = ["planned"]

    assert fit.type_fits({"event_type": "Festival and gathering"}, gold)
    assert not fit.type_fits({"event_type": "Battles"}, gold)
    assert fit.type_of({"event_type": "Weather"}) is None
    assert fit.status_fits({"status": "planned"}, gold)
    assert not fit.status_fits({"status": "claimed"}, gold)
    assert fit.status_fits({"status": "claimed"}, incident(None, None))


@pytest.mark.parametrize(
    ("given", "killed", "right"),
    [(4, [4, 4], True), (5, [4, None], True), (3, [4, None], False), (None, None, True),
     (2, None, False), (None, [None, 20], True)],
)  # fmt: skip
def test_fatalities_fit_within_the_bounds(
    given: int | None, killed: list[int | None] | None, right: bool
) -> None:
    """Dead that the text does not give to this event are as wrong as a wrong number."""
    gold = incident(None, None) | ({"killed": killed} if killed else {})

    assert fit.fatalities_fit({"fatalities": given}, gold) is right


def test_dest_of_goes_the_distance_in_the_bearing() -> None:
    """The expected points of relative places rest on it."""
    lat, lon = fit.dest_of(49.99, 36.23, 180, 20)

    assert fit.kilometres(49.99, 36.23, lat, lon) == pytest.approx(20, abs=0.01)
    assert lat < 49.99
    assert lon == pytest.approx(36.23)
