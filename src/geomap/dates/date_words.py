"""The English words that name days: months, weekdays, numbers, relative words.

Words are told apart by case where another word is spelled the same ("May", "March").
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
            words(
                "one two three four five six seven eight nine ten eleven twelve thirteen "
                "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
            ),
            1,
        )
    },
    **{word: 10 * number for number, word in enumerate(words("thirty forty fifty sixty"), 3)},
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
    "and": ("and", "&", "и", "і", "та", "və", "ve", "et", "und", "և", "եւ"),
    "at": ("at",),
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
    "night": ("night", "nights"),
    "now": ("now", "present", "date"),
    "of": ("of", "de"),
    "on": ("on",),
    "onwards": ("onwards", "onward"),
    "over": ("over",),
    "overnight": ("overnight",),
    "past": ("past",),
    "previous": ("previous", "preceding"),
    "quarter": ("quarter",),
    "same": ("same",),
    "season": ("spring", "summer", "autumn", "winter"),
    "since": ("since",),
    "that": ("that",),
    "the": ("the",),
    "this": ("this", "current"),
    "to": ("to", "through", "thru", "по", "bis", "au"),
    "until": ("until", "till"),
    "week": ("week", "weeks"),
    "weekend": ("weekend",),
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
        "intend expects hopes tentatively should must"
    )
)
SCHEDULE_WORDS = frozenset(
    words("begins starts ends expires runs lasts continues resumes remains arrives departs flies")
)
"""Present forms that tell of a plan: "the truce ends on Friday"."""

SET_WORDS = frozenset(
    words("set moved postponed rescheduled delayed scheduled planned extended adjourned put fixed")
)
"""Words before "for", "to" or "until" after which a date may lie on either side."""

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

PERSON_MONTHS = frozenset(words("april may june august"))
"""Months that are also names of people ("Theresa May")."""
NOT_BEFORE_PERSON = frozenset(
    words("every each come another only monday tuesday wednesday thursday friday saturday sunday")
)
AFTER_MODAL = frozenset(
    words("be have not never still also soon yet well only get go face need lead die")
)
"""Words after which a "May" in a headline is the verb ("Up to 30 May Have Died")."""
LOOSE_WORDS = frozenset(words("than nearly almost about around roughly some within least most"))
"""Words that make a count of days inexact ("more than two days after")."""
