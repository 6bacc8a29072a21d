"""A page with the time control and the filters, and a script that plays the map for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playwright.sync_api import Page
from tests.browser.modules import open_modules

from geomap.maps.assets import component_files
from geomap.maps.filter_component import filters_data
from geomap.maps.time_component import timeline_data

FIRST, LAST = date(2022, 9, 1), date(2022, 12, 29)
WORDS: dict[str, list[str | None]] = {
    "type": ["Battles", "Protests", "Air_strikes", None],
    "source": ["A", "B", "C", *(f"Paper {number}" for number in range(300))],
    "status": ["reported", "claimed"],
    "precision": ["day", "exact", "admin1"],
    "batch": ["one"],
}

MAP = """
const days = (iso) => (iso === null ? null : Date.parse(iso) / 86400000);
globalThis.bus = new BroadcastChannel("geomap:secret");
globalThis.told = [];
globalThis.posted = [];
const numbers = (rule) => Uint32Array.from({ length: 120 }, (_, day) => rule(day));
globalThis.histogram = {
  first: days("2022-09-01"), unit: "day",
  series: [
    { name: "Battles", colour: "#d55e00", shown: numbers((day) => day % 9) },
    { name: "Protests", colour: "#0072b2", shown: numbers((day) => (day * 7) % 5) },
  ],
  possible: numbers((day) => (day % 30 < 4 ? 3 : 0)),
};
const sum = (list, from, to) =>
  list.slice(Math.max(0, from), Math.max(0, to + 1)).reduce((a, b) => a + b, 0);
function paint([start, end]) {
  const { first, series, possible } = histogram;
  const [from, to] = [(days(start) ?? first) - first, (days(end) ?? first + 119) - first];
  const shown = series.reduce((all, one) => all + sum(one.shown, from, to), 0);
  const maybe = sum(possible, from, to);
  const rest = { filtered: 30, unplaced: 20, undated: 10, from: start, to: end };
  const outside_dates = 5000 - shown - maybe - 60;
  bus.postMessage({ painted: { total: 5000, shown, possible: maybe, outside_dates, ...rest } });
}
bus.addEventListener("message", ({ data }) => {
  posted.push({ ...data, at: performance.now() });
  if (data.window) requestAnimationFrame(() => paint(data.window));
  if (data.filters?.type.length) {
    bus.postMessage({ histogram: { ...histogram, series: histogram.series.slice(0, 1) } });
    bus.postMessage({ facets: { ...facets, source: [7, 0, 1] } });
  }
});
globalThis.header = {
  columns: { type: { words: [null, "Battles", "Protests", "Air_strikes"] },
    source: { words: ["A", "B", "C"] }, batch: { words: ["one"] } },
  statuses: ["reported", "claimed"], geoPrecisions: ["exact", "admin1"], datePrecisions: ["day"],
  colours: { type: ["#6e6e6e", "#d55e00", "#0072b2", "#009e73"], status: ["#009e73", "#aa3377"] },
};
globalThis.facets = { type: [2, 1204, 30, 0], source: [900, 300, 36], status: [1200, 36],
  geo: [1000, 236], date: [1236], batch: [1236] };
"""

IMPORTS = """
import { Filters } from "/maps/js/filters/filters.js";
import { channel } from "/maps/js/shared/channel.js";
import { Timeline } from "/maps/js/time/timeline.js";
"""
START = """
globalThis.channel = channel("secret");
globalThis.tell = (name, value) => told.push({ name, value, at: performance.now() });
globalThis.timeline = new Timeline(document.querySelector(".geomap-timeline"), tell);
timeline.update(data);
globalThis.filters = new Filters(document.querySelector(".geomap-filters"), tell);
filters.update(chosen);
bus.postMessage({ ready: true });
bus.postMessage({ histogram });
bus.postMessage({ header, facets });
"""

LOOKS = {
    "light": "body { color: #1d2a2e; background: #fff; --st-primary-color: #1f6f78; }",
    "dark": "body { color: #e4e9e8; background: #14191c; color-scheme: dark;"
    " --st-text-color: #e4e9e8; --st-primary-color: #2a7d85; --st-border-color: #36424a; }",
}


def open_control(
    page: Page,
    *,
    window: Sequence[date | None] = (None, None),
    look: str = "light",
    chosen: Mapping[str, Sequence[str | None]] | None = None,
    words: Mapping[str, list[str | None]] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    **others: Any,
) -> None:
    """Open the time control on `window`, driven by the messages of a made-up map."""
    data = timeline_data(
        channel="secret",
        window=(window[0], window[1]),
        counts={},
        first=FIRST,
        last=LAST,
        **others,
    )
    filters = filters_data(
        channel="secret", words={**WORDS, **(words or {})}, chosen=chosen, labels=labels
    )
    control, lists = component_files("timeline"), component_files("filters")
    open_modules(
        page,
        f"<style>body {{ font: 15px sans-serif; margin: 12px; }} {LOOKS[look]}"
        f"aside {{ max-width: 270px; margin-top: 24px; }}{control['css']}{lists['css']}</style>"
        f"<main>{control['html']}<aside>{lists['html']}</aside></main>"
        f"<script>const data = {json.dumps(data)}, chosen = {json.dumps(filters)};{MAP}</script>",
        IMPORTS + START,
    )
    page.wait_for_function("() => timeline.channel.histogram && timeline.image.bars")


def window_of(page: Page) -> tuple[str | None, str | None]:
    """Return the window of the last mark."""
    mark = page.evaluate("performance.getEntriesByName('geomap:window').at(-1)?.detail ?? {}")
    return mark.get("from"), mark.get("to")
