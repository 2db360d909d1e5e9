import type { Random } from "@trivium/engine";
import { crosses, cut, HIGHWAY, RIVER } from "./barriers.ts";
import type { Draft, Tags } from "./draft.ts";
import { LINE_NAMES } from "./names.ts";
import { between, type Point } from "./plane.ts";

/** Where the through roads lie, metres from the middle: close together downtown, a mile apart outside. */
export const LINES = [-6300, -4600, -3000, -1600, -450, 650, 1800, 3300, 4900, 6500] as const;
/** Cells along each side of a superblock: streets may meet the through road at each of them. */
export const CELLS = 8;

const VERTICAL =
  "unclassified tertiary secondary tertiary primary secondary tertiary secondary tertiary unclassified".split(" ");
const HORIZONTAL =
  "unclassified tertiary secondary tertiary secondary primary tertiary secondary tertiary unclassified".split(" ");
/** East–west roads that bridge the river, the one where only a footbridge does, and north–south roads that bridge the highway. */
const RIVER_BRIDGES = new Set([2, 4, 5, 7]);
const FOOTBRIDGE = 3;
const HIGHWAY_BRIDGES = new Set([0, 2, 4, 5, 7, 9]);

type Axis = "vertical" | "horizontal";

/** One through road between two junctions: its points from south to north or west to east, and its ways in that order. */
interface Side {
  readonly points: readonly number[];
  readonly ways: readonly number[];
  readonly roadClass: string;
}

/** The through roads: `vertical[i][j]` leads from junction (i, j) to (i, j + 1), `horizontal[i][j]` from (i, j) to (i + 1, j). */
export interface Grid {
  readonly junctions: readonly (readonly number[])[];
  readonly vertical: readonly (readonly Side[])[];
  readonly horizontal: readonly (readonly Side[])[];
}

export function drawGrid(draft: Draft, random: Random): Grid {
  const at = LINES.map((x) => LINES.map((y) => wobbled(random, x, y)));
  const junctions = at.map((column) => column.map((point) => draft.point(point)));
  const side = (axis: Axis, i: number, j: number): Side => {
    const [i2, j2] = axis === "vertical" ? [i, j + 1] : [i + 1, j];
    const points = [junctions[i][j]];
    for (let step = 1; step < CELLS; step++) points.push(draft.point(between(at[i][j], at[i2][j2], step / CELLS)));
    points.push(junctions[i2][j2]);
    return sideOf(draft, axis, i, j, points);
  };
  const last = LINES.length - 1;
  const vertical = LINES.map((_, i) => Array.from({ length: last }, (_, j) => side("vertical", i, j)));
  const horizontal = Array.from({ length: last }, (_, i) => LINES.map((_, j) => side("horizontal", i, j)));
  return { junctions, vertical, horizontal };
}

function wobbled(random: Random, x: number, y: number): Point {
  const bend = { x: 140 * Math.sin(y / 2300), y: 120 * Math.sin(x / 2700 + 1) };
  return { x: x + bend.x + (random.unit() - 0.5) * 110, y: y + bend.y + (random.unit() - 0.5) * 110 };
}

/** A side as ways, broken where it bridges the river or the highway, and where it stops short of them. */
function sideOf(draft: Draft, axis: Axis, i: number, j: number, points: readonly number[]): Side {
  const roadClass = axis === "vertical" ? VERTICAL[i] : HORIZONTAL[j];
  const tags = throughRoad(axis, i, j, roadClass);
  const ways: number[] = [];
  let open: number[] = [points[0]];
  const close = () => {
    if (open.length > 1) ways.push(draft.way(open, tags));
  };
  for (let step = 1; step < points.length; step++) {
    const [a, b] = [points[step - 1], points[step]];
    if (!cut(draft.points[a], draft.points[b])) {
      open.push(b);
      continue;
    }
    close();
    const bridge = bridgeTags(draft, axis, axis === "vertical" ? i : j, a, b, tags);
    if (bridge) ways.push(draft.way([a, b], bridge));
    open = [b];
  }
  close();
  return { points, ways, roadClass };
}

function bridgeTags(draft: Draft, axis: Axis, line: number, a: number, b: number, tags: Tags): Tags | null {
  const over = { bridge: "yes", layer: "1" };
  const [from, to] = [draft.points[a], draft.points[b]];
  if (crosses(HIGHWAY, from, to)) return axis === "vertical" && HIGHWAY_BRIDGES.has(line) ? { ...tags, ...over } : null;
  if (!crosses(RIVER, from, to) || axis === "vertical") return null;
  if (RIVER_BRIDGES.has(line)) return { ...tags, ...over };
  return line === FOOTBRIDGE ? { highway: "footway", name: "Mere Footbridge", ...over } : null;
}

const SPEEDS: Readonly<Record<string, string>> = {
  primary: "40 mph",
  secondary: "40 mph",
  tertiary: "30 mph",
  unclassified: "50 mph",
};

/** Town roads have sidewalks, most roads outside have none, and the two boulevards bar walkers there. */
function throughRoad(axis: Axis, i: number, j: number, roadClass: string): Tags {
  const outside = Math.max(Math.abs(i - 4.5), Math.abs(j - 4.5));
  const sidewalk = outside < 2 ? "both" : outside < 3.6 ? (roadClass === "secondary" ? "right" : "both") : "no";
  const barred = outside > 2.9 && roadClass === "secondary" && axis === "horizontal";
  return {
    highway: roadClass,
    name: LINE_NAMES[axis][axis === "vertical" ? i : j],
    maxspeed: outside < 1.6 ? "30 mph" : outside > 3.5 && roadClass === "secondary" ? "50 mph" : SPEEDS[roadClass],
    lanes: roadClass === "primary" || roadClass === "secondary" ? "4" : "2",
    sidewalk: barred ? "no" : sidewalk,
    ...(barred ? { foot: "no" } : {}),
  };
}
