"""The words of a snapshot: window, counts, filters, sources, caption, alternative text.

A figure in a report outlives the screen it was made on, so everything that limits it is
written on it: what is not shown, which filters were set, how exact the dates are.
"""

from __future__ import annotations

import shlex
from datetime import date

import geopandas as gpd

from geomap import __version__
from geomap.basemap.background import CREDITS, DISCLAIMER
from geomap.model import Status
from geomap.query import EventQuery
from geomap.query.forms import texts_of
from geomap.sharing import withheld_sentence
from geomap.snapshot.plan.projection import Projection
from geomap.snapshot.plan.settings import SnapshotSettings
from geomap.snapshot.plan.view import Origin, View
from geomap.symbology.map_choices import BOUNDARIES
from geomap.symbology.name_policy import policy_words
from geomap.symbology.symbols import Shape, shapes_of
from geomap.vocabulary import ENGLISH_MONTHS

MAX_SOURCES = 4
MAX_FILES = 3
MAX_NAME = 48
CREDIT_LINES = tuple(CREDITS.removesuffix(" · Leaflet").split(" · "))
"""Sources of the background; Leaflet draws pages, not figures."""

_OTHER_TOWNS = "other towns by GeoNames' main names; no side is taken"


def day_words(day: date) -> str:
    """Return a day as in "3 March 2023", in English whatever the locale."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def window_words(query: EventQuery) -> str:
    """Return the window of a query in words; both days are included."""
    if query.start and query.end:
        if query.start == query.end:
            return day_words(query.start)
        return f"{day_words(query.start)} to {day_words(query.end)}, both days included"
    if query.start:
        return f"From {day_words(query.start)}"
    if query.end:
        return f"Until {day_words(query.end)}"
    return "All dates"


def counts_words(view: View) -> str:
    """Return how many events are shown of all, and what became of the others."""
    counts = view.counts
    hidden = f"; {counts.hidden:,} hidden" if counts.hidden else ""
    return (
        f"{counts.shown:,} shown of {counts.total:,} imported; {counts.possible:,} possible by "
        f"{_doubt(view.query)}; {counts.outside_dates:,} outside the dates; "
        f"{counts.filtered:,} filtered; {counts.unplaced:,} not placed; {counts.undated:,} undated"
        f"{hidden}"
    )


def _doubt(query: EventQuery) -> str:
    """Return what may make an event only possible."""
    return "date or number" if any(query.ranges) else "date"


def source_words(events: gpd.GeoDataFrame) -> str:
    """Return the sources named by the drawn events, the most frequent first."""
    names = events["source"].dropna().value_counts().index.tolist()
    if not names:
        return "Sources: not stated"
    more = f" and {len(names) - MAX_SOURCES} more" if len(names) > MAX_SOURCES else ""
    without = int(events["source"].isna().sum())
    rest = f"; not stated for {without:,}" if without else ""
    return "Sources: " + "; ".join(_short(str(name)) for name in names[:MAX_SOURCES]) + more + rest


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_NAME else line[: MAX_NAME - 1] + "…"


def origins_words(view: View) -> str:
    """Return the origins of the drawn events: files, days of access, licences."""
    groups: dict[tuple[str, str], list[Origin]] = {}
    for origin in view.origins:
        groups.setdefault((origin.term.name, origin.term.licence), []).append(origin)
    return "; ".join(
        _group_words(name, licence, origins) for (name, licence), origins in groups.items()
    )


def _group_words(name: str, licence: str, origins: list[Origin]) -> str:
    files = [origin for origin in origins if origin.file_name]
    names = [f"{_short(o.file_name)} [{o.version}]" for o in files[:MAX_FILES]]
    more = f" and {len(files) - MAX_FILES} more files" if len(files) > MAX_FILES else ""
    days = sorted({origin.accessed for origin in files})
    parts = [f"{name}: " if name else "", ", ".join(names) + more]
    if days:
        parts.append(f", accessed {days[0]}" + (f" to {days[-1]}" if len(days) > 1 else ""))
    stop = ", " if names else ""
    events = sum(origin.events for origin in origins)
    return "".join(parts) + f"{stop}{licence} ({events:,})"


def limits_of(view: View) -> list[str]:
    """Return a sentence for everything that licences or the redaction leave out.

    Parameters
    ----------
    view
        The view whose events are passed on.
    """
    sentences = [withheld_sentence(view.withheld, drawn=True), *view.redaction.in_words()]
    return [sentence for sentence in sentences if sentence]


def precision_words(view: View) -> str:
    """Return how to read the marks on this map that stand for something not known exactly."""
    events = view.events
    shapes = set(shapes_of(events["geo_precision"]).tolist()) if len(events) else set()
    rules = []
    if Shape.NEAR in shapes:
        rules.append("a sign in a disc lies somewhere in the disc")
    if Shape.AREA in shapes:
        rules.append(
            "a hatched area with a number holds that many events known to the area only; where its "
            "outline is not known, a circle stands for it"
        )
    points = events.geometry[events.geometry.geom_type == "Point"]
    if points.duplicated().any():
        rules.append("a number beside a sign counts the events at that very point")
    if Shape.UNKNOWN in shapes:
        rules.append("a sign with a dark edge is as exact as its source, which does not say")
    if bool(view.possible.any()):
        doubt = f"the {_doubt(view.query)} allows but does not force it"
        rules.append(f"hollow, or a number with ?: possible, {doubt}")
    if (events["status"] == Status.CLAIMED.value).any():
        rules.append("claimed by one side is drawn like reported")
    return _sentence("; ".join(rules) or "every place and date is known as drawn")


def as_of_words(settings: SnapshotSettings) -> str:
    """Return the as-of time in words."""
    version = "" if settings.version is None else f", data version {settings.version}"
    return f"As of {settings.as_of:%Y-%m-%d %H:%M} UTC{version}"


def remake_words(view: View, settings: SnapshotSettings) -> str:
    """Return the command that selects the same events again; hidden sources are not named."""
    query = view.query
    words = ["geomap", "snapshot"]
    if settings.version is not None:
        words += ["--at", str(settings.version)]
    for criterion, value in query.values():
        if criterion.flag:
            for text in texts_of(criterion, value):
                words += [criterion.flag, text]
    if view.redaction.grid is not None:
        words += ["--grid", f"{view.redaction.grid:g}"]
    for column in sorted(view.redaction.columns):
        words += ["--drop", column]
    command = shlex.join(words)
    # No flag draws an area: it is in the manifest.
    return f"{command} (and the drawn area in the manifest)" if query.polygon else command


def margin_words(
    view: View, settings: SnapshotSettings, projection: Projection, snapshot_id: str
) -> list[tuple[str, str]]:
    """Return the paragraphs of the margin: a label and a text each."""
    sources = source_words(view.events).removeprefix("Sources: ")
    files = origins_words(view)
    link = settings.link or remake_words(view, settings)
    lines = BOUNDARIES[settings.boundaries].caption
    names = f"Names: {policy_words(settings.names)}; {_OTHER_TOWNS}"
    credit = f"{lines} Background: {' · '.join(CREDIT_LINES)}. {names}. {DISCLAIMER}"
    how = "Link" if settings.link else "Made again by"
    made = f"Snapshot {snapshot_id}. {how}: {link}. geomap {__version__}."
    paragraphs = [
        ("Selection", f"{_sentence(view.query.in_words())}. {counts_words(view)}."),
        ("Precision", f"{precision_words(view)}."),
        ("Sources", f"{sources}." + (f" Data: {files}." if files else "")),
        ("Limits", " ".join(limits_of(view))),
        ("Map", f"{projection.name}; WGS 84. {credit}"),
        ("As of", f"{as_of_words(settings).removeprefix('As of ')}. {made}"),
    ]
    return [(label, text) for label, text in paragraphs if text]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def caption(view: View, settings: SnapshotSettings, snapshot_id: str = "") -> str:
    """Return a caption to paste under the figure in a report.

    Parameters
    ----------
    view, settings, snapshot_id
        What is shown and how; the number of the snapshot, "" to leave it out.
    """
    number = f", snapshot {snapshot_id}" if snapshot_id else ""
    lines = (
        f"{settings.title}. {window_words(view.query)}.",
        f"{view.counts.sentence()}.",
        f"Selection: {view.query.in_words()}.",
        f"{source_words(view.events)}.",
        *limits_of(view),
        f"{as_of_words(settings)}{number}. Map made with geomap.",
    )
    return " ".join(lines)


def alt_text(view: View, settings: SnapshotSettings) -> str:
    """Return a description of the figure for those who do not see it.

    Parameters
    ----------
    view, settings
        What is shown, and the title.
    """
    counts = view.counts
    types = view.events["event_type"].fillna("type not stated").value_counts()
    named = ", ".join(f"{_short(str(word))} {number:,}" for word, number in types.head(6).items())
    more = f" and {len(types) - 6} more types" if len(types) > 6 else ""
    places = view.rows["place_name"].dropna().value_counts().head(3)
    most = ", ".join(f"{_short(str(name))} ({number:,})" for name, number in places.items())
    parts = [
        f"Map: {settings.title}. {window_words(view.query)}.",
        f"{counts.shown:,} events shown and {counts.possible:,} possible of {counts.total:,}"
        + (f", by type: {named}{more}." if named else "."),
        f"Most events: {most}." if most else "",
    ]
    return " ".join(part for part in parts if part)
