"""Case endings by language: what a word may be without its ending.

Each language has a table that a grammar of it would give: an ending, and what stands in its
place in the form that a gazetteer lists. The forms are guesses; a caller keeps those that the
gazetteer knows. English has no table, so that English words are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from geomap.geoparse.word_list import word_set

_LEAST_STEM = 3
_SHORT_NAMES = frozenset({"ko", "ar", "he"})
_Table = tuple[tuple[str, tuple[str, ...]], ...]
_Rule = Callable[[str], Iterator[str]]


def _table(text: str) -> _Table:
    """Return the rows of a table, the longest first ("ом=-,о": "ом" goes, or "о" comes instead)."""
    rows: dict[str, list[str]] = {}
    for ending, _, instead in (row.partition("=") for row in text.split()):
        rows.setdefault(ending.strip("-"), []).extend(
            bare.strip("-") for bare in instead.split(",")
        )
    ordered = sorted(rows.items(), key=lambda row: -len(row[0]))
    return tuple((ending, tuple(bare)) for ending, bare in ordered)


# Nouns, then adjectives (for "Донецкой области", "Нижнем Новгороде", "Грозного"), then plurals.
_RUSSIAN = _table(
    """а=-,о я=ь,й,е у=-,а ю=я,ь,й ом=-,о ем=ь,й,е,- ём=ь е=-,а,о,ь,я,й,е и=ь,я,а,й ы=а ой=а
    ей=я,ь,а ою=а ею=я ью=ь ии=ия,ий ию=ия ией=ия ием=ий,ие ию=ий,ие ия=ий,ие
    ой=ая,ый ого=ый,ий,ой,ое ому=ый,ий,ой,ое ым=ый,ой,ое им=ий,ое ом=ый,ий,ой,ое
    ую=ая юю=яя его=ий,ее ему=ий,ее ем=ий,ее ей=яя
    ах=ы,и,а,о ях=и,я ам=ы,и,а ям=и ами=ы,и,а ями=и ов=ы,и ев=и,ы ых=ые,ый их=ие,ий ым=ые им=ие
    ыми=ые ими=ие -=ы,и,ие"""
)
_UKRAINIAN = _table(
    """а=-,о я=ь,й,я у=-,а,о,ь ю=я,ь,й ом=-,о ем=ь,я,й єм=й,я ею=я,а єю=я ою=а,я і=-,а,о,ь,я,я
    ї=я,й и=а,ь,- еві=ь ові=- єві=й ії=ія ію=ія ією=ія ті=ть
    ої=а ій=а,я у=а ою=а ого=ий,е ому=ий,е им=ий,е ім=ій ього=ій ьому=ій ці=к,ка зі=г,га сі=х,ха
    ах=и,а ях=і,я ам=и ям=і ами=и ів=и,і их=і им=і ими=і цької=цька -=и,і,а"""
)
_BULGARIAN = _table("та=- то=- ът=- ия=ия,ий а=-")
_SERBIAN = _table("а=-,о у=-,а,о ом=-,о,а и=а,- е=а,- је=ја ју=ја јом=ја ној=на")
_POLISH = _table("ie=-,a,o u=- em=- y=a i=a,- ą=a ę=a ej=a,i ii=ia ią=ia ię=ia ach=y,i skiej=skie")
_GREEK = _table("ου=ος,ο ο=ος ας=α ης=η η=ης α=ας ον=ος ό=ός ού=ός,ό ων=α,ες ους=οι")
_ARMENIAN = _table(
    """ի=- ին=- ից=- ով=- ում=- ը=- ն=- ու=ի ուն=ի ուց=ի ում=ի ան=ին,ուն անում=ին
    յի=- յին=- յից=- յով=- յում=- յան=- վի=ու վին=ու վից=ու վում=ու վով=ու
    իայի=իա իում=ի իից=ի իի=ի իով=ի եի=ե ոյի=ո ոյում=ո ների=ներ ներում=ներ ներից=ներ
    երի=եր երում=եր երից=եր ության=ություն ությունում=ություն"""
)
# The stem's last vowel comes back in the nominative: თბილის-ში, უკრაინ-ის, ერევნ-ის.
_GEORGIAN = _table(
    """ში=ი,-,ა,ე ზე=ი,-,ა,ე თან=ი,-,ა,ე დან=-,ი იდან=ი ადან=ა ის=ი,ა,ე,- ისა=ი ით=ი,ა ს=-,ი
    სა=-,ი მა=ი,- მ=- ად=ი მდე=ი,-,ა ამდე=ა,ი იმდე=ი სკენ=- ისკენ=ი,ა,ე ისთვის=ი,ა სთვის=-
    ისგან=ი,ა ელი=ი,ა,ეთი იც=ი აც=ა ოც=ო"""
)
_GERMAN = _table("s=- es=-")
_KAZAKH = _table(
    """да=- де=- та=- те=- дан=- ден=- тан=- тен=- ның=- нің=- дың=- дің=- тың=- тің=- ға=- ге=-
    қа=- ке=-"""
)
_KOREAN = _table(
    """에서=- 에는=- 에서는=- 에=- 의=- 은=- 는=- 이=- 가=- 을=- 를=- 로=- 으로=- 와=- 과=- 도=-
    부터=- 까지=- 에서의=- 시=- 시에서=- 시의=-"""
)
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_HEBREW_PREFIXES = ("וב", "ול", "ומ", "וה", "שב", "מה", "ב", "ל", "מ", "ה", "ו", "ש", "כ")
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_LETTERS_BACK = str.maketrans({"ی": "ي", "ک": "ك"})

_BACK, _FRONT = "aıouâ", "eəiöüî"
_VOWELS = re.compile(f"[{_BACK}{_FRONT}]")
# What follows a vowel, and what follows a consonant; capitals stand for vowels in harmony.
_AFTER_VOWEL = word_set("nIn yA yI nI dA dAn ndA ndAn nA ylA lA dAkI ndAkI lI dIr cA")
_AFTER_CONSONANT = word_set("In A I dA dAn tA tAn lA dAkI tAkI lI dIr cA çA")
_HARMONY = {"A": {True: "a", False: "eə"}, "I": {True: "ıu", False: "iü"}}
_HARDENED = {"ğ": "kq", "y": "k", "b": "p", "d": "t", "c": "ç"}


def bare_forms(word: str, language: str | None = None) -> Iterator[str]:
    """Yield what a word may be without its case ending, the likeliest first.

    Parameters
    ----------
    word
        As it stands in the text.
    language
        Its code; None to go by the letters, which tell some languages.
    """
    head, mark, _ = word.replace("’", "'").replace("ʼ", "'").partition("'")
    if mark and len(head) >= _LEAST_STEM:
        yield head
    rule = _RULES.get(_by_letters(word) if language is None else language)
    if rule is None:
        return
    least = 2 if language in _SHORT_NAMES else _LEAST_STEM
    seen = {word, head}
    for form in rule(word):
        if form not in seen and len(form) >= least:
            seen.add(form)
            yield form


def is_adjective(word: str, language: str) -> bool:
    """Return whether a word has the form of an adjective made from a name ("Донецкой")."""
    return language in _ADJECTIVES and _ADJECTIVES[language].search(word.lower()) is not None


_ADJECTIVES = {
    "ru": re.compile(r"(?:ск|цк)(?:ий|ая|ое|ие|ого|ому|ой|им|ом|ую|их|ими)$"),
    "uk": re.compile(r"(?:ськ|цьк|зьк)(?:ий|а|е|і|ого|ому|ої|ій|им|у|их|ими|ою)$"),
    "bg": re.compile(r"(?:ск|шк)(?:и|а|о|ия|ият|ата|ото|ите)$"),
    "sr": re.compile(r"(?:ск|чк|шк)(?:и|а|о|е|ог|ом|ој|у|их|им)$"),
    "be": re.compile(r"(?:ск|цк)(?:і|ая|ае|ія|ага|аму|ай|ім|ую|іх)$"),
    "ar": re.compile(r"^[وبف]?(?:ال|لل).{3,}(?:ي|ية|يون|يين)$"),
}


def _endings(table: _Table) -> _Rule:
    """Return a rule that goes by a table alone."""

    def rule(word: str) -> Iterator[str]:
        for ending, instead in table:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)]
                yield from (stem + bare for bare in instead)

    return rule


def _russian(word: str) -> Iterator[str]:
    """Yield by the table, and with the vowel that drops out of the last syllable: Орла, Орёл."""
    yield from _with_vowel(word, _RUSSIAN, "еёо", "лцкнрв")


def _ukrainian(word: str) -> Iterator[str]:
    """Yield by the table, with the vowel that drops out, and with "і" for "о", "е": Харкова."""
    for form in _with_vowel(word, _UKRAINIAN, "ео", "лцкнрв"):
        yield form
        closed = re.sub(r"[оеє](?=[^аеєиіїоуюя]+$)", lambda m: "ї" if m[0] == "є" else "і", form)
        if closed != form:
            yield closed


def _with_vowel(word: str, table: _Table, vowels: str, last: str) -> Iterator[str]:
    for form in _endings(table)(word):
        if form.endswith("й") and not _is_vowel(form[-2:-1]):
            continue
        yield form
        bare = form.removesuffix("ь")
        if len(bare) > 2 and bare[-1] in last and not _is_vowel(bare[-2]) and bare != word:
            soft = form[len(bare) :]
            before = bare[:-1].removesuffix("ь")
            yield from (before + vowel + bare[-1] + soft for vowel in vowels)


def _is_vowel(letter: str) -> bool:
    return letter in "аеёиоуыэюяіїє" and letter != ""


def _armenian(word: str) -> Iterator[str]:
    """Yield by the table; the article after a case ending goes first (Երևանում, Երևանից)."""
    yield from _endings(_ARMENIAN)(word)
    if word.endswith("ն") and len(word) > _LEAST_STEM + 2:
        yield from _endings(_ARMENIAN)(word[:-1])


def _georgian(word: str) -> Iterator[str]:
    """Yield by the table, and with the vowel that drops out before an ending: ერევნის."""
    for form in _endings(_GEORGIAN)(word):
        yield form
        if form.endswith("ი") and len(form) > _LEAST_STEM:
            stem = form[:-1]
            yield from (stem[:-1] + vowel + stem[-1] + "ი" for vowel in "აეო")


def _turkic(word: str) -> Iterator[str]:
    """Yield what is left by an ending that agrees with the last vowel: Bakıda, Gəncəyə.

    Endings stand behind each other ("rayonunda"); a consonant that softened before a vowel
    hardens again (k for ğ and y).
    """
    lower = word.replace("I", "ı").replace("İ", "i").lower()
    if len(lower) != len(word):
        return
    for cut in range(len(word) - 1, _LEAST_STEM - 1, -1):
        stem, ending = lower[:cut], lower[cut:]
        if len(ending) > 6:
            return
        vowels = _VOWELS.findall(stem)
        if not vowels or not _agrees(stem[-1] in _BACK + _FRONT, vowels[-1] in _BACK, ending):
            continue
        yield word[:cut]
        if ending[0] in _BACK + _FRONT:
            yield from (word[: cut - 1] + hard for hard in _HARDENED.get(stem[-1], ""))


def _agrees(after_vowel: bool, is_back: bool, ending: str) -> bool:  # noqa: FBT001
    patterns = _AFTER_VOWEL if after_vowel else _AFTER_CONSONANT
    return any(_fits(pattern, ending, is_back=is_back) for pattern in patterns)


def _fits(pattern: str, ending: str, *, is_back: bool) -> bool:
    return len(pattern) == len(ending) and all(
        letter in _HARMONY[mark][is_back] if mark in _HARMONY else letter == mark
        for mark, letter in zip(pattern, ending, strict=True)
    )


def _prefixes(prefixes: tuple[str, ...]) -> _Rule:
    """Return a rule that takes off what is written before a name, and adds the article."""

    def rule(word: str) -> Iterator[str]:
        for prefix in prefixes:
            if word.startswith(prefix):
                yield word[len(prefix) :]
                if prefix == "لل" or (prefix.endswith("ال") and prefix != "ال"):
                    yield "ال" + word[len(prefix) :]

    return rule


def _arabic(word: str) -> Iterator[str]:
    """Yield without a prefix; and in the letters that Arabic and Persian keyboards swap."""
    for form in (word, *_prefixes(_ARABIC_PREFIXES)(word)):
        yield form
        yield form.translate(_LETTERS)
        yield form.translate(_LETTERS_BACK)


def _romance(word: str) -> Iterator[str]:
    """Yield without the article that opens a sentence: L'Ukraine."""
    article, mark, name = word.replace("’", "'").partition("'")
    if mark and article.lower() in _ARTICLES:
        yield name


def _persian(word: str) -> Iterator[str]:
    """Yield in the letters that Arabic and Persian keyboards swap."""
    yield word.translate(_LETTERS)
    yield word.translate(_LETTERS_BACK)


_ARTICLES = frozenset({"l", "d", "dell", "nell", "all", "dall", "sull"})
_RULES: dict[str | None, _Rule] = {
    "ru": _russian, "uk": _ukrainian, "be": _russian, "bg": _endings(_BULGARIAN),
    "sr": _endings(_SERBIAN), "pl": _endings(_POLISH), "el": _endings(_GREEK),
    "hy": _armenian, "ka": _georgian, "az": _turkic, "tr": _turkic, "kk": _endings(_KAZAKH),
    "fr": _romance, "it": _romance,
    "de": _endings(_GERMAN), "ar": _arabic, "fa": _persian, "ur": _persian,
    "he": _prefixes(_HEBREW_PREFIXES), "ko": _endings(_KOREAN),
}  # fmt: skip
_TELLING = (
    ("uk", re.compile("[іїєґ]", re.IGNORECASE)), ("ru", re.compile("[а-яё]", re.IGNORECASE)),
    ("hy", re.compile("[\u0531-\u0587]")), ("ka", re.compile("[\u10a0-\u10ff]")),
    ("az", re.compile("[əğışçöüıİŞÇÖÜĞƏ]")),
)  # fmt: skip


def _by_letters(word: str) -> str | None:
    return next((language for language, letters in _TELLING if letters.search(word)), None)
