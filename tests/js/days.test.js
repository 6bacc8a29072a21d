import assert from "node:assert/strict";
import { test } from "node:test";
import { addMonths, dayOf, daysOf, isoOf, monthFrom, unitAfter, unitStart } from "#maps/shared/days.js";

test("a date becomes a number and the same date again", () => {
  for (let day = -200000; day < 200000; day += 37) assert.equal(dayOf(isoOf(day)), day);
  assert.equal(dayOf("1970-01-01"), 0);
  assert.equal(dayOf(" 2024-02-29 "), 19782);
});

test("what is no day of the calendar is no date", () => {
  for (const text of ["2023-02-29", "2022-13-01", "2022-00-10", "2022-1-1", "12.05.2022", "", null, undefined, "today"]) {
    assert.equal(dayOf(text), null, String(text));
  }
});

test("an open end of a window has no last day", () => {
  assert.equal(isoOf(null), null);
  assert.equal(isoOf(Infinity), null);
  assert.deepEqual(daysOf(["1970-01-02", null]), [1, Infinity]);
  assert.deepEqual(daysOf([null, "1970-01-02"]), [-Infinity, 1]);
});

test("a month later is the same day, or the last of a shorter month", () => {
  const later = (day, months) => isoOf(addMonths(dayOf(day), months));
  assert.equal(later("2022-01-31", 1), "2022-02-28");
  assert.equal(later("2024-01-31", 1), "2024-02-29");
  assert.equal(later("2022-03-31", -1), "2022-02-28");
  assert.equal(later("2022-12-15", 1), "2023-01-15");
});

test("a month that starts on a day ends before the same day of the next", () => {
  const end = (day) => isoOf(monthFrom(dayOf(day)));
  assert.equal(end("2022-12-01"), "2022-12-31");
  assert.equal(end("2022-12-12"), "2023-01-11");
  assert.equal(end("2022-01-31"), "2022-02-28");
});

test("every day is in exactly one unit of each length", () => {
  for (const unit of ["day", "week", "month", "year"]) {
    for (let day = -800; day < 20000; day += 11) {
      const start = unitStart(day, unit);
      const next = unitAfter(start, unit);
      assert.ok(start <= day && day < next, `${unit} of ${isoOf(day)}`);
      assert.equal(unitStart(start, unit), start);
      assert.equal(unitStart(next, unit), next);
      assert.equal(unitStart(next - 1, unit), start);
    }
  }
  assert.equal(new Date(unitStart(dayOf("2022-12-14"), "week") * 86400000).getUTCDay(), 1);
});
