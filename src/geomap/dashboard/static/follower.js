/* A part of the page without anything of its own to see: it only follows the map. */

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("span");
  root.follower ??= new globalThis.geomap.Follower();
  root.follower.update(data.follows, setTriggerValue);
  return () => root.follower.stop();
}
