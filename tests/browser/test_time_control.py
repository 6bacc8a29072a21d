"""The time control in Chromium, with a script in the part of the map: hand, keys, play."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.time_harness import FIRST, LAST, open_control, window_of

pytestmark = pytest.mark.browser

OCTOBER = (date(2022, 10, 1), date(2022, 10, 31))
DAYS = (LAST - FIRST).days + 1
PageMaker = Callable[..., Page]


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[PageMaker]:
    """Return a maker of pages; a script that fails in one of them fails the test."""
    problems: list[str] = []
    contexts = []

    def make(width: int = 1280, height: int = 700, **others: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **others)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(new_page: PageMaker) -> Page:
    """Return a page of a desktop."""
    return new_page()


def at(page: Page, day: date) -> tuple[float, float]:
    """Return the point of the strip where `day` begins, below the band of the window."""
    box = page.get_by_role("slider", name="Date range").bounding_box()
    assert box is not None
    axis = page.evaluate("[timeline.axis.start, timeline.axis.stop]")
    number = (day - date(1970, 1, 1)).days
    return box["x"] + (number - axis[0]) / (axis[1] - axis[0]) * box["width"], box["y"] + 30


def drag(page: Page, start: date, end: date, *, up: bool = True) -> None:
    """Drag from the beginning of one day to the beginning of another."""
    page.mouse.move(*at(page, start))
    page.mouse.down()
    page.mouse.move(*at(page, end), steps=5)
    if up:
        page.mouse.up()


def told(page: Page, name: str) -> list[Any]:
    """Return what the owner was told under `name`, in order."""
    values: list[Any] = page.evaluate(
        "name => told.filter((one) => one.name === name).map((one) => one.value)", name
    )
    return values


def test_each_handle_changes_its_end_and_the_owner_hears_on_release(page: Page) -> None:
    """While a handle is dragged the map follows; the server is not asked."""
    open_control(page, window=OCTOBER)

    drag(page, OCTOBER[0], date(2022, 10, 11), up=False)
    assert window_of(page) == ("2022-10-11", "2022-10-31")
    assert told(page, "range") == []
    assert page.evaluate("posted.at(-1).moving") is True
    page.mouse.up()
    drag(page, date(2022, 11, 1), date(2022, 10, 21))

    assert window_of(page) == ("2022-10-11", "2022-10-20")
    assert told(page, "range") == [["2022-10-11", "2022-10-31"], ["2022-10-11", "2022-10-20"]]
    page.wait_for_function("() => posted.at(-1).moving === false")


def test_the_window_moves_whole_and_stays_within_the_days(page: Page) -> None:
    """A month that is moved to the end is still a month."""
    open_control(page, window=OCTOBER)

    drag(page, date(2022, 10, 15), date(2022, 10, 20))
    moved = window_of(page)
    drag(page, date(2022, 10, 20), date(2022, 12, 28))

    assert moved == ("2022-10-06", "2022-11-05")
    assert window_of(page) == ("2022-11-29", "2022-12-29")


def test_a_drag_on_empty_space_makes_a_window_and_a_click_does_not(page: Page) -> None:
    """A slip of the hand must not throw away the window."""
    open_control(page, window=OCTOBER)

    page.mouse.click(*at(page, date(2022, 12, 1)))
    kept = window_of(page)
    drag(page, date(2022, 12, 1), date(2022, 12, 10))

    assert kept == ("2022-10-01", "2022-10-31")
    assert window_of(page) == ("2022-12-01", "2022-12-10")


def test_a_window_of_one_day_can_be_moved_by_its_band(page: Page) -> None:
    """Between two handles a day is a few pixels wide: the band over it is wide enough."""
    open_control(page, window=(date(2022, 10, 15), date(2022, 10, 15)))
    page.evaluate("timeline.axis.zoom(1, 0)")
    x, y = at(page, date(2022, 10, 15))

    page.mouse.move(x + 10, y - 24)
    page.mouse.down()
    page.mouse.move(at(page, date(2022, 10, 25))[0] + 10, y - 24, steps=4)
    page.mouse.up()

    assert window_of(page) == ("2022-10-25", "2022-10-25")


def test_the_wheel_zooms_the_axis_about_the_pointer_and_a_double_click_resets(page: Page) -> None:
    """Years of days are wider than any screen; what is under the pointer stays there."""
    open_control(page, window=OCTOBER)
    spot = at(page, date(2022, 10, 15))

    page.mouse.move(*spot)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => !timeline.axis.whole")
    same = at(page, date(2022, 10, 15))
    zoomed = page.evaluate("[timeline.axis.start, timeline.axis.days]")
    said = page.locator("[data-part=scale]")
    page.wait_for_function("() => timeline.find('scale').textContent.includes('axis')")
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 100)
    page.keyboard.up("Shift")
    page.wait_for_function("start => timeline.axis.start > start", arg=zoomed[0])
    assert abs(same[0] - spot[0]) < 0.5
    assert zoomed[1] < DAYS / 2
    assert page.evaluate("timeline.axis.days") == pytest.approx(zoomed[1])
    assert window_of(page) == ("2022-10-01", "2022-10-31")

    page.mouse.dblclick(*at(page, date(2022, 10, 15)))
    page.wait_for_function("() => timeline.axis.whole")
    page.wait_for_function("() => !timeline.find('scale').textContent.includes('axis')")
    assert said.inner_text().startswith("A bar is a day")


def test_buttons_zoom_the_axis_and_the_window_is_followed(page: Page) -> None:
    """Whoever has no wheel has buttons, and no window moves out of sight."""
    open_control(page, window=OCTOBER)
    whole = page.get_by_role("button", name="Whole span")
    assert whole.is_disabled()

    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
    slider = page.get_by_role("slider", name="Date range")
    slider.press("Home")
    at_the_start = page.evaluate("timeline.axis.start - timeline.first")
    slider.press("End")
    in_sight = page.evaluate("timeline.axis.start < timeline.to && timeline.axis.days < 31")
    page.get_by_role("button", name="Zoom out").click()
    whole.click()

    assert window_of(page) == ("2022-11-29", "2022-12-29")
    assert at_the_start == 0
    assert in_sight
    assert page.evaluate("timeline.axis.whole")


def test_the_wheel_leaves_the_page_alone_where_there_is_nothing_to_zoom(page: Page) -> None:
    """A page that is scrolled must not be caught by the strip under the pointer."""
    open_control(page, window=OCTOBER)
    page.evaluate("document.body.style.minHeight = '3000px'")
    page.mouse.move(*at(page, date(2022, 10, 15)))

    page.mouse.wheel(0, 300)

    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate("timeline.axis.whole")


def test_typed_dates_are_taken_and_an_impossible_one_is_named(page: Page) -> None:
    """A slip is told rather than guessed, and stays in the field to be mended."""
    open_control(page, window=OCTOBER)
    first, last = (page.get_by_label(name, exact=True) for name in ("From", "To"))

    first.fill("2022-10-12")
    first.press("Enter")
    last.fill("2022-02-30")
    last.press("Enter")
    page.wait_for_timeout(100)  # paints of the map must not wipe the sentence away
    wrong = last.get_attribute("aria-invalid"), last.input_value()
    sentence = page.get_by_role("alert").inner_text()
    last.fill("2022-10-14")
    last.press("Enter")

    assert wrong == ("true", "2022-02-30")
    assert sentence.startswith("To is not a date: \u201c2022-02-30\u201d")
    assert window_of(page) == ("2022-10-12", "2022-10-14")
    assert last.get_attribute("aria-invalid") == "false"
    assert page.get_by_role("alert").inner_text() == ""
    last.fill("")
    last.press("Enter")
    assert window_of(page) == ("2022-10-12", None)
    assert told(page, "range")[-1] == ["2022-10-12", None]


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("Day", ("2022-10-01", "2022-10-01")),
        ("Week", ("2022-10-01", "2022-10-07")),
        ("Month", ("2022-10-01", "2022-10-31")),
        ("All", (None, None)),
    ],
)
def test_lengths_begin_where_the_window_does(
    page: Page, name: str, window: tuple[str, str]
) -> None:
    """One press for the lengths that people ask for."""
    open_control(page, window=(date(2022, 10, 1), date(2022, 12, 1)))

    page.get_by_role("button", name=name).click()

    assert window_of(page) == window
    assert told(page, "range") == [list(window)]


def test_cumulative_shows_everything_up_to_the_last_day_and_back(page: Page) -> None:
    """The first day comes back with the window: it was only left aside."""
    open_control(page, window=OCTOBER)

    page.get_by_label("Cumulative").check()
    up_to = window_of(page)
    page.get_by_role("slider", name="Date range").press("ArrowRight")
    drag(page, date(2022, 11, 2), date(2022, 11, 12))
    moved = window_of(page)
    hidden = page.get_by_role("slider", name="First day").count()
    page.get_by_label("Window", exact=True).check()

    assert (up_to, moved) == ((None, "2022-10-31"), (None, "2022-11-11"))
    assert hidden == 0
    assert window_of(page) == ("2022-10-01", "2022-11-11")
    assert told(page, "mode") == ["cumulative", "window"]
    assert told(page, "range")[0] == [None, "2022-10-31"]


def test_the_owner_can_ask_for_cumulative(page: Page) -> None:
    """A link brings the mode back."""
    open_control(page, window=(None, OCTOBER[1]), mode="cumulative")

    assert page.get_by_label("Cumulative").is_checked()
    assert window_of(page) == (None, "2022-10-31")
    assert told(page, "mode") == []


def test_an_answer_that_is_late_does_not_undo_what_was_done_since(page: Page) -> None:
    """The server answers an older window while a person has moved on."""
    open_control(page, window=OCTOBER)
    repeat = "window => timeline.update({ ...data, window })"
    for name in ("Week", "Day"):
        page.get_by_role("button", name=name, exact=True).click()

    page.evaluate(repeat, ["2022-10-01", "2022-10-31"])
    page.evaluate(repeat, ["2022-10-01", "2022-10-07"])
    kept = window_of(page)
    page.evaluate(repeat, ["2022-10-01", "2022-10-01"])
    page.evaluate(repeat, ["2022-11-01", "2022-11-02"])

    assert kept == ("2022-10-01", "2022-10-01")
    assert window_of(page) == ("2022-11-01", "2022-11-02")


def play(page: Page, *, speed: str = "8", step: str = "day") -> None:
    """Choose a speed and a step, and press Play."""
    page.get_by_label("Speed").select_option(speed)
    page.get_by_label("Step").select_option(step)
    page.get_by_role("button", name="Play").click()


def windows(page: Page) -> list[tuple[date, date]]:
    """Return every window so far, as days."""
    marks = page.evaluate("performance.getEntriesByName('geomap:window').map((one) => one.detail)")
    return [(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in marks]


def test_play_moves_a_step_at_a_time_and_the_owner_hears_at_the_pause(page: Page) -> None:
    """Every day is drawn: none is jumped over on the way."""
    open_control(page, window=(FIRST, FIRST + timedelta(days=6)))
    button = page.get_by_role("button", name="Play")

    play(page)
    page.wait_for_function("() => timeline.from - timeline.first > 12")
    pressed, quiet = button.get_attribute("aria-pressed"), told(page, "range")
    button.click()

    seen = windows(page)
    assert (pressed, button.get_attribute("aria-pressed"), quiet) == ("true", "false", [])
    assert {later[0] - earlier[0] for earlier, later in pairwise(seen)} == {timedelta(days=1)}
    assert {last - first for first, last in seen} == {timedelta(days=6)}
    assert told(page, "range") == [[day.isoformat() for day in seen[-1]]]
    assert page.evaluate("posted.filter((one) => one.window).at(-1).moving") is False


def test_play_by_month_keeps_calendar_months_and_stops_at_the_end(page: Page) -> None:
    """September, October, November, and then what is left of December."""
    open_control(page, window=(FIRST, date(2022, 9, 30)))

    play(page, step="month")
    page.wait_for_function("() => !timeline.player.isPlaying && timeline.to === timeline.last")

    months = [(first.month, last.month, last.day) for first, last in windows(page)]
    assert months[:3] == [(9, 9, 30), (10, 10, 31), (11, 11, 30)]
    assert windows(page)[-1][1] == LAST
    assert told(page, "range") == [[day.isoformat() for day in windows(page)[-1]]]


def test_play_takes_about_a_quarter_of_a_minute_unless_told_otherwise(page: Page) -> None:
    """Neither three months nor thirty years should bore or flash by."""
    open_control(page)
    speed = page.get_by_label("Speed")
    days = speed.input_value()
    page.get_by_label("Step").select_option("month")
    months = speed.input_value()
    speed.select_option("2")
    page.get_by_label("Step").select_option("day")

    assert (days, months, speed.input_value()) == ("1", "0.5", "2")


def test_play_loops_when_it_is_asked_to(page: Page) -> None:
    """A screen on a wall plays on."""
    open_control(page, window=(LAST - timedelta(days=20), LAST - timedelta(days=10)))
    page.get_by_label("Loop").check()

    play(page, step="week")
    page.wait_for_function("() => timeline.from === timeline.first")

    assert page.evaluate("timeline.player.isPlaying")
    first, last = windows(page)[-1]
    assert last - first == timedelta(days=10)


def test_play_in_cumulative_grows_to_the_last_day(page: Page) -> None:
    """Nothing that was shown goes away."""
    open_control(page, mode="cumulative")

    play(page, step="week")
    page.wait_for_function("() => !timeline.player.isPlaying && timeline.to === timeline.last")

    marks = page.evaluate("performance.getEntriesByName('geomap:window').map((one) => one.detail)")
    assert {mark["from"] for mark in marks} == {None}
    ends = [mark["to"] for mark in marks if mark["to"]]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (FIRST.isoformat(), LAST.isoformat())


def test_play_is_slow_and_in_steps_for_people_who_want_less_motion(new_page: PageMaker) -> None:
    """Two steps a second are the most, whatever the speed."""
    page = new_page(reduced_motion="reduce")
    open_control(page, window=OCTOBER)

    play(page)
    page.wait_for_timeout(1700)
    page.get_by_role("button", name="Play").click()

    assert 2 <= len(windows(page)) - 1 <= 4


def test_keys_do_all_that_the_hand_does(page: Page) -> None:
    """Arrows, with shift a week, pages a month, ends, and space to play."""
    open_control(page, window=OCTOBER)
    grip = page.get_by_role("slider", name="Date range")
    first, last = (page.get_by_role("slider", name=name) for name in ("First day", "Last day"))

    reached = []
    for part, key in (
        (grip, "ArrowRight"),
        (grip, "Shift+ArrowLeft"),
        (grip, "PageUp"),
        (first, "ArrowRight"),
        (first, "Shift+ArrowUp"),
        (last, "ArrowLeft"),
        (last, "PageDown"),
        (last, "End"),
        (first, "Home"),
    ):
        part.press(key)
        reached.append("/".join(day[5:] for day in window_of(page) if day))
    assert reached == [
        "10-02/11-01",
        "09-25/10-25",
        "10-25/11-24",
        "10-26/11-24",
        "11-02/11-24",
        "11-02/11-23",
        "11-02/11-02",
        "11-02/12-29",
        "09-01/12-29",
    ]
    page.wait_for_function("() => told.some((one) => one.name === 'range')")
    assert told(page, "range") == [["2022-09-01", "2022-12-29"]]
    assert first.get_attribute("aria-valuetext") == "2022-09-01"
    assert grip.get_attribute("aria-valuetext") == "2022-09-01 to 2022-12-29"

    grip.press("Space")
    assert page.evaluate("timeline.player.isPlaying")
    grip.press("Space")
    assert not page.evaluate("timeline.player.isPlaying")


def test_the_live_region_speaks_at_a_pause_and_not_on_the_way(page: Page) -> None:
    """A voice that reads every frame is worse than none."""
    open_control(page, window=OCTOBER)
    said = page.locator("[data-part=said]")

    drag(page, OCTOBER[0], date(2022, 10, 11), up=False)
    page.wait_for_timeout(800)
    moving = said.inner_text()
    page.mouse.up()
    page.wait_for_function("() => timeline.find('said').textContent")

    assert moving == ""
    counts = page.get_by_test_id("geomap-live-counts").inner_text()
    shown, possible = counts.split(" ")[0], counts.split(" ")[3]
    assert said.inner_text() == (f"2022-10-11 to 2022-10-31: {shown} shown, {possible} possible.")


def test_the_histogram_of_the_map_is_drawn_and_on_a_grid_that_of_the_server(page: Page) -> None:
    """The bars follow the filters, whoever counts."""
    open_control(page)
    own = page.evaluate("timeline.histogram.series.map((one) => one.name)")

    page.evaluate(
        """timeline.update({ ...data, grid: "grid.json", served: true, histogram: {
            first: histogram.first, series: [{ name: "g", colour: null, shown: [5, 6] }],
            possible: [0, 1] } })"""
    )

    assert own == ["Battles", "Protests"]
    assert page.evaluate("timeline.histogram.series.map((one) => one.name)") == ["g"]
    assert page.evaluate("timeline.last - timeline.first") == DAYS - 1


def test_a_map_that_is_new_is_told_everything_and_others_only_what_changed(page: Page) -> None:
    """A reload of the map's frame must not lose the window, nor each rerun load it all again."""
    open_control(page, window=OCTOBER, src="a.gme", selected=7, furniture={"graticule": True})
    said = page.evaluate("posted.filter((one) => one.window).at(-1)")
    page.evaluate("timeline.update({ ...data, bits: 'b.bits' })")
    page.wait_for_function("() => posted.at(-1).bits")
    news = page.evaluate("posted.at(-1)")

    assert (said["window"], said["load"], said["select"]) == (
        ["2022-10-01", "2022-10-31"], "a.gme", 7,
    )  # fmt: skip
    assert said["furniture"] == {"graticule": True}
    assert said["bits"] is said["grid"] is None
    assert set(news) == {"window", "moving", "bits", "at"}


def test_what_is_done_on_the_map_is_handed_on(page: Page) -> None:
    """Picks, places, drawings and the view reach the owner by way of the control."""
    open_control(page)
    page.evaluate(
        """for (const message of [{ pick: 3, here: [3, 9] }, { place: "mine" },
                { drawn: [[46, 39], [47, 39], [47, 40]] }, { drawn: null }, { pick: 0, here: [0] },
                { view: { bbox: [1, 2, 3, 4], zoom: 5 } }]) bus.postMessage(message)"""
    )
    page.wait_for_function("() => told.some((one) => one.name === 'view')")

    assert told(page, "picked") == [
        {"row": 3, "here": [3, 9], "n": 1},
        {"row": 0, "here": [0], "n": 3},
    ]
    assert told(page, "place") == [{"id": "mine", "n": 2}]
    assert told(page, "drawn") == [[[46, 39], [47, 39], [47, 40]], None]
    assert told(page, "view") == [{"bbox": [1, 2, 3, 4], "zoom": 5}]


def test_on_a_small_screen_everything_fits_and_fingers_find_the_handles(
    new_page: PageMaker,
) -> None:
    """360 pixels wide: nothing sticks out, and a target is at least 24 pixels."""
    page = new_page(360, 740, has_touch=True, is_mobile=True)
    open_control(page, window=(date(2022, 10, 15), date(2022, 10, 15)))

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    sizes = page.evaluate(
        """[...document.querySelectorAll(".handle, button, input, select")]
            .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
            .map((box) => Math.min(box.width, box.height))"""
    )
    assert min(sizes) >= 24
    first, last = (
        page.get_by_role("slider", name=name).bounding_box() for name in ("First day", "Last day")
    )
    assert first is not None
    assert last is not None
    assert first["x"] + first["width"] <= last["x"] + 1


def fingers(page: Page) -> Callable[..., None]:
    """Return what puts down, moves or lifts fingers."""
    client = page.context.new_cdp_session(page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    return finger


def test_a_finger_resizes_and_two_zoom_the_axis(new_page: PageMaker) -> None:
    """A phone has neither wheel nor keys."""
    page = new_page(360, 740, has_touch=True, is_mobile=True)
    open_control(page, window=OCTOBER)
    finger = fingers(page)
    x, y = at(page, date(2022, 11, 1))
    goal, _ = at(page, date(2022, 12, 1))

    finger("touchStart", (x + 4, y))
    for part in (0.3, 0.6, 1.0):
        finger("touchMove", (x + 4 + (goal - x) * part, y))
    finger("touchEnd")
    page.wait_for_function("() => told.length")
    assert window_of(page) == ("2022-10-01", "2022-11-30")

    finger("touchStart", (140, y), (200, y))
    finger("touchMove", (110, y), (230, y))
    finger("touchMove", (80, y), (260, y))
    finger("touchEnd")

    assert page.evaluate("timeline.axis.days") == pytest.approx(DAYS / 3, rel=0.05)
    assert window_of(page) == ("2022-10-01", "2022-11-30")


def test_a_frame_of_play_draws_and_does_no_more(page: Page) -> None:
    """Over twenty years of days in nine colours a frame stays far below its sixteen ms."""
    open_control(page)

    spent = page.evaluate(
        """() => {
            const long = 7300;
            const shown = () => Uint32Array.from({ length: long }, (_, day) => day % 17);
            const one = (_, n) => ({ name: `${n}`, colour: "#0072b2", shown: shown() });
            const series = Array.from({ length: 9 }, one);
            const histogram = { first: 12000, unit: "day", series, possible: shown() };
            timeline.channel.receive({ histogram });
            timeline.set(12000, 13000);
            timeline.paint();
            timeline.isDragging = true;
            const begun = performance.now();
            for (let n = 1; n <= 300; n++) {
                timeline.set(12000 + n, 13000 + n);
                timeline.paint();
            }
            timeline.isDragging = false;
            return (performance.now() - begun) / 300;
        }"""
    )

    assert spent < 8, f"{spent:.2f} ms a frame"


def test_on_a_grid_the_owner_hears_while_the_window_moves_but_seldom(page: Page) -> None:
    """Where the server counts it has to follow, four times a second and no more."""
    open_control(page, window=(FIRST, FIRST + timedelta(days=6)), served=True)

    play(page)
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Play").click()

    when = page.evaluate("told.filter((one) => one.name === 'range').map((one) => one.at)")
    assert 3 <= len(when) <= 7
    assert all(later - earlier >= 249 for earlier, later in pairwise(when[:-1]))


def test_another_session_is_not_heard(page: Page) -> None:
    """The name of the channel is all that two tabs share, and it is never the same."""
    open_control(page, window=OCTOBER)

    page.evaluate(
        """() => {
            globalThis.stranger = new BroadcastChannel("geomap:other");
            stranger.postMessage({ pick: 1, here: [1], failed: "Not yours." });
            return new Promise((done) => setTimeout(done, 100));
        }"""
    )

    assert told(page, "picked") == []
    assert page.get_by_role("alert").inner_text() == ""


def test_the_line_of_counts_follows_all_seven_numbers(page: Page) -> None:
    """A filter changes six of them; each stays a button that lists its events."""
    open_control(page, window=OCTOBER)
    page.evaluate(
        """async () => {
            const line = document.createElement("p");
            document.body.append(Object.assign(line, { className: "counts" }));
            const { default: draw } = await import("/dashboard/js/counts.js");
            draw({ parentElement: document.body, setTriggerValue: tell,
                data: { channel: "new", listed: null, counts: { shown: 1, possible: 2, total: 28,
                    outside_dates: 4, filtered: 5, unplaced: 7, undated: 9 } } });
        }"""
    )
    line = page.locator(".counts")
    before = line.inner_text()

    page.evaluate(
        """new BroadcastChannel("geomap:new").postMessage({ painted: { shown: 1000, possible: 20,
            total: 1400, outside_dates: 300, filtered: 40, unplaced: 30, undated: 10 } })"""
    )
    line.get_by_text("1,400").wait_for()
    line.get_by_role("button", name="40 filtered").click()

    assert before == (
        "1 shown + 2 possible of 28 · 4 outside the dates · 5 filtered · 7 unplaced · 9 undated"
    )
    assert line.inner_text() == (
        "1,000 shown + 20 possible of 1,400 · 300 outside the dates · 40 filtered · "
        "30 unplaced · 10 undated"
    )
    assert told(page, "listed") == ["filtered"]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_serious_fault(page: Page, look: str) -> None:
    """Names, roles, values and contrast, as a machine can check them."""
    open_control(page, window=OCTOBER, look=look, chosen={"type": ["Gone"]})

    found = Axe().run(page).response["violations"]

    grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in grave] == []
