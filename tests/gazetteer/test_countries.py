"""Countries by their names in many languages."""

import gzip
from importlib import resources

import pytest

from geomap.gazetteer import Gazetteer, normalise_name, open_gazetteer
from geomap.gazetteer.countries import countries_layer, demonyms
from geomap.gazetteer.name_keys import common_words


@pytest.fixture(scope="module")
def countries() -> Gazetteer:
    """Return the countries alone."""
    return open_gazetteer(layers={"countries"})


def rows() -> list[tuple[str, list[str], list[str]]]:
    """Return country, keys and forms of each line of the file of names."""
    file = resources.files("geomap.gazetteer").joinpath("data/country_names.tsv.gz")
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    parts = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(code, keys.split(";"), forms.split(";")) for code, keys, forms in parts]


@pytest.mark.parametrize(
    ("name", "code", "language"),
    [
        ("Azərbaycan", "AZ", "az"),
        ("Азербайджан", "AZ", "ru"),
        ("Ադրբեջան", "AZ", "hy"),
        ("აზერბაიჯანი", "AZ", "ka"),
        ("جمهوری آذربایجان", "AZ", "fa"),
        ("Հայաստան", "AM", "hy"),
        ("Вірменія", "AM", "uk"),
        ("أرمينيا", "AM", "ar"),
        ("США", "US", "ru"),
        ("ԱՄՆ", "US", "hy"),
        ("Росія", "RU", "uk"),
        ("Rusya", "RU", "tr"),
        ("Бирма", "MM", "ru"),
        ("Elfenbeinküste", "CI", "de"),
        ("Swasiland", "SZ", "de"),
        ("香港", "HK", "zh"),
        ("Γερμανία", "DE", "el"),
    ],
)
def test_a_country_is_known_by_its_name_in_another_language(
    countries: Gazetteer, name: str, code: str, language: str
) -> None:
    """Texts in other languages use these forms; the card names the language of each."""
    (match, *_) = countries.find(name)

    assert match.place.country_code == code
    assert language in {form.lang for form in match.place.names if form.name == name}
    assert match.matched_name == name


@pytest.mark.parametrize("name", ["Chad", "Türkiye", "Turkey", "U.S.", "Holland", "The Gambia"])
def test_english_names_of_a_country_stay(countries: Gazetteer, name: str) -> None:
    """Names of other languages are added, none is taken away."""
    assert countries.find(name)


@pytest.mark.parametrize(
    "word", ["Island", "Suede", "Day", "Sad", "Georgie", "Columbia", "Chili", "Azerbaijanis"]
)
def test_no_english_word_becomes_a_country(countries: Gazetteer, word: str) -> None:
    """Iceland in Danish, Sweden in French: on an English page they are something else."""
    assert countries.find(word) == ()


def test_keys_in_the_file_are_the_keys_of_the_names() -> None:
    """Keys are made when the file is built, so that the layer opens quickly."""
    for code, keys, forms in rows():
        made = {normalise_name(form.partition("@")[0]) for form in forms}
        assert set(keys) == made, code


def test_no_form_of_the_file_names_two_countries_or_an_english_word() -> None:
    """A name that leads to the wrong country is worse than one that leads nowhere."""
    layer = countries_layer()
    for code, keys, _ in rows():
        for key in keys:
            assert list(layer.by_key[key]) == [f"iso:{code}"]
            if key.isascii():
                assert key not in common_words()
                assert key not in demonyms()


def test_opening_the_layer_makes_no_country() -> None:
    """Making two hundred countries with forty names each would slow down every start."""
    layer = countries_layer()

    assert layer.versions._made == {}  # type: ignore[attr-defined]
    assert layer.version("iso:AZ", None) is not None
    assert list(layer.versions._made) == ["iso:AZ"]  # type: ignore[attr-defined]
