"""Places told by their relation to another place."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from geomap.incidents import incidents_table
from geomap.incidents.relative_places import Relation, bearing_of, related_place
from geomap.model import (
    GeoparsedArticle,
    GeoPrecision,
    Incident,
    Place,
    RelativePlace,
    ToponymKind,
)

Read = Callable[..., GeoparsedArticle]
WINDS = ("north", "north-north-east", "north-east", "east-north-east", "east")


def placed(read: Read, sentence: str) -> tuple[Incident, RelativePlace]:
    """Return the one incident of a sentence with its one place, which is a relative one."""
    (incident,) = read(sentence).incidents
    (place,) = incident.places
    assert isinstance(place, RelativePlace)
    return incident, place


@pytest.mark.parametrize(
    ("words", "km", "bearing"),
    [
        ("20 km south of Kharkiv", 20.0, 180.0),
        ("about 12 miles (19 km) to the north-east of Kharkiv", 19.3, 45.0),
        ("seven kilometres SW of the city of Kharkiv", 7.0, 225.0),
        ("22 km outside Kharkiv, to the north", 22.0, 0.0),
        ("800 metres west of Kharkiv", 0.8, 270.0),
    ],
)
def test_related_place_lies_at_the_distance_and_bearing_stated(
    read: Read, words: str, km: float, bearing: float
) -> None:
    """What happened 20 km from a town did not happen in it."""
    incident, place = placed(read, f"A bomb exploded {words} on 12 June.")
    (there,) = read("A bomb exploded in Kharkiv on 12 June.").incidents
    town, found = there.places[0].geometry, place.geometry
    assert town is not None
    assert found is not None
    way, _, metres = Geod(ellps="WGS84").inv(town.x, town.y, found.x, found.y)

    assert metres / 1000 == pytest.approx(km, abs=0.05)
    assert abs((way - bearing + 180) % 360 - 180) < 0.1
    assert incident.geo_precision is GeoPrecision.NEAR
    assert place.name == words
    assert words in incident.title
    assert place.uncertainty_km is not None
    assert place.uncertainty_km >= 1


def test_a_rough_distance_reaches_further_than_a_plain_one(read: Read) -> None:
    """The wording says how well the distance is known."""
    _, rough = placed(read, "A bomb exploded some 40 km south of Kharkiv on 12 June.")
    _, plain = placed(read, "A bomb exploded 40 km south of Kharkiv on 12 June.")

    assert rough.uncertainty_km == 8
    assert plain.uncertainty_km == 4


@pytest.mark.parametrize(
    "words",
    [
        "near Kharkiv",
        "just outside Kharkiv",
        "on the outskirts of Kharkiv",
        "within 10 km of Kharkiv",
    ],
)  # fmt: skip
def test_near_a_town_is_an_area_that_holds_the_town(read: Read, words: str) -> None:
    """What is "near" has no position: it is drawn as an area, wider than the town itself."""
    incident, place = placed(read, f"A bomb exploded {words} on 12 June.")
    row = incidents_table(read(f"A bomb exploded {words} on 12 June."), batch_id="b").iloc[0]

    assert (place.relation, place.name) == ("near", words)
    assert incident.geo_precision is GeoPrecision.NEAR
    assert row["uncertainty_km"] == place.uncertainty_km
    assert place.uncertainty_km is not None
    assert place.uncertainty_km > 5
    assert row["place_ids"] != place.base_id  # a filter for the town does not take it for sure


def test_a_list_with_one_place_that_is_only_near_claims_no_exact_position(read: Read) -> None:
    """A pin for one of two places would claim what the text leaves open."""
    (incident,) = read("Clashes were reported in Jos and near Kaduna on 12 June.").incidents

    assert [place.name for place in incident.places] == ["Jos", "near Kaduna"]
    assert incident.geo_precision is GeoPrecision.NEAR


def test_a_direction_alone_lies_on_that_side(read: Read) -> None:
    """A bare "north of" says on which side, not how far."""
    _, place = placed(read, "A bomb exploded north of Kharkiv on 12 June.")

    assert (place.relation, place.bearing, place.distance_km) == ("sector", 0.0, None)
    assert place.geometry is not None
    assert place.geometry.y > 50.05


def test_between_two_towns_is_a_line_not_a_town(read: Read) -> None:
    """An ambush between two towns was in neither."""
    incident, place = placed(read, "Gunmen ambushed a convoy between Gao and Kidal on 12 June.")

    assert place.relation == "between"
    assert place.geometry is not None
    assert place.geometry.geom_type == "LineString"
    assert incident.geo_precision is GeoPrecision.APPROXIMATE_LINE
    assert "between Gao and Kidal" in incident.title


@pytest.mark.parametrize(
    "sentence",
    [
        "A bomb exploded in Kharkiv on 12 June.",
        "A bomb exploded in the north of Kharkiv on 12 June.",
        "Talks between Kharkiv and Goma were held in Kidal on 12 June.",
        "A bomb destroyed 20 km of road in Kharkiv on 12 June.",
        "Protesters marched around noon in Kharkiv on 12 June.",
    ],
)
def test_words_that_only_look_relative_move_nothing(read: Read, sentence: str) -> None:
    """A place inside a town is the town; the parties to talks are no line."""
    places = [place for incident in read(sentence).incidents for place in incident.places]

    assert places
    assert not any(isinstance(place, RelativePlace) for place in places)


def test_an_event_near_a_town_and_again_in_it_is_one_event(read: Read) -> None:
    """A later sentence names the town alone; the nearer wording stays."""
    text = (
        "A bomb exploded near Kharkiv on 12 June. "
        "The bombing in Kharkiv on 12 June wounded two soldiers."
    )
    _, place = placed(read, text)

    assert place.name == "near Kharkiv"


@given(st.sampled_from(WINDS), st.booleans())
def test_bearing_of_reads_a_wind_with_and_without_its_hyphens(wind: str, joined: bool) -> None:
    """North is 0 and each of the sixteen winds a sixteenth of a turn further."""
    words = wind.replace("-", "") if joined else wind

    assert bearing_of(words) == WINDS.index(wind) * 22.5


def test_places_with_different_bearings_are_different_places() -> None:
    """North is 0 degrees, which is stated, and not the same as no direction at all."""
    town = Place(
        "t", "Town", (), "P", "PPL", ToponymKind.CITY, Point(46, 40), None, "AZ", "user", "", ""
    )
    relations = [
        Relation("distance", 0, 4, distance_km=20.0, bearing=bearing) for bearing in (0.0, None)
    ]

    places = [related_place(town, relation, "Town") for relation in relations]

    assert len({place.place_id for place in places if place}) == 2
    assert {form.name for place in places if place for form in place.names} == {"Town"}
