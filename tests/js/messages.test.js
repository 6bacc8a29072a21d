import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { channel } from "#maps/shared/channel.js";
import { Owner } from "#maps/shared/owner.js";
import { countWords, readable } from "#maps/shared/words.js";

const others = new BroadcastChannel("geomap:test");
const received = [];
others.addEventListener("message", ({ data }) => received.push(data));
after(() => others.close());

test("a script that comes to a channel says so, and what it posts is heard here and elsewhere", async () => {
  const here = [];
  const stop = channel("test").listen((message) => here.push(message));
  channel("test").post({ window: [null, null] });
  others.postMessage({ pick: 3 });
  await pause(50);
  stop();
  channel("test").post({ window: ["2022-01-01", null] });
  await pause(50);
  assert.deepEqual(received.slice(0, 2), [{ joined: true }, { window: [null, null] }]);
  assert.deepEqual(here, [{ window: [null, null] }, { pick: 3 }]);
});

test("the latest of the map's data is kept for a control that comes later, and can be repeated", async () => {
  others.postMessage({ painted: { shown: 1 } });
  others.postMessage({ painted: { shown: 2 }, header: { rows: 5 } });
  await pause(50);
  assert.deepEqual(channel("test").latest, { painted: { shown: 2 }, header: { rows: 5 } });
  channel("test").repeat();
  await pause(50);
  assert.deepEqual(received.at(-1), { painted: { shown: 2 }, header: { rows: 5 } });
});

test("what an owner repeats late does not undo what was reported since", () => {
  const sent = [];
  const owner = new Owner((name, value) => sent.push([name, value]));
  assert.equal(owner.isNews("range", ["a"]), true);
  owner.report("range", ["a"]); // it has that already
  owner.report("range", ["b"]);
  owner.report("range", ["c"]);
  assert.equal(owner.isNews("range", ["a"]), false); // it has not received either
  assert.equal(owner.isNews("range", ["b"]), false); // an answer to the first
  assert.equal(owner.isNews("range", ["c"]), false);
  assert.equal(owner.isNews("range", ["d"]), true); // its own news
  assert.equal(owner.isNews("mode", "window"), true); // another value is another matter
  assert.deepEqual(sent, [["range", ["b"]], ["range", ["c"]]]);
});

test("words and numbers are written for a person", () => {
  assert.equal(readable("Air_strikes"), "Air strikes");
  assert.equal(readable(null), "not stated");
  const counts = { shown: 1000, possible: 2, total: 28, outside_dates: 4, filtered: 5, unplaced: 7, undated: 9 };
  assert.equal(
    countWords(counts).map(([, before, words]) => before + words).join(""),
    "1,000 shown + 2 possible of 28 · 4 outside the dates · 5 filtered · 7 unplaced · 9 undated",
  );
  assert.deepEqual(countWords({ ...counts, hidden: 3 }).at(-1), ["hidden", " · ", "3 hidden"]);
});
