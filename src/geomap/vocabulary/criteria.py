"""The criteria of a question about events: the one list that every room reads.

The filters of the page, the options of the commands, the keys of links, the words of captions
and manifests, the conditions in SQL and the constants of the scripts all come from `CRITERIA`.
A new criterion is an entry here and a field of `query.EventQuery` (docs/adr/0013).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from geomap.model import DatePrecision, GeoPrecision, Status

NOT_STATED = ""
"""Among the words of a criterion: the events for which a source does not state any."""


ColumnsWords = tuple[tuple[str, ...], frozenset[str]]
"""Names of columns, and words of which any must stand in any of them."""


class Kind(StrEnum):
    """What the value of a criterion is.

    `DAY`: an end of the window. `WORDS`: alternatives, which stand in the columns. `RANGE`: whole
    numbers; the columns hold the best estimate, the lowest and the highest. `TEXT`: words that
    the event must contain. `PLACES`: ids of the gazetteer. `BOX`: west, south, east, north.
    `POLYGON`: the corners of a drawn area. `SWITCH`: whether events are taken in that are
    otherwise left out.
    """

    DAY = "day"
    WORDS = "words"
    RANGE = "range"
    TEXT = "text"
    PLACES = "places"
    BOX = "box"
    POLYGON = "polygon"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the events table that a criterion is compared with.

    `packed` is its name in packed events and `bit` the one that is set in a row that fails it;
    without them the browser cannot answer and loads the server's answer. `words` are the only
    words of a closed list, `label` is their heading where a criterion has several such lists.
    """

    name: str
    packed: str = ""
    bit: int = 0
    words: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its names everywhere, and where its values stand.

    `name` is the word of captions and of the page's data, `field` that of `EventQuery`, `label`
    the heading of its list, `flag` the option of the commands, `link` the key of an address;
    without a flag or a key it has no option or does not go into links. `is_internal` words mean
    nothing outside the workspace.
    """

    name: str
    field: str
    kind: Kind
    label: str
    columns: tuple[Column, ...] = ()
    flag: str = ""
    metavar: str = ""
    help: str = ""
    link: str = ""
    is_internal: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The only words that it may have; () where any word will do."""
        return tuple(dict.fromkeys(word for column in self.columns for word in column.words))

    @property
    def is_packed(self) -> bool:
        """Whether the browser answers it from packed events."""
        return bool(self.columns) and all(column.packed for column in self.columns)

    def by_columns(self, words: Collection[str]) -> Iterator[ColumnsWords]:
        """Yield columns with the words of which any must stand in any of them.

        Closed lists are compared apart, each with its own words; a word that is not stated
        belongs to the first. The columns of open lists are alternatives.

        Parameters
        ----------
        words
            The words of a query; none keep everything.
        """
        if not all(column.words for column in self.columns):
            parts = [(tuple(column.name for column in self.columns), frozenset(words))]
        else:
            parts = [
                ((column.name,), frozenset(words) & {*column.words, *unknown})
                for column in self.columns
                for unknown in [(NOT_STATED,) if column is self.columns[0] else ()]
            ]
        yield from (part for part in parts if part[1])


_STATUSES = tuple(word.value for word in Status)
_GEO = Column("geo_precision", "geo", 8, tuple(GeoPrecision), "of the place")
_DATE = Column("date_precision", "date", 16, tuple(DatePrecision), "of the date")
_DEATHS = ("fatalities", "fatalities_low", "fatalities_high")

CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "from", "start", Kind.DAY, "From",
        flag="--from", metavar="DATE", help="First day, included.", link="from",
    ),
    Criterion(
        "to", "end", Kind.DAY, "To",
        flag="--to", metavar="DATE", help="Last day, included.", link="to",
    ),
    Criterion(
        "type", "types", Kind.WORDS, "Type", (Column("event_type", "type", 1),),
        flag="--type", metavar="TYPE", help="Event type; repeat.", link="type",
    ),
    Criterion(
        "source", "sources", Kind.WORDS, "Source", (Column("source", "source", 2),),
        flag="--source", metavar="SOURCE", help="Source as written; repeat.", link="source",
    ),
    Criterion(
        "status", "statuses", Kind.WORDS, "Status", (Column("status", "status", 4, _STATUSES),),
        flag="--status", metavar="STATUS", help=f"{', '.join(_STATUSES)}; repeat.", link="status",
    ),
    Criterion(
        "precision", "precisions", Kind.WORDS, "Precision", (_GEO, _DATE), link="precision",
        flag="--precision", metavar="WORD",
        help="Of the date or the place (day, exact, ...); repeat.",
    ),
    Criterion(
        "actor", "actors", Kind.WORDS, "Actor", (Column("actor1"), Column("actor2")), link="actor",
        flag="--actor", metavar="ACTOR", help="Actor on either side, as written; repeat.",
    ),
    Criterion(
        "country", "countries", Kind.WORDS, "Country", (Column("country"),), link="country",
        flag="--country", metavar="COUNTRY", help="Country as written; repeat.",
    ),
    Criterion(
        "fatalities", "fatalities", Kind.RANGE, "Fatalities", tuple(map(Column, _DEATHS)),
        flag="--fatalities", metavar="MIN[..MAX]", link="fatalities",
        help="Deaths: 5 (or more), 1..5, ..5; events without a number are left out.",
    ),
    Criterion(
        "place", "place_ids", Kind.PLACES, "Place", link="at",
        flag="--place", metavar="PLACE_ID", help="At this place (geomap places); repeat.",
    ),
    Criterion(
        "batch", "batches", Kind.WORDS, "Batch", (Column("batch_id", "batch", 32),), link="batch",
        flag="--batch", metavar="BATCH_ID", help="Of this import; repeat.", is_internal=True,
    ),
    Criterion(
        "text", "text", Kind.TEXT, "Search",
        flag="--text", metavar="WORDS", help="Words that the event must contain.", link="q",
    ),
    Criterion(
        "bbox", "bbox", Kind.BOX, "Box",
        flag="--bbox", metavar="W,S,E,N", help="Box in degrees.",
    ),
    Criterion("area", "polygon", Kind.POLYGON, "Drawn area", link="area"),
    Criterion(
        "hidden", "with_hidden", Kind.SWITCH, "Hidden",
        flag="--hidden", help="With the events that somebody hid (geomap decide --hide).",
    ),
)  # fmt: skip
"""Every criterion, in the order of options, captions and the filters of the page."""

FACETS: tuple[Criterion, ...] = tuple(c for c in CRITERIA if c.kind in (Kind.WORDS, Kind.RANGE))
"""The criteria that the list of filters shows, with their words or numbers."""

PACKED: tuple[Criterion, ...] = tuple(c for c in CRITERIA if c.is_packed)
"""The criteria that the browser answers from packed events."""

UNPACKED: tuple[Criterion, ...] = tuple(
    c for c in CRITERIA if c.kind not in (Kind.DAY, Kind.SWITCH) and not c.is_packed
)
"""The criteria besides the window that only the events themselves can answer."""

PACKED_COLUMNS: tuple[Column, ...] = tuple(column for c in PACKED for column in c.columns)
"""The columns that packed events have for them."""

FAILS_SERVER = 64
"""The bit of a row that the server's answer leaves out, beside those of `PACKED_COLUMNS`."""
UNSURE = 128
"""The bit of a row that passes, but is possible at best."""
