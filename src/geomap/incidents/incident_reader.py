# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""From a geoparsed article to its incidents.

Each sentence is read for mentions (`mentions`), each mention is given its status
(`modality`), days (`dating`) and places (`placing`), with what the text before it left
standing; mentions of one event are then joined (`drafts`). What has neither a day nor a
place is not an incident. Pure: the same text gives the same incidents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from geomap.files.sha256 import sha256_of
from geomap.gazetteer import Gazetteer
from geomap.geoparse import geoparse, sentences
from geomap.incidents.casualties import read_fatalities
from geomap.incidents.dating import (
    is_about_the_end,
    is_of_another_year,
    names_a_day,
    opening_dates,
    own_dates,
    spoken_dates,
)
from geomap.incidents.drafts import Draft, fold
from geomap.incidents.lexicon import MISHAPS, VIOLENT, Part
from geomap.incidents.mentions import Mention, are_kin, find_mentions, is_area
from geomap.incidents.modality import read_status
from geomap.incidents.placing import geo_precision_of, places_of, sentence_places
from geomap.incidents.relative_places import read_relation, related_place
from geomap.incidents.titles import title_of
from geomap.model import (
    Article,
    DatePrecision,
    DateSpan,
    Evidence,
    GeoparsedArticle,
    Incident,
    Place,
    Status,
    Toponym,
    ToponymKind,
)  # fmt: skip

LONGEST_SENTENCE = 2_000
"""Characters; each clause is read against its whole sentence, so that one without end has none."""

_HERE = re.compile(
    r"\b(?:there|in the (?:town|city|village|district)|(?:at|through|on|across|near) the (?:same )?(?:site|scene|checkpoint|bridge|road|mine|base|airport|border post|deposits?)|nearby|on the road|"
    r"of the (?:town|city|village)|the same (?:town|city|village|road|place))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:They|He|She|It|Both|The (?:two|three|sides|attack\w*|blast|ministers)|Then|There|Afterwards?)\b"
)
_COMBATANTS = re.compile(
    r"\b(?:insurgents?|soldiers?|troops|fighters?|rebels?|servicem[ae]n|militants?|gunmen were|guerrillas?)\b",
    re.IGNORECASE,
)
_AT_DATELINE = frozenset({"Talks", "Agreement", "Legal", "Protests"})
_LIGHT = re.compile(
    r"\b(?:took place|take place|held|broke out|began|begun|start(?:s|ed)|ended|continu(?:es|ed)|resumed|erupted|"
    r"under way|underway|going on|occurred|happened|carried out|launched|staged|hit|killed|wounded|left|entered into force|took effect|"
    r"has held|completed|reported|shook|struck|was discussed|organi[sz]ed)\b"
)


def read_article(article: Article, gazetteer: Gazetteer) -> GeoparsedArticle:
    """Return everything geomap reads out of an article: places, dates and incidents."""
    parsed = geoparse(article, gazetteer, date_by_dateline=True)
    return replace(parsed, incidents=find_incidents(parsed, gazetteer))


def find_incidents(parsed: GeoparsedArticle, gazetteer: Gazetteer) -> tuple[Incident, ...]:
    """Return what an article says happened, was planned, prevented or denied.

    Several days in one list give one incident each. Countries are never places of an
    incident: one known only by its country has no places and the precision `COUNTRY`.
    """
    drafts = _Reader(parsed).drafts()
    incidents = [_incident(parsed, draft, gazetteer) for draft in fold(drafts) if _stands(draft)]
    unique = {incident.event_id: incident for incident in incidents}
    return tuple(unique.values())


def _stands(draft: Draft) -> bool:
    if draft.span is None:
        return bool(draft.places)
    if draft.span.precision is DatePrecision.YEAR and not draft.places:
        return False  # background: a year alone says neither when nor where
    return bool(draft.places) or not draft.carried or draft.country_only


@dataclass(slots=True)
class _Reader:
    """Reads sentence after sentence and remembers the last event's day and place."""

    parsed: GeoparsedArticle
    local: GeoparsedArticle = field(init=False)
    """The article with only the toponyms and dates of the sentence being read."""
    last: Draft | None = None
    lead_done: bool = False
    paragraph: int = -1
    where: tuple[Place, ...] = ()
    """The places of the last event that had any."""

    def drafts(self) -> list[Draft]:
        """Return a draft for each day of each mention of the body."""
        text = self.parsed.article.text
        found: list[Draft] = []
        paragraph = read_to = 0
        for order, bounds in enumerate(self._body()):
            paragraph += text.count("\n", read_to, bounds[0])
            read_to = max(read_to, bounds[0])
            self.local = self._within(bounds)
            goes_on = paragraph == self.paragraph or bool(_GOES_ON.match(text, bounds[0]))
            for mention in find_mentions(self.local, bounds):
                drafts = self._read(mention, order, same_paragraph=goes_on)
                if drafts:
                    self.last = drafts[-1]
                    self.where = self.last.places or self.where
                    self.paragraph = paragraph
                    self.lead_done = True
                found.extend(drafts)
        return found

    def _body(self) -> list[tuple[int, int]]:
        """Return the sentences after the headline, the header and the dateline."""
        text, line = self.parsed.article.text, self.parsed.dateline
        if line is not None:
            start = line.end_char
        else:
            first = re.match(
                r"\s*(?:---\n.*?\n---\n\s*)?(?:[^\n]*[^.\n\"”!?]\s*\n\s*\n)?", text, re.DOTALL
            )
            start = first.end() if first else 0
        return [
            part for a, b in sentences(text) if b > start for part in _parts(text, max(a, start), b)
        ]

    def _within(self, bounds: tuple[int, int]) -> GeoparsedArticle:
        start, end = bounds
        key = attrgetter("start_char")
        toponyms, dates = self.parsed.toponyms, self.parsed.dates
        first, last = bisect_left(toponyms, start, key=key), bisect_left(toponyms, end, key=key)
        return replace(
            self.parsed,
            toponyms=toponyms[max(0, first - 1) : last],
            dates=dates[bisect_left(dates, start, key=key) : bisect_left(dates, end, key=key)],
        )

    def _read(self, mention: Mention, order: int, *, same_paragraph: bool) -> list[Draft]:
        text = self.parsed.article.text
        mention = self._without_weapon(mention, same_paragraph=same_paragraph)
        if is_of_another_year(text, mention, self.local.dates):
            return []
        spans = own_dates(text, mention, self.local.dates)
        own = bool(spans)
        spans = spans or opening_dates(text, mention, self.local.dates)
        status = read_status(
            text, mention,
            first=spans[0].start if spans else None, published=self.parsed.article.published,
        )  # fmt: skip
        if status is None:
            return []
        tops = places_of(text, self.local.toponyms, mention) or sentence_places(
            text, self.local.toponyms, mention
        )
        if is_about_the_end(text, mention):
            tops = ()  # "the protest will end": nothing new, only more of what was told
        places, country = _split(tops, self.local, mention.sentence[0])
        if not self._is_told(mention, own=bool(spans), placed=bool(tops), status=status):
            return []
        carried = not spans
        if carried:
            spans = self._carried_dates(mention, status, same_paragraph=same_paragraph)
        if not places and not country:
            places = self._carried_places(mention, spans, own=own)
        clause = text[mention.start_char : mention.end_char]
        harm = mention.trigger.event_type in VIOLENT | {"Accident", "Disaster", "Riots", "Protests"}
        dead = read_fatalities(clause) if harm and status is not Status.PLANNED else None
        evidence = (mention.sentence,)
        return [
            Draft(mention, order, status, span, places, evidence, country, carried, order, dead)
            for span in (spans or (None,))
        ]

    def _without_weapon(self, mention: Mention, *, same_paragraph: bool) -> Mention:
        """Return a mention of "Two earthquakes ... The second hit the coast" as no strike."""
        struck = self.parsed.article.text[slice(*mention.word)].lower() in ("hit", "struck")
        if struck and same_paragraph and self.last and self.last.event_type in MISHAPS:
            return replace(mention, trigger=self.last.mention.trigger)
        return mention

    def _is_told(self, mention: Mention, *, own: bool, placed: bool, status: Status) -> bool:
        """Return whether a trigger reports, rather than being spoken of in passing."""
        if mention.trigger.sub_event_type == "Gathering":
            return status in (Status.PREVENTED, Status.PLANNED)  # a concert held is no incident
        if own or placed or status is Status.PREVENTED:
            return True
        if mention.trigger.part is not Part.NOUN:
            return self.last is not None or self._is_news()
        text = self.parsed.article.text
        return bool(_LIGHT.search(text, mention.start_char, mention.end_char))

    def _is_news(self) -> bool:
        return not self.lead_done

    def _carried_dates(
        self, mention: Mention, status: Status, *, same_paragraph: bool
    ) -> tuple[DateSpan, ...]:
        """Return the day that the text before left standing, or that of the report itself."""
        text = self.parsed.article.text
        if status in (Status.PLANNED, Status.PREVENTED):
            return ()
        if names_a_day(text, mention, self.local.dates):
            return ()
        if not self.lead_done:
            day = self._report_day()
            return (DateSpan(day, day, DatePrecision.DAY),) if day else ()
        if self._goes_on(mention, same_paragraph=same_paragraph) and self.last and self.last.span:
            return (self.last.span,)
        return spoken_dates(text, mention, self.local.dates)

    def _goes_on(self, mention: Mention, *, same_paragraph: bool) -> bool:
        """Return whether a clause without a day still tells of the day before it."""
        last, text = self.last, self.parsed.article.text
        if last is None or last.span is None or last.span.end is None:
            return False
        if last.status not in (Status.REPORTED, Status.CLAIMED):
            return False
        if re.search(r"\bhad \w+", text[mention.start_char : mention.end_char]):
            return False
        alike = are_kin(last.event_type, mention.trigger.event_type)
        return same_paragraph or (alike and last.span.start == self._report_day())

    def _report_day(self) -> date | None:
        line = self.parsed.dateline
        return line.day if line and line.day else self.parsed.article.published

    def _carried_places(
        self, mention: Mention, spans: Sequence[DateSpan], *, own: bool
    ) -> tuple[Place, ...]:
        if not spans:
            return ()  # with neither a day nor a place of its own it stands for nothing new
        text, last, line = self.parsed.article.text, self.last, self.parsed.dateline
        if self.where and _HERE.search(text, mention.start_char, mention.end_char):
            return self.where
        news = spans and spans[0].start == self._report_day()
        if news and line and line.toponym and line.toponym.place and not is_area(line.toponym):
            at_home = mention.trigger.event_type in _AT_DATELINE and not (last and last.places)
            if at_home and line.toponym.kind is not ToponymKind.ADMIN1:
                return (line.toponym.place,)
        if last and last.places and not own and spans and last.span in spans:
            return last.places
        kin = last and are_kin(last.event_type, mention.trigger.event_type)
        definite = re.search(
            r"\bthe [\w-]+(?: \w+)?$", text[mention.start_char : mention.word[0]].rstrip()
        )
        if last and kin and definite and last.mention.sentence[1] + 3 >= mention.sentence[0]:
            return last.places
        return ()


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or cut at blanks where it is too long to be one."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) + 1
        cut = cut or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _split(
    toponyms: Sequence[Toponym], local: GeoparsedArticle, start: int
) -> tuple[tuple[Place, ...], bool]:
    """Return the places that can be drawn, and whether only a country was named.

    A place that the words before it only measure from ("20 km south of") gives the place meant.
    """
    drawn: dict[str, Place] = {}
    ends: set[int] = set()
    for toponym in (t for t in toponyms if t.place is not None and not is_area(t)):
        if toponym.start_char in ends or toponym.place is None:
            continue
        place: Place = toponym.place
        relation = read_relation(local.article.text, toponym, local.toponyms, start)
        if relation is not None:
            place = related_place(place, relation, local.article.text) or place
            ends |= {relation.other.start_char} if relation.other else set()
        drawn[place.place_id] = place
    return tuple(drawn.values()), bool(toponyms) and not drawn


def _incident(parsed: GeoparsedArticle, draft: Draft, gazetteer: Gazetteer) -> Incident:
    day = draft.span.start if draft.span else None
    places = tuple(gazetteer.get(p.place_id, on=day) or p for p in draft.places)
    trigger = draft.mention.trigger
    status = draft.status
    sentence = parsed.article.text[slice(*draft.mention.sentence)]
    if trigger.sub_event_type == "Casualties" and _COMBATANTS.search(sentence):
        trigger = replace(trigger, event_type="Battles")
    key = (
        parsed.article.article_id, trigger.event_type, status.value, str(draft.span),
        ";".join(p.place_id for p in places), str(draft.evidence[0]), str(draft.mention.word[0]),
    )  # fmt: skip
    return Incident(
        event_id="article:" + sha256_of("|".join(key))[:20],
        title=title_of(parsed.article.text, draft.mention, status, places),
        event_type=trigger.event_type,
        sub_event_type=trigger.sub_event_type,
        status=status,
        span=draft.span,
        places=places,
        geo_precision=geo_precision_of(places, country=draft.country_only),
        evidence=tuple(Evidence(a, b) for a, b in draft.evidence),
        fatalities=draft.fatalities,
    )
