"""The words that name days: months in many languages, weekdays, numbers, relative words.

English words are told apart by case where another word is spelled the same ("May",
"March"); month names of other languages serve absolute dates only ("12 dekabr 2022").
"""

from __future__ import annotations


def words(line: str) -> tuple[str, ...]:
    """Return the words of `line`, in order."""
    return tuple(line.split())


_ENGLISH_MONTHS = words(
    "january february march april may june july august september october november december"
)

ENGLISH_MONTHS: dict[str, int] = {name: number for number, name in enumerate(_ENGLISH_MONTHS, 1)}

MONTH_ABBREVIATIONS: dict[str, int] = {
    **{name[:3]: number for name, number in ENGLISH_MONTHS.items() if name != "may"},
    "sept": 9,
}

_OTHER_MONTHS: dict[str, str] = {
    # One line a language, the twelve months in order, the forms of one month joined by "|".
    "az": "yanvar|yanvarın|yanvarda fevral|fevralın|fevralda mart|martın|martda "
    "aprel|aprelin|apreldə may|mayın|mayda iyun|iyunun|iyunda iyul|iyulun|iyulda "
    "avqust|avqustun|avqustda sentyabr|sentyabrın|sentyabrda oktyabr|oktyabrın|oktyabrda "
    "noyabr|noyabrın|noyabrda dekabr|dekabrın|dekabrda",
    "de": "januar|jänner februar märz april mai juni juli august september oktober november "
    "dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre "
    "noviembre diciembre",
    "fr": "janvier février|fevrier mars avril mai juin juillet août|aout septembre octobre "
    "novembre décembre|decembre",
    "hy": "հունվար|հունվարի փետրվար|փետրվարի մարտ|մարտի ապրիլ|ապրիլի մայիս|մայիսի "
    "հունիս|հունիսի հուլիս|հուլիսի օգոստոս|օգոստոսի սեպտեմբեր|սեպտեմբերի "
    "հոկտեմբեր|հոկտեմբերի նոյեմբեր|նոյեմբերի դեկտեմբեր|դեկտեմբերի",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "ka": "იანვარი|იანვარს თებერვალი|თებერვალს მარტი|მარტს აპრილი|აპრილს მაისი|მაისს "
    "ივნისი|ივნისს ივლისი|ივლისს აგვისტო|აგვისტოს სექტემბერი|სექტემბერს "
    "ოქტომბერი|ოქტომბერს ნოემბერი|ნოემბერს დეკემბერი|დეკემბერს",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "styczeń|stycznia luty|lutego marzec|marca kwiecień|kwietnia maj|maja czerwiec|czerwca "
    "lipiec|lipca sierpień|sierpnia wrzesień|września październik|października "
    "listopad|listopada grudzień|grudnia",
    "pt": "janeiro fevereiro março|marco abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "ru": "январь|января|янв февраль|февраля|фев март|марта|мар апрель|апреля|апр май|мая "
    "июнь|июня|июн июль|июля|июл август|августа|авг сентябрь|сентября|сен|сент "
    "октябрь|октября|окт ноябрь|ноября|ноя декабрь|декабря|дек",
    "tr": "ocak şubat|subat mart nisan mayıs|mayis haziran temmuz ağustos|agustos eylül|eylul ekim "
    "kasım|kasim aralık|aralik",
    "uk": "січень|січня лютий|лютого березень|березня квітень|квітня травень|травня "
    "червень|червня липень|липня серпень|серпня вересень|вересня жовтень|жовтня "
    "листопад|листопада грудень|грудня",
}

OTHER_MONTHS: dict[str, int] = {
    form: number
    for line in _OTHER_MONTHS.values()
    for number, forms in enumerate(line.split(), 1)
    for form in forms.split("|")
    if form not in ENGLISH_MONTHS
}
"""Month names of other languages, in lower case."""

WEEKDAYS: dict[str, int] = {
    name: number
    for number, name in enumerate(words("monday tuesday wednesday thursday friday saturday sunday"))
}
"""Monday is 0, as in `datetime.date.weekday`."""

WEEKDAY_ABBREVIATIONS: dict[str, int] = {
    **{name[:3]: number for name, number in WEEKDAYS.items()},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}

COUNTS: dict[str, int | None] = {
    **{
        word: number
        for number, word in enumerate(
            words("one two three four five six seven eight nine ten eleven twelve"), 1
        )
    },
    "couple": 2,
    "dozen": 12,
    "few": None,
    "several": None,
}
"""Number words; None for words that give no number."""

NTHS: dict[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": -1}

PARTS: dict[str, str] = {
    "early": "early",
    "mid": "mid",
    "late": "late",
    "beginning": "early",
    "start": "early",
    "middle": "mid",
    "end": "late",
}
"""Words for a third of a month or year."""

DAY_WORDS: dict[str, int] = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip

KEYWORDS: dict[str, tuple[str, ...]] = {
    # kind -> words that are one and the same to the grammar
    "a": ("a", "an"),
    "after": ("after", "following"),
    "ago": ("ago",),
    "and": ("and", "&"),
    "before": ("before",),
    "between": ("between",),
    "by": ("by",),
    "day": ("day", "days"),
    "during": ("during", "throughout"),
    "earlier": ("earlier", "previously"),
    "for": ("for",),
    "from": ("from", "starting"),
    "half": ("half",),
    "hour": ("hour", "hours"),
    "in": ("in", "within"),
    "last": ("last",),
    "later": ("later",),
    "month": ("month", "months"),
    "morning": ("morning", "afternoon", "evening"),
    "next": ("next", "coming", "upcoming"),
    "night": ("night",),
    "now": ("now", "present"),
    "of": ("of", "de"),
    "on": ("on",),
    "onwards": ("onwards", "onward"),
    "over": ("over",),
    "overnight": ("overnight",),
    "past": ("past",),
    "previous": ("previous", "preceding"),
    "quarter": ("quarter",),
    "same": ("same",),
    "since": ("since",),
    "that": ("that",),
    "the": ("the",),
    "this": ("this", "current"),
    "to": ("to", "through", "thru"),
    "until": ("until", "till"),
    "week": ("week", "weeks"),
    "year": ("year", "years"),
    "ending": ("ending",),
}

KIND_OF_WORD: dict[str, str] = {word: kind for kind, words in KEYWORDS.items() for word in words}

COUNTED_NOUNS = frozenset(
    words(
        "people persons men women children civilians soldiers troops servicemen peacekeepers "
        "fighters protesters demonstrators refugees migrants residents families houses homes "
        "buildings patients cases deaths dollars euros rubles roubles manats km kilometers "
        "kilometres metres "
        "meters miles feet tons tonnes hectares acres percent police officers workers members "
        "vehicles drones missiles rockets shells mines times prisoners captives"
    )
)
"""Nouns after which a number is a count, never a year."""

FUNCTION_WORDS = frozenset(
    words(
        "in at on of by the a an and or but when as after before with to from for near was were "
        "is are has have had did will would respectively that which who between along during while "
        "under against because since until he she it they we"
    )
)
"""Words that may follow a day without a year; any other word makes the number a count."""

FUTURE_WORDS = frozenset(
    words(
        "will shall would ll scheduled planned plans plan due expected slated upcoming intends "
        "intend expects hopes tentatively"
    )
)
PAST_WORDS = frozenset(
    words(
        "said says told was were had has have did held took came met left began fell rose saw made "
        "found gave got went sent shot hit struck broke fled brought caught won lost set put led "
        "ran spoke wrote rejected"
    )
)
DETERMINED = frozenset(words("the a an be been being"))
AIMS = frozenset(
    words(
        "agreed due set ready want wants is are expected scheduled planned plan plans hope hopes "
        "intend intends going vowed promised pledged agree agrees"
    )
)
"""Words before "to" that point forward: "agreed to meet", "is to visit"."""

NO_DAY_BEFORE_WEEKDAY = frozenset(
    words("black good bloody ash palm easter cyber maundy super every each sheffield holy whit")
)
NO_DAY_AFTER_WEEKDAY = frozenset(words("times express mirror telegraph mail tribune herald"))
