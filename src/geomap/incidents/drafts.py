"""An event while it is being put together from its mentions, and how mentions are joined.

Later sentences about the same event add evidence and what the first did not say. A plan
that is later said not to have happened is one event, prevented, at the places of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from geomap.incidents.lexicon import VIOLENT, Part
from geomap.incidents.mentions import Mention, are_kin
from geomap.model import DatePrecision, DateSpan, Place, RelativePlace, Status, ToponymKind

_BESIDE = 0.1  # degrees
_LATE = 3  # days by which a report may come after what it tells
WINDOW = 100
"""How many sentences, at least, a mention is compared with on either side."""

_REACH = 4  # sentences over which an undated, unplaced mention may point back or forth


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far of one event."""

    mention: Mention
    order: int
    status: Status
    span: DateSpan | None
    places: tuple[Place, ...]
    evidence: tuple[tuple[int, int], ...]
    country_only: bool = False
    carried: bool = False
    """The day was not in the clause: carried on from the text before or from the dateline."""
    last: int = field(default=0)
    fatalities: int | None = None

    @property
    def event_type(self) -> str:
        """Return the type that the trigger gives."""
        return self.mention.trigger.event_type


def join(one: Draft, other: Draft) -> Draft:
    """Return the two as one event: the earlier mention, completed by the later one."""
    lead = one if one.span is not None or other.span is None else other
    if one.status is Status.PREVENTED or other.status is Status.PREVENTED:
        lead = one if one.status is Status.PLANNED or other.status is not Status.PLANNED else other
    speaks = [d.mention for d in (lead, one, other) if d.mention.trigger.part is not Part.CASUALTY]
    return replace(
        lead,
        mention=(speaks or [lead.mention])[0],
        order=min(one.order, other.order),
        last=max(one.last, other.last),
        status=_status(one.status, other.status),
        span=_span(one, other),
        places=_places(one.places, other.places),
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        country_only=one.country_only and other.country_only,
        carried=one.carried and other.carried,
        fatalities=one.fatalities if one.fatalities is not None else other.fatalities,
    )


def _span(one: Draft, other: Draft) -> DateSpan | None:
    a, b = one.span, other.span
    if a is None or b is None:
        return a or b
    if one.carried != other.carried:
        return b if one.carried else a
    opens = b.end is None and b.start == a.start
    return b if opens or _is_finer(b, a) else a


def _is_finer(new: DateSpan, old: DateSpan) -> bool:
    coarse = {
        DatePrecision.YEAR: 3,
        DatePrecision.MONTH: 2,
        DatePrecision.RANGE: 1,
        DatePrecision.WEEK: 1,
    }
    return coarse.get(new.precision, 0) < coarse.get(old.precision, 0)


def _status(one: Status, other: Status) -> Status:
    if Status.PREVENTED in (one, other):
        return Status.PREVENTED
    if Status.PLANNED in (one, other):
        return one if other is Status.PLANNED else other
    if Status.DENIED in (one, other):
        return Status.CLAIMED if one is not other else one
    return Status.REPORTED if Status.REPORTED in (one, other) and one is not Status.CLAIMED else one


def _places(one: tuple[Place, ...], other: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places of both; points say more than the zone around them."""
    known = {place.place_id: place for place in (*one, *other)}
    meant = {place.base_id for place in known.values() if isinstance(place, RelativePlace)}
    known = {k: p for k, p in known.items() if k not in meant}
    points = {k: p for k, p in known.items() if p.kind is not ToponymKind.ZONE}
    wide = (ToponymKind.ADMIN1, ToponymKind.ADMIN2, ToponymKind.REGION)
    exact = {k: p for k, p in points.items() if p.kind not in wide}
    roads = {k: p for k, p in exact.items() if p.kind is ToponymKind.ROAD}
    if roads and len(roads) < len(exact) and {p.kind for p in one} != {p.kind for p in other}:
        return tuple(roads.values())  # a town beside the road was only how it was reached
    return tuple((exact or points or known).values())


def same_event(one: Draft, other: Draft) -> bool:
    """Return whether two drafts, the earlier one first, may be one event of the article."""
    if not are_kin(one.event_type, other.event_type):
        return False
    if not _dates_agree(one, other) or not _places_agree(one, other):
        return False
    undone = Status.PREVENTED in (one.status, other.status)
    if (
        Status.PLANNED in (one.status, other.status)
        and one.status is not other.status
        and not undone
    ):
        return one.span is not None and one.span == other.span
    if Status.DENIED in (one.status, other.status) and one.status is not other.status:
        return other.order - one.last <= _REACH
    if _shares(one, other) or (one.span is not None and other.span is not None):
        return True
    # What names neither day nor place points back to what was told, seldom forward.
    told_first = one.span is not None or bool(one.places)
    return told_first and other.order - one.last <= _REACH


def _dates_agree(one: Draft, other: Draft) -> bool:
    a, b = one.span, other.span
    if a is None or b is None or a == b:
        return True
    if a.start == b.start and None in (a.end, b.end):
        return True
    if one.carried and not other.carried and not other.places:
        # "Police said on Monday ... The attackers struck on Sunday": the stated day counts.
        return 0 <= (a.start - b.start).days <= _LATE and other.order - one.last <= 2
    coarse = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.RANGE, DatePrecision.WEEK)
    if a.precision in coarse or b.precision in coarse:
        return _last(b) >= a.start and _last(a) >= b.start
    return False


def _last(span: DateSpan) -> date:
    return span.end or date.max


def _places_agree(one: Draft, other: Draft) -> bool:
    a, b = _bases(one), _bases(other)
    if not a or not b or a & b:
        return True
    zones = any(p.kind is ToponymKind.ZONE for p in (*one.places, *other.places))
    undone = (Status.PLANNED, Status.PREVENTED)
    if zones and (one.status in undone or other.status in undone):
        return True
    if one.status in undone and other.status in undone and other.span is None:
        return True  # a further sentence of the same plan names further places
    return any(
        _covers(p, q) or _covers(q, p) or _beside(p, q) for p in one.places for q in other.places
    )


def _bases(draft: Draft) -> set[str]:
    """Return the ids of a draft's places; "near Goma" is told of as "in Goma" too."""
    return {
        place.base_id if isinstance(place, RelativePlace) else place.place_id
        for place in draft.places
    }


def _covers(wide: Place, narrow: Place) -> bool:
    """Return whether a wider unit of the same country may hold the narrower place."""
    return (
        wide.kind in (ToponymKind.ADMIN1, ToponymKind.ADMIN2, ToponymKind.REGION)
        and narrow.kind not in (ToponymKind.ADMIN1, ToponymKind.ADMIN2, ToponymKind.REGION)
        and wide.country_code == narrow.country_code
    )


def _beside(one: Place, other: Place) -> bool:
    """Return whether one is a road and the other a place on it, within some ten kilometres."""
    if (one.kind is ToponymKind.ROAD) == (other.kind is ToponymKind.ROAD):
        return False
    if one.geometry is None or other.geometry is None or ToponymKind.ZONE in (one.kind, other.kind):
        return False
    return bool(one.geometry.distance(other.geometry) < _BESIDE)


class Settled:
    """The drafts that stand so far, found by their place in the text or by day and place.

    A text is read in a time in proportion to its length because a draft is compared with
    those around it, and further away only with those of its day at one of its places.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_order: dict[int, dict[int, None]] = {}
        self._by_key: dict[tuple[str, date, str], dict[int, None]] = {}

    def near(self, draft: Draft) -> list[int]:
        """Return the numbers of those that a draft may be joined with, each once, in order."""
        found: set[int] = set()
        for key in _keys(draft):
            found.update(self._by_key.get(key, ()))
        for block in range(draft.order // WINDOW - 1, draft.order // WINDOW + 2):
            found.update(self._by_order.get(block, ()))
        return sorted(found)

    def add(self, draft: Draft, number: int | None) -> None:
        """Join a draft to the one of that number, or let it stand by itself."""
        if number is None:
            number = len(self.drafts)
            self.drafts.append(draft)
        else:
            self.drafts[number] = join(*_in_order(self.drafts[number], draft))
        joined = self.drafts[number]
        for order in {draft.order, joined.order, joined.last}:
            self._by_order.setdefault(order // WINDOW, {})[number] = None
        for key in _keys(joined):
            self._by_key.setdefault(key, {})[number] = None


def _keys(draft: Draft) -> list[tuple[str, date, str]]:
    if draft.span is None:
        return []
    kin = "violent" if draft.event_type in VIOLENT else draft.event_type
    return [(kin, draft.span.start, base) for base in sorted(_bases(draft))]


def fold(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the mentions of one event joined, in the order of the text.

    First those that say most (a day and a place) stand; the rest join the nearest that fits.
    """
    settled = Settled()
    for draft in sorted(drafts, key=lambda d: (d.span is None, d.carried, d.order)):
        near = settled.near(draft)
        fitting = [n for n in near if same_event(*_in_order(settled.drafts[n], draft))]
        settled.add(draft, _best(draft, fitting, settled.drafts))
    return sorted(
        settled.drafts, key=lambda d: (d.evidence[0], d.span.start if d.span else date.max)
    )


def _best(draft: Draft, fitting: list[int], drafts: list[Draft]) -> int | None:
    if not fitting:
        return None
    return min(
        fitting,
        key=lambda n: (not _shares(drafts[n], draft), abs(drafts[n].order - draft.order), n),
    )


def _in_order(one: Draft, other: Draft) -> tuple[Draft, Draft]:
    return (one, other) if one.order <= other.order else (other, one)


def _shares(one: Draft, other: Draft) -> bool:
    return bool(_bases(one) & _bases(other))
