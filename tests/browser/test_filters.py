"""The filters in Chromium, with a script in the part of the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.time_harness import open_control

from geomap.vocabulary.criteria import FACETS

pytestmark = pytest.mark.browser

NOTHING: dict[str, list[Any]] = {criterion.name: [] for criterion in FACETS}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Yield a page; a script that fails fails the test."""
    problems: list[str] = []
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    page.close()
    assert problems == []


def told(page: Page, name: str) -> list[Any]:
    """Return what the owner was told under `name`, in order."""
    values: list[Any] = page.evaluate(
        "name => told.filter((one) => one.name === name).map((one) => one.value)", name
    )
    return values


def rows(page: Page, criterion: str) -> list[str]:
    """Return the words and counts of one criterion as they are read."""
    labels = page.get_by_role("group", name=criterion, exact=True).locator("label")
    return [" ".join(text.split()) for text in labels.all_inner_texts()]


def test_a_choice_reaches_the_map_at_once_and_the_owner_later(page: Page) -> None:
    """Three quick clicks are three paints and one run of the server."""
    open_control(page)
    page.wait_for_timeout(100)
    begun = len(page.evaluate("posted"))
    # In one go: on a slow machine a hand of the test could rest longer than the owner waits.
    page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll("input[type=checkbox]")];
          const words = (one) => one.closest("label").innerText;
          const box = (word) => boxes.find((one) => words(one).startsWith(word));
          for (const word of ["Battles", "Protests", "Battles", "claimed"]) box(word).click();
        }"""
    )
    page.wait_for_function("() => told.some((one) => one.name === 'filters')")

    posted = page.evaluate("begun => posted.slice(begun).filter((one) => one.filters)", begun)
    assert [one["filters"]["type"] for one in posted] == [
        ["Battles"], ["Battles", "Protests"], ["Protests"], ["Protests"],
    ]  # fmt: skip
    assert all(set(one) == {"filters", "at"} for one in posted)
    assert told(page, "filters") == [{**NOTHING, "type": ["Protests"], "status": ["claimed"]}]
    when = page.evaluate("told.find((one) => one.name === 'filters').at")
    assert when - posted[-1]["at"] >= 240


def test_a_choice_is_posted_within_the_same_frame(page: Page) -> None:
    """What the map needs of its forty milliseconds must not be spent here."""
    open_control(page)

    spent = page.evaluate(
        """() => {
            const box = document.querySelector(".geomap-filters input[type=checkbox]");
            let at = null;
            const stop = channel.listen((message) => {
                if (message.filters) at = performance.now();
            });
            const begun = performance.now();
            box.click();
            stop();
            return at - begun;
        }"""
    )

    assert 0 <= spent < 5


def test_counts_are_those_of_the_window_and_words_are_read_as_words(page: Page) -> None:
    """A gap in the data has a name, and a word of a link that nothing has stays in sight."""
    open_control(page, chosen={"type": ["Gone"]})
    page.wait_for_function("() => filters.header && filters.facets")

    assert rows(page, "Type") == [
        "Battles 1,204", "Protests 30", "Air strikes 0", "not stated 2", "Gone 0",
    ]  # fmt: skip
    assert rows(page, "Precision") == ["exact 1,000", "admin1 236", "day 1,236"]
    assert page.get_by_label("Gone", exact=True).is_checked()
    page.get_by_label("not stated").check()
    assert page.evaluate("filters.chosen().type") == ["Gone", None]
    assert page.get_by_label("Battles", exact=True).get_attribute("aria-describedby")


def test_colours_stand_at_the_words_of_the_column_they_mean(page: Page) -> None:
    """The list is a legend for the column that is chosen, and for no other."""
    open_control(page)
    page.wait_for_function("() => filters.header")
    swatches = """name => [...document.querySelectorAll("fieldset")]
        .find((one) => one.querySelector("legend")?.textContent === name)
        .querySelectorAll(".swatch:not([hidden])").length"""
    by_type = page.evaluate(swatches, "Type"), page.evaluate(swatches, "Status")

    page.get_by_role("radiogroup", name="Colour by").get_by_label("Status").check()
    page.get_by_role("radiogroup", name="Density").get_by_label("On").check()
    page.wait_for_function("() => told.some((one) => one.name === 'density')")

    assert by_type == (4, 0)
    assert (page.evaluate(swatches, "Type"), page.evaluate(swatches, "Status")) == (0, 2)
    assert page.evaluate("posted.filter((one) => one.colourBy).at(-1).colourBy") == "status"
    assert page.evaluate("posted.at(-1).density") == "on"
    assert (told(page, "colourBy"), told(page, "density")) == (["status"], ["on"])


def test_long_lists_can_be_searched_and_show_a_dozen_rows(page: Page) -> None:
    """Hundreds of sources are found by a part of their name."""
    open_control(page)
    group = page.get_by_role("group", name="Source", exact=True)
    find = page.get_by_label("Find in Source")
    seen = len(rows(page, "Source"))
    box = group.locator(".words").bounding_box()

    find.fill("paper 29")
    found = rows(page, "Source")
    page.get_by_label("Paper 299").check()
    find.fill("zzz")
    none = group.get_by_role("status").inner_text()
    find.fill("")

    assert page.get_by_label("Find in Type").is_hidden()
    assert seen == 200
    assert box is not None
    assert box["height"] <= 12.5 * 28
    assert len(found) == 11
    assert none == "Nothing with these letters."
    assert page.get_by_label("Paper 299").is_checked()
    assert group.get_by_role("status").inner_text().startswith("103 more")


def test_clear_filters_leaves_nothing_chosen_and_says_so(page: Page) -> None:
    """One press, for the map at once and for what the server filters too."""
    open_control(page, chosen={"type": ["Battles", "Gone"], "status": ["claimed"]})

    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_function("() => told.some((one) => one.name === 'filters')")

    assert page.evaluate("posted.filter((one) => one.filters).at(-1).filters") == NOTHING
    assert told(page, "filters") == [NOTHING]
    assert told(page, "cleared") == [1]
    assert page.locator(".geomap-filters input[type=checkbox]:checked").count() == 0
    assert rows(page, "Type")[-1] != "Gone 0"


def test_keys_alone_choose_and_clear(page: Page) -> None:
    """Tab goes in, arrows from word to word, space chooses."""
    open_control(page)

    page.get_by_label("Battles", exact=True).focus()
    for key in ("ArrowDown", "Space", "ArrowDown", "ArrowUp", "ArrowUp", "Space"):
        page.keyboard.press(key)
    assert page.evaluate("filters.chosen().type") == ["Battles", "Protests"]
    page.get_by_role("button", name="Clear filters").press("Enter")
    assert page.evaluate("filters.chosen()") == NOTHING


def test_what_the_owner_repeats_does_not_undo_a_choice(page: Page) -> None:
    """The server's answer to an older choice comes while a person clicks on."""
    open_control(page)
    page.get_by_label("Battles", exact=True).check()
    page.evaluate("filters.update(chosen)")
    kept = page.evaluate("filters.chosen().type")
    page.wait_for_function("() => told.some((one) => one.name === 'filters')")

    page.evaluate("filters.update({ ...chosen, chosen: { type: ['Battles'] } })")
    page.evaluate("filters.update({ ...chosen, chosen: { type: ['Protests'] } })")

    assert kept == ["Battles"]
    assert page.evaluate("filters.chosen().type") == ["Protests"]
    assert page.evaluate("posted.filter((one) => one.filters).at(-1).filters.type") == ["Protests"]


def test_a_map_that_is_new_is_told_the_filters(page: Page) -> None:
    """A reload of the map's frame keeps what was chosen."""
    open_control(page, chosen={"status": ["denied"]})
    page.evaluate("bus.postMessage({ ready: true })")
    page.wait_for_function("() => posted.filter((one) => one.filters).length > 1")

    last = page.evaluate("posted.filter((one) => one.filters).at(-1)")
    assert last["filters"] == {**NOTHING, "status": ["denied"]}
    assert (last["colourBy"], last["density"]) == ("type", "auto")


def test_hostile_words_are_shown_and_do_not_run(page: Page) -> None:
    """Types and sources come from files of strangers."""
    hostile = "<img src=x onerror=document.title=1>"
    open_control(page, chosen={"source": [hostile]})

    assert page.get_by_label(hostile).is_checked()
    assert page.locator(".geomap-filters img").count() == 0


def test_labels_are_read_and_searched_while_the_word_is_what_is_chosen(page: Page) -> None:
    """Nobody knows an import by its digest, and the name of a file may hold anything."""
    names = {f"b{n}": f"week {n}.csv, {n} May 2026" for n in range(12)}
    names["b3"] = "<img src=x onerror=alert(1)>.csv, 3 May 2026"
    open_control(
        page,
        words={"batch": [*names]},
        labels={"batch": names, "precision": {"admin1": "province"}},
    )
    page.wait_for_function("() => filters.header")

    assert rows(page, "Batch")[3] == "<img src=x onerror=alert(1)>.csv, 3 May 2026 0"
    assert "province 236" in rows(page, "Precision")
    page.get_by_label("Find in Batch").fill("7 May")
    page.get_by_label("week 7.csv, 7 May 2026").check()
    assert page.evaluate("filters.chosen().batch") == ["b7"]
    assert page.locator("img").count() == 0


def test_numbers_are_typed_as_a_range_with_an_open_end(page: Page) -> None:
    """A slip is named beside the fields and filters nothing; an empty field leaves its end open."""
    open_control(page, words={"fatalities": ["0..12"]}, chosen={"fatalities": ["..7"]})
    group = page.get_by_role("group", name="Fatalities", exact=True)
    least, most = group.get_by_label("at least"), group.get_by_label("at most")
    begun = least.input_value(), most.input_value()

    least.fill("9")
    turned = group.get_by_role("status").inner_text(), most.get_attribute("aria-invalid")
    most.fill("")
    open_end = page.evaluate("filters.chosen().fatalities")
    least.fill("1.5")
    broken = group.get_by_role("status").inner_text()
    least.fill("2")
    most.fill("2")

    assert begun == ("", "7")
    assert turned == ("The first number is greater than the second.", "true")
    assert open_end == ["9.."]
    assert broken == "Write whole numbers."
    assert page.evaluate("filters.chosen().fatalities") == ["2..2"]
    page.wait_for_function("() => told.some((one) => one.name === 'filters')")
    assert told(page, "filters")[-1] == {**NOTHING, "fatalities": ["2..2"]}


def test_counts_that_the_map_cannot_follow_are_said_to_be_of_all_dates(page: Page) -> None:
    """A number of the whole workspace beside one of the window must not look like it."""
    open_control(page, words={"country": ["Chad", None]})
    page.wait_for_function("() => filters.header && filters.facets")

    country = page.get_by_role("group", name="Country", exact=True)
    assert country.locator(".kind").inner_text() == "counts of all dates"
    assert page.get_by_role("group", name="Type", exact=True).locator(".kind").count() == 0
    country.get_by_label("Chad").check()
    assert page.evaluate("filters.chosen().country") == ["Chad"]
