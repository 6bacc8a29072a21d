"""Sentences in other languages: listed with their language, never silently without events."""

import pytest

from geomap.geoparse.languages import _OF_SCRIPT
from geomap.geoparse.sentence_languages import language_names
from geomap.incidents import unread_sentences, unread_words

ENGLISH = "Protesters blocked the road on 12 December. Nobody was hurt in the clashes."
RUSSIAN = "В пятницу в городе прошла акция протеста. Никто не пострадал."
THAI = "เมื่อวานนี้เกิดเหตุระเบิดในเมือง"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RUSSIAN, "ru"),
        ("У неділю в місті пролунали вибухи, і їх було чутно на околицях.", "uk"),
        ("Ayın 12-də şəhərdə aksiya keçirildi və yol bağlandı.", "az"),
        ("Pazar günü kentte bir patlama meydana geldi ve çok sayıda kişi yaralandı.", "tr"),
        ("Երեկ քաղաքում տեղի ունեցավ բողոքի ակցիա։", "hy"),
        ("وقع انفجار في المدينة أمس وقتل ثلاثة أشخاص.", "ar"),
        ("El viernes hubo una protesta en la ciudad y la policía detuvo a tres personas.", "es"),
        ("Une explosion a eu lieu dans la ville et trois personnes ont été tuées.", "fr"),
        (THAI, None),
    ],
)
def test_unread_sentences_name_the_language(text: str, language: str | None) -> None:
    """A reader of the list knows what was left; an unknown script is left too, not lost."""
    unread = unread_sentences(text)

    assert {sentence.language for sentence in unread} == {language}


def test_unread_sentences_of_english_are_none() -> None:
    """Names of foreign places, headings and figures make no foreign sentence."""
    names = "Stepanakert, Xankəndi, Malmö\n\nUPDATE 3\n\n12.12.2022\n\n"
    alone = "Protesters in Xankəndi blocked the road."

    assert unread_sentences(ENGLISH) == ()
    assert unread_sentences(names + ENGLISH) == ()
    assert unread_sentences(alone) == ()


def test_unread_sentences_are_those_of_a_mixed_text() -> None:
    """Each sentence is judged by itself, and its offsets give it back to the letter."""
    text = f"{ENGLISH}\n\n{RUSSIAN}\n\n{ENGLISH}"

    unread = unread_sentences(text)

    assert " ".join(text[one.start_char : one.end_char] for one in unread) == RUSSIAN


@pytest.mark.parametrize(
    "text",
    [
        "Dövlət Departamentinin sözçüsü Metyu Miller görüşü şərh edib.",
        "Ayın 12-də şəhərdə aksiya keçirildi və yol bağlandı.",
    ],
)
def test_unread_sentences_of_a_quotation_in_an_english_text(text: str) -> None:
    """One sentence of another language is not taken for English because English is around it."""
    assert [one.language for one in unread_sentences(f"{ENGLISH}\n\n{text}\n\n{ENGLISH}")] == ["az"]


def test_unread_words_counts_each_language() -> None:
    """The most frequent comes first; one sentence is no plural."""
    russian, thai = unread_sentences(RUSSIAN), unread_sentences(THAI)

    assert unread_words(thai) == "1 sentence in a language that is not known"
    assert unread_words([*thai, *russian]) == (
        "2 sentences in Russian and 1 in a language that is not known"
    )


def test_language_names_has_each_language_that_sentences_are_told_apart_in() -> None:
    """A language without a name could not be said."""
    assert set(language_names()) == {one for languages in _OF_SCRIPT.values() for one in languages}
