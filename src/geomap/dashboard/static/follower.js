/* A part of the page without anything of its own to see: it only follows the map. */

export default function draw({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("span");
  follow(root, data.follows, setTriggerValue);
  return () => stopFollowing(root);
}
