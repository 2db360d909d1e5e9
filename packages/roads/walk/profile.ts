import type { MayCross } from "@trivium/model";
import type { OsmTags } from "../osm/entities.ts";

/** Walkers: where they may walk, and how high a road stands when they cross it. */

/** Ways for feet: always walkable unless a tag forbids it, and never a road to be crossed. */
const PATHS = new Set([
  "footway",
  "path",
  "pedestrian",
  "steps",
  "track",
  "cycleway",
  "corridor",
  "platform",
  "bridleway",
]);
/** Streets where people walk with or without a sidewalk. */
const STREETS = new Set(["residential", "living_street", "unclassified", "service", "road", "busway"]);
/** Roads where people walk unless the map says that there is no sidewalk. */
const ROADS = new Set(["tertiary", "tertiary_link", "secondary", "secondary_link", "primary", "primary_link"]);
const FOOT_YES = new Set(["yes", "designated", "permissive", "destination", "official"]);
const FOOT_NO = new Set(["no", "private", "use_sidepath", "customers", "permit", "military"]);
const SIDEWALK = new Set(["both", "left", "right", "yes", "separate"]);
const NO_SIDEWALK = new Set(["no", "none"]);

/** May one walk along this way? Trunk roads only where a sidewalk or `foot` says so; motorways never. */
export function walkable(tags: OsmTags): boolean {
  const kind = tags.highway ?? "";
  if (kind === "motorway" || kind === "motorway_link") return false;
  const foot = tags.foot;
  if (foot !== undefined && FOOT_NO.has(foot)) return false;
  const permitted = foot !== undefined && FOOT_YES.has(foot);
  if (!permitted && (tags.access === "no" || tags.access === "private" || tags.access === "military")) return false;
  if (PATHS.has(kind)) return kind !== "bridleway" || permitted;
  if (STREETS.has(kind)) return true;
  if (ROADS.has(kind)) return permitted || !NO_SIDEWALK.has(sidewalk(tags));
  return (kind === "trunk" || kind === "trunk_link") && (permitted || SIDEWALK.has(sidewalk(tags)));
}

/** Left and right may be tagged apart: one is enough. */
function sidewalk(tags: OsmTags): string {
  const sides = [tags["sidewalk:left"], tags["sidewalk:right"], tags["sidewalk:both"], tags.sidewalk];
  return (
    sides.find((side) => side !== undefined && SIDEWALK.has(side)) ?? sides.find((side) => side !== undefined) ?? ""
  );
}

/** Height of a road for those who cross it: 0 is no road at all (a path), 4 may never be crossed. */
export const CROSS = { path: 0, residential: 1, collector: 2, arterial: 3, never: 4 } as const;

/** Highest level that `may_cross` admits. */
export const CROSS_LIMIT: Readonly<Record<MayCross, number>> = {
  none: CROSS.path,
  residential: CROSS.residential,
  collector: CROSS.collector,
  arterial: CROSS.arterial,
};

/** Links count as their road; a class that is not known counts as residential. */
export function crossingLevel(tags: OsmTags): number {
  const kind = (tags.highway ?? "").replace(/_link$/, "");
  if (PATHS.has(kind)) return CROSS.path;
  if (kind === "motorway") return CROSS.never;
  if (kind === "tertiary") return CROSS.collector;
  return kind === "secondary" || kind === "primary" || kind === "trunk" ? CROSS.arterial : CROSS.residential;
}
