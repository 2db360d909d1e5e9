import { expect, test } from "vitest";
import { CROSS, crossingLevel, walkable } from "./profile.ts";

const parse = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(" ").map((each) => each.split("=")));

test.each([
  ["highway=residential", true, CROSS.residential],
  ["highway=residential sidewalk=no", true, CROSS.residential],
  ["highway=residential foot=no", false, CROSS.residential],
  ["highway=residential access=private", false, CROSS.residential],
  ["highway=residential access=private foot=yes", true, CROSS.residential],
  ["highway=living_street", true, CROSS.residential],
  ["highway=unclassified", true, CROSS.residential],
  ["highway=service", true, CROSS.residential],
  ["highway=tertiary", true, CROSS.collector],
  ["highway=tertiary_link", true, CROSS.collector],
  ["highway=tertiary sidewalk=no", false, CROSS.collector],
  ["highway=tertiary sidewalk=none foot=yes", true, CROSS.collector],
  ["highway=secondary", true, CROSS.arterial],
  ["highway=primary sidewalk=both", true, CROSS.arterial],
  ["highway=primary sidewalk:left=yes sidewalk:right=no", true, CROSS.arterial],
  ["highway=primary sidewalk:both=no", false, CROSS.arterial],
  ["highway=primary foot=use_sidepath", false, CROSS.arterial],
  ["highway=trunk", false, CROSS.arterial],
  ["highway=trunk sidewalk=right", true, CROSS.arterial],
  ["highway=trunk_link foot=yes", true, CROSS.arterial],
  ["highway=motorway", false, CROSS.never],
  ["highway=motorway_link foot=yes", false, CROSS.never],
  ["highway=footway", true, CROSS.path],
  ["highway=steps", true, CROSS.path],
  ["highway=path foot=no", false, CROSS.path],
  ["highway=cycleway", true, CROSS.path],
  ["highway=bridleway", false, CROSS.path],
  ["highway=pedestrian access=private", false, CROSS.path],
])("%s can be walked: %s, and stands at height %i to cross", (tags, walks, level) => {
  expect(walkable(parse(tags))).toBe(walks);
  expect(crossingLevel(parse(tags))).toBe(level);
});
