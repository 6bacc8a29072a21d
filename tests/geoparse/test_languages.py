"""News in other languages than English: which names are found, and which places they mean."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.countries import countries_layer
from geomap.geoparse import geoparse
from geomap.geoparse.data_tables import ENGLISH, STATIC
from geomap.geoparse.geoparser import names_of
from geomap.geoparse.languages import classes_of, languages_of
from geomap.geoparse.morphology import bare_forms
from geomap.geoparse.ranker import weights
from geomap.geoparse.reading import read_text
from geomap.geoparse.resolver import resolve
from geomap.geoparse.text_names import find_foreign_names, find_names
from geomap.geoparse.tokens import sentences, tokenise
from geomap.model import Article, Place, ToponymKind

_SAME_TOWN = 0.6  # degrees: a town and the city district or province called after it
_LEAST_PLACED = 0.97


def _rows() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return language, text, and the names with their places, of each line of the file."""
    lines = (Path(__file__).parent / "languages.tsv").read_text("utf-8").splitlines()
    rows = []
    for line in lines:
        if not line.startswith("#"):
            language, text, names = line.split("\t")
            pairs = [name.rsplit("=", 1) for name in names.split("; ") if name]
            rows.append((language, text, [(name, place_id) for name, place_id in pairs]))
    return rows


ROWS = _rows()


def found(text: str, gazetteer: Gazetteer) -> list[str]:
    """Return the names that the rules find, as they stand in the text."""
    mentions = find_names(read_text(text, gazetteer))
    return [text[mention.start : mention.end] for mention in mentions]


def placed(text: str, gazetteer: Gazetteer) -> list[Place | None]:
    """Return the places of the names that the rules find."""
    mentions = [replace(m, foreign=True) for m in find_names(read_text(text, gazetteer))]
    answers = resolve(text, mentions, names_of(gazetteer), weights()).answers
    return [answer.place for answer in answers]


@pytest.mark.parametrize(("language", "text", "names"), ROWS, ids=[row[1][:40] for row in ROWS])
def test_each_name_is_found_and_nothing_else(
    language: str, text: str, names: list[tuple[str, str]], world: Gazetteer
) -> None:
    """Names with case endings count, and so does each person or month that is no place."""
    reading = read_text(text, world)

    assert set(languages_of(reading.tokens)) == {language}
    assert found(text, world) == [name for name, _ in names]


def test_names_are_placed_where_they_are(world: Gazetteer) -> None:
    """A name that is found and not placed is on no map; one placed wrongly misleads."""
    wrong = []
    total = 0
    for _, text, names in ROWS:
        for (name, place_id), place in zip(names, placed(text, world), strict=True):
            if place_id != "?":
                total += 1
                if not _is(place, world.get(place_id)):
                    wrong.append((name, place_id, place.place_id if place else None))

    assert total > 350
    assert len(wrong) <= (1 - _LEAST_PLACED) * total, wrong


def _is(place: Place | None, expected: Place | None) -> bool:
    assert expected is not None
    if place is None or place.place_id == expected.place_id:
        return place is not None
    if expected.kind is not ToponymKind.CITY or place.country_code != expected.country_code:
        return False
    assert place.geometry is not None
    assert expected.geometry is not None
    return bool(place.geometry.distance(expected.geometry) < _SAME_TOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Владимир Киров и Надежда Козлова встретились с Романом Тулой.",
        "Президент Вашингтон не ответил. Потом Вашингтон ушёл.",
        "Победа близка, мир возможен, надежда есть.",
        "Матч «Шахтёр» — «Карпаты» показал телеканал «Москва».",
        "Московский районный суд и Курский вокзал закрыты.",
        "Надія Коваленко і Віра Мороз виступили у середу, 5 квітня.",
        "Bazar ertəsi Səfər Mərdanov və Ordu Xəlilov danışıblar.",
        "Ordu açıklama yaptı. Ocak ayında Deniz Kaya ve Mehmet Van konuştu.",
        "Արարատ Միրզոյանը և Վահան Սիսյանը խոսել են մարտին։",
        "მარტში პრეზიდენტი სოფელში იყო, სახლში დაბრუნდა.",
        "رضا شمالی در بهمن امسال گفت که کار خوب است.",
        "قال محمد الجنوبي إن العمل جيد في يناير.",
        "Jean Brest et Marie Laval parlent de la paix en mars.",
        "El señor Jorge Salamanca y Ana León hablaron de paz.",
        "Das Essen war gut, der Hagel laut, die Halle voll.",
    ],
)
def test_persons_months_and_things_are_no_places(text: str, world: Gazetteer) -> None:
    """The world has a town of almost every surname; each would be a pin."""
    assert found(text, world) == []


def test_a_paragraph_in_another_language_is_read_by_its_own_rules(world: Gazetteer) -> None:
    """Reports quote witnesses in their language; those names count as well."""
    text = (
        "The talks were held in Yerevan on Monday, the government said.\n\n"
        "В Степанакерте и Шуше, по словам жителей, было спокойно.\n\n"
        "The delegation left for Tbilisi in the evening."
    )
    reading = read_text(text, world)
    parsed = geoparse(Article("a", text), world, use_model=False)

    assert languages_of(reading.tokens) == (ENGLISH, "ru", ENGLISH)
    assert [t.text for t in parsed.toponyms] == ["Yerevan", "Степанакерте", "Шуше", "Tbilisi"]
    assert [name.foreign for name in find_names(reading)] == [False, True, True, False]
    assert [name.key for name in find_foreign_names(reading)] == ["Степанакерт", "Шуша"]


def test_foreign_names_in_an_english_sentence_do_not_change_its_language() -> None:
    """Spanish words are in "La Paz" and "Los Angeles"; the sentence stays English."""
    text = "The mayors of La Paz, Los Angeles and San José de los Ríos met in El Alto."
    tokens = tokenise(text, sentences(text))

    assert languages_of(tokens) == (ENGLISH,)


@pytest.mark.parametrize(
    ("language", "word", "bare"),
    [
        ("az", "Bakıda", "Bakı"),
        ("az", "Gəncəyə", "Gəncə"),
        ("az", "rayonunda", "rayonu"),
        ("az", "Ermənistanla", "Ermənistan"),
        ("tr", "İstanbul'dan", "İstanbul"),
        ("tr", "Zonguldağa", "Zonguldak"),
        ("ru", "Харьковом", "Харьков"),
        ("ru", "Донецкой", "Донецкая"),
        ("ru", "Нагорном", "Нагорный"),
        ("ru", "Орла", "Орел"),
        ("ru", "Церкви", "Церковь"),
        ("ru", "Сумах", "Сумы"),
        ("uk", "Харкова", "Харків"),
        ("uk", "Києвом", "Київ"),
        ("uk", "Розі", "Ріг"),
        ("uk", "Одесі", "Одеса"),
        ("hy", "Երևանում", "Երևան"),
        ("hy", "Բաքվից", "Բաքու"),
        ("hy", "Մոսկվայի", "Մոսկվա"),
        ("hy", "Գյումրու", "Գյումրի"),
        ("ka", "თბილისიდან", "თბილისი"),
        ("ka", "უკრაინის", "უკრაინა"),
        ("ka", "ერევნის", "ერევანი"),
        ("ar", "ببغداد", "بغداد"),
        ("he", "בירושלים", "ירושלים"),
        ("ko", "서울에서", "서울"),
        ("de", "Armeniens", "Armenien"),
        ("fr", "L'Ukraine", "Ukraine"),
    ],
)
def test_bare_forms_undo_the_case_ending(language: str, word: str, bare: str) -> None:
    """The gazetteer lists a name as a dictionary does; a text seldom writes it so."""
    assert bare in bare_forms(word, language)


@pytest.mark.parametrize(
    ("language", "word"),
    [("az", "Bakəda"), ("az", "Gəncədan"), ("tr", "İzmirdan"), ("en", "Paris")],
)
def test_bare_forms_take_nothing_off_that_is_no_ending(language: str, word: str) -> None:
    """Vowels of an ending agree with those of the word; English has no case endings."""
    assert word[:-3] not in bare_forms(word, language)
    assert word[:-1] not in bare_forms(word, language)


def test_no_country_is_an_ordinary_word_in_its_language() -> None:
    """A list of words must not hide Portugal behind "port"."""
    hidden = [
        (form.lang, form.name)
        for versions in countries_layer().versions.values()
        for form in versions[0].names
        if form.lang and " " not in form.name and "-" not in form.name
        if classes_of(form.name.lower(), form.lang) - {"near"}
    ]

    assert hidden == []


def test_each_good_form_of_a_foreign_name_counts_as_a_name_of_its_own(world: Gazetteer) -> None:
    """GeoNames calls only the English name the own one: "Дамаск" would start far behind."""
    own = STATIC.index("own name")
    names = names_of(world)

    assert names.options("Дамаск", None).static[:, own].all()
    assert names.options("Charkiw", None, foreign=True).static[:, own].any()
    assert not names.options("Charkiw", None).static[:, own].any()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Бои идут в городе Донецк.", ToponymKind.CITY),
        ("قصفت الطائرات محافظة إدلب.", ToponymKind.ADMIN1),
        ("Laçın rayonunda yol açılıb.", ToponymKind.ADMIN1),
        ("Die Polizei der Provinz Salzburg teilte es mit.", ToponymKind.ADMIN1),
    ],
)
def test_the_noun_beside_a_name_chooses_the_kind(
    text: str, kind: ToponymKind, world: Gazetteer
) -> None:
    """A province drawn as a town is a pin where nothing is known to have happened."""
    (place,) = placed(text, world)

    assert place is not None
    assert place.kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "в Москве и Степанакерте под Харьковом ",
        "МОСКВА СТЕПАНАКЕРТ ХАРЬКОВ ",
        "თბილისში საქართველოს პრემიერმა ",
        "في بغداد ودمشق إلى أربيل ",
        "Bakıda və Şuşadan Laçın rayonunda ",
        "北京会见了日本代表团",
        "l'Iran'd'Irak'",
    ],
)
def test_a_line_without_end_is_read_to_its_end(words: str, world: Gazetteer) -> None:
    """A table or a log pasted as text has no sentence ends; no offset may be lost in it."""
    text = words * (20_000 // len(words))
    mentions = find_names(read_text(text, world))

    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= two.start for one, two in pairwise(mentions))


def test_an_article_is_no_part_of_a_french_name() -> None:
    """The mark in the page covers the name; "Côte d'Ivoire" is one name."""
    text = "avec l’Iran, de l'Arménie et en Côte d'Ivoire"
    words = [token.text for token in tokenise(text, ((0, len(text)),))]

    assert words == ["avec", "l", "Iran", "de", "l", "Arménie", "et", "en", "Côte", "d'Ivoire"]


def test_vowel_signs_are_parts_of_words() -> None:
    """Cut at its signs, a word of Hindi is several words, and none of them a name."""
    text = "दिल्ली में Cafe\u0301"

    assert [t.text for t in tokenise(text, ((0, len(text)),))] == text.split()


def test_georgian_is_written_without_capitals() -> None:
    """Unicode knows Georgian capitals, for headlines: all other Georgian is no lower case."""
    (token,) = tokenise("თბილისი", ((0, 7),))

    assert token.capital
