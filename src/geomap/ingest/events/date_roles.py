"""What a column of days is about, by the words of its header: occurrence, report, entry ...

The words are those of `data/date_roles.tsv`, in many languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from geomap.layouts.fields import fold, words_of
from geomap.paths import packaged_rows

_GLUED = re.compile(r"^(date|fecha|data)(?=\w{3})|(?<=\w{3})(?<!up)(date|datum|fecha)$")
_FORM_MARKS = frozenset(
    ["uuid", "submissiontime", "deviceid", "instanceid", "metainstanceid", "today", "formhubuuid",
     "submittedby", "key", "simserial", "xformidstring", "validationstatus"]
)  # fmt: skip
ROLE_WORDS = {
    "occurrence": "the day it happened",
    "begin": "the first day",
    "plain": "the date",
    "unnamed": "a date, by its cells",
    "period": "a month or week",
    "death": "the day of a death",
    "report": "the day of a report",
    "publication": "the day of publication",
    "stamp": "a time stamp",
    "entry": "the day of an entry or change",
    "form": "a stamp of the form",
    "other": "a day of something else",
    "end": "the last day",
}
"""What a column of each role holds, in words."""


def _roles() -> dict[str, re.Pattern[str]]:
    """Return for each role the pattern of its words in a folded header, in order of preference."""
    forms: dict[str, list[str]] = {}
    for role, line in packaged_rows("geomap.ingest.events", "date_roles.tsv"):
        forms.setdefault(role, []).extend(map(_form_of, line.split("|")))
    return {role: re.compile("|".join(words)) for role, words in forms.items()}


def _form_of(word: str) -> str:
    bare = re.escape(words_of(word.strip("*")))
    if word.startswith("*"):
        return bare
    return rf"\b{bare}" if word.endswith("*") else rf"\b{bare}\b"


_PATTERNS = _roles()
ROLES = [*_PATTERNS]
ROLES.insert(ROLES.index("plain") + 1, "unnamed")
"""All roles in the order of preference; "unnamed" is known by its cells alone."""


def is_form_table(columns: Iterable[str]) -> bool:
    """Return whether the columns are those that a form of KoBo or ODK writes by itself."""
    return len(_FORM_MARKS & {fold(column) for column in columns}) > 1


def role_of(column: str, *, is_form: bool) -> str:
    """Return what a column is about by the words of its header; the last in order that fits.

    "Date of report of the incident" is a report: what is done later says what the day is of.
    """
    header = " ".join(_GLUED.sub(r" \1\2 ", word) for word in words_of(column).split())
    found = {role for role, pattern in _PATTERNS.items() if pattern.search(header)}
    if is_form and found and found <= {"begin", "end", "form"}:
        return "form"
    if "end" in found and found & {"occurrence", "plain", "begin"} == found - {"end"}:
        return "end"
    if "period" in found and found & {"plain", "begin", "end"}:
        found -= {"period"}
    later = [role for role in ROLES if role in found and role not in {"plain", "end", "begin"}]
    if later:
        return later[-1]
    return next((role for role in ("begin", "plain", "end") if role in found), "unnamed")
