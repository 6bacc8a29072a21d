/* Lets a part of the page follow the map, so that only this part is drawn anew.

   `follows` is {channel, open, row, days, window}: what is open in this part (an id), its
   row on the map, the window it was drawn for, and whether what it says depends on the
   window. It tells Python "picked", "place", "window" and "changed" when they differ. Two
   parts tell each other what they opened: {opened: id}. */

const FOLLOW_AFTER = 200;

function startFollowing(root, name) {
  root.followed = name;
  root.bus = new BroadcastChannel(`geomap:${name}`);
  root.bus.addEventListener("message", ({ data }) => data && hear(root, data));
}

function hear(root, message) {
  const { follows, tell } = root;
  if (message.pick !== undefined && message.pick !== null) {
    tell("picked", { row: message.pick, here: message.here, n: Date.now() });
  }
  if (message.place) tell("place", { id: message.place, n: Date.now() });
  if (message.opened !== undefined && message.opened !== (follows.open ?? null)) {
    tell("changed", Date.now());
  }
  if (message.ready) post(root, { select: follows.row ?? null });
  if (message.window && follows.window) {
    clearTimeout(root.later);
    if (message.moving) return;
    root.later = setTimeout(() => {
      if (String(message.window) === String(root.follows.days)) return;
      root.tell("window", { days: message.window, n: Date.now() });
    }, FOLLOW_AFTER);
  }
}

function post(root, message) {
  root.bus.postMessage(message);
}

/* Take what Python says; it is new when another event or place is open. */
function follow(root, follows, tell) {
  if (!follows) return;
  const before = root.follows;
  Object.assign(root, { follows, tell });
  if (root.followed !== follows.channel) {
    root.bus?.close();
    startFollowing(root, follows.channel);
  }
  if (before && (before.open ?? null) === (follows.open ?? null)) return;
  if (before || follows.open) post(root, { select: follows.row ?? null });
  if (before) post(root, { opened: follows.open ?? null });
}

function stopFollowing(root) {
  clearTimeout(root.later);
  root.bus?.close();
  root.followed = null;
}
