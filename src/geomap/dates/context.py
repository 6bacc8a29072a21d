"""The context of the dates of a text: the day of writing, the tense, the date mentioned last.

Missing parts of a date come from the nearest words that state them: the same sentence, then
the day of writing. Where nothing states them the result is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from geomap.dates import date_words
from geomap.dates.date_tokens import Token, valid_day
from geomap.model import DateSpan

_SOON = timedelta(days=31)
_FAR = timedelta(days=300)  # a day so far ahead is hardly ever written without its year
_FAR_MONTHS = 10
_NEAR_WORDS = 6
_HALF_WEEK = 3
_WORDS_BEFORE, _WORDS_AFTER = 40, 25


@dataclass(slots=True)
class Context:
    """The state of reading a text from left to right.

    `written` is the day from which "yesterday" counts: the dateline's where there is one.
    `last` is the span mentioned last; `year` the year that the current sentence states, by
    itself or in a whole date (`year_day`). `counted` is the span of a "two days after", until
    the date it counts from is read.
    """

    tokens: Sequence[Token]
    written: date | None
    last: DateSpan | None = None
    sentence: int = -1
    year: int | None = None
    year_day: date | None = None
    counted: DateSpan | None = None

    def enter(self, token: Token) -> None:
        """Forget the year of the sentence before when `token` opens another."""
        if token.sentence != self.sentence:
            self.sentence, self.year, self.year_day = token.sentence, None, None

    def tense(self, first: int, last: int) -> int:
        """Return 1 where the words nearest to tokens `first:last` speak of the future, -1 past."""
        before = range(first - 1, max(-1, first - _WORDS_BEFORE), -1)
        after = range(last, min(len(self.tokens), last + _WORDS_AFTER))
        for positions in (before, after):
            for position in positions:
                if self.tokens[position].sentence != self.tokens[first].sentence:
                    break
                if cue := self._cue(position):
                    return cue
        return 0

    def is_set(self, first: int) -> bool:
        """Return whether something was "moved to" or "set for" the date that starts there."""
        if first < 2 or self.tokens[first - 1].kind not in {"for", "to", "until"}:
            return False
        verb, aux = self.tokens[first - 2], self.tokens[max(0, first - 3)].text.lower()
        if verb.text.lower() not in date_words.SET_WORDS:
            return False
        return aux not in {"is", "are", "be"}  # "is set for Friday" is plainly ahead

    def undone_tense(self, first: int, last: int) -> int:
        """Return the tense of the weekday that something called off was set for: the nearest.

        0 where the words after it do not say that it was called off.
        """
        weekdays = [t.value for t in self.tokens[first:last] if t.kind == "WEEKDAY"]
        weekday = weekdays[0] if weekdays else None
        if self.written is None or not isinstance(weekday, int) or not self._is_undone(last):
            return 0
        return -1 if (self.written.weekday() - weekday) % 7 <= _HALF_WEEK else 1

    def _is_undone(self, last: int) -> bool:
        sentence = self.tokens[last - 1].sentence
        rest = [t.text.lower() for t in self.tokens[last:] if t.sentence == sentence]
        return any(
            (one in {"was", "were"} and other in date_words.UNDONE_WORDS)
            or (one == "did" and other == "not")
            for one, other in pairwise(rest)
        )

    def deadline_tense(self, first: int, last: int) -> int:
        """Return the tense of "by Friday": future, unless "had", "was" or "were" is near it."""
        sentence = self.tokens[first].sentence
        after = self.tokens[last : last + _NEAR_WORDS]
        if any(token.sentence == sentence and _is_past(token) for token in after):
            return -1
        for token in reversed(self.tokens[max(0, first - _NEAR_WORDS) : first]):
            if token.sentence != sentence or token.kind == "to":
                break
            if _is_past(token):
                return -1
        return 1

    def _cue(self, position: int) -> int:
        token = self.tokens[position]
        if token.kind not in {"WORD", "to"}:
            return 1 if token.kind == "next" else 0
        word = token.text.lower()
        before = self.tokens[position - 1].text.lower() if position else ""
        if word == "to":
            return 1 if before in date_words.AIMS or self._is_headline_aim(position) else 0
        if word in date_words.FUTURE_WORDS:
            return 0 if before in {"was", "were", "been", "had", "the"} else 1
        if word in date_words.SCHEDULE_WORDS:
            return 1
        verb = word in date_words.PAST_WORDS or (word.endswith("ed") and len(word) > 4)
        return -1 if verb and before not in date_words.DETERMINED else 0

    def _is_headline_aim(self, position: int) -> bool:
        """Return whether this is the "to" of "Minister to visit Rome on Friday"."""
        if position == 0 or position + 1 >= len(self.tokens):
            return False
        before, after = self.tokens[position - 1], self.tokens[position + 1]
        verb = after.kind == "WORD" and after.text.islower()
        opens = position < 2 or self.tokens[position - 2].sentence != before.sentence
        return before.text[0].isupper() and verb and opens

    def full_day(self, month: int, day: int, weekday: int | None, tense: int) -> date | None:
        """Return the day that a day and month without a year mean."""
        if self.year is not None:
            return valid_day(self.year, month, day)
        pivot = self.written or self.year_day
        if pivot is None:
            return None
        near = _nearest(_days_around(pivot, 8, month, day), weekday, pivot, tense)
        if self.year_day and self.written and near and abs(near - self.written) > _SOON:
            stated = self.year_day
            days = _days_around(stated, 1, month, day)
            return min(days, key=lambda day: abs(day - stated), default=None)
        return near

    def month_year(self, month: int, tense: int) -> int | None:
        """Return the year of a month that is named without one."""
        if self.year is not None:
            return self.year
        if self.written is None:
            return self.year_day.year if self.year_day else None
        if tense > 0 and (month - self.written.month) % 12 < _FAR_MONTHS:
            return self.written.year + (month < self.written.month)
        return self.written.year - (month > self.written.month)


SpanReader = Callable[[Sequence[Token], Context, int], DateSpan | None]
"""Reads the tokens of one match in their context and tense; None where it names no days."""


def _days_around(pivot: date, years: int, month: int, day: int) -> list[date]:
    """Return that day of each year from `years` before the pivot to `years` after it."""
    around = range(pivot.year - years, pivot.year + years + 1)
    return [valid for year in around if (valid := valid_day(year, month, day))]


def _nearest(days: list[date], weekday: int | None, pivot: date, tense: int) -> date | None:
    """Return the day that is meant: by its weekday if it has one, else by the tense."""
    if weekday is not None:
        close = [day for day in days if abs(day.year - pivot.year) <= 1]
        fitting = [day for day in close if day.weekday() == weekday]
        if len(fitting) == 1:
            return fitting[0]
    past = [day for day in days if day <= pivot + timedelta(days=1)]
    coming = [day for day in days if day >= pivot]
    if tense > 0:
        just = past and pivot - max(past) <= _SOON and coming and min(coming) - pivot > _FAR
        return max(past) if just else min(coming, default=None)
    if tense == 0 and coming and min(coming) - pivot <= _SOON:
        behind = pivot - max(past) if past else None
        return min(coming) if behind is None or behind > _SOON else max(past)
    return max(past, default=None)


def _is_past(token: Token) -> bool:
    return token.text.lower() in {"had", "was", "were"}
