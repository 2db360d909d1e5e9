import { highwayY } from "./barriers.ts";
import type { Draft } from "./draft.ts";
import { type Grid, LINES } from "./grid.ts";
import { distance, type Point } from "./plane.ts";

/** North–south roads with ramps to the highway. */
const INTERCHANGES = [2, 4, 7];
const HALF_MEDIAN_M = 18;
const RAMP_M = 380;

/** The highway: two one-way carriageways that meet the county roads at both ends, and diamonds of one-way ramps. */
export function drawHighway(draft: Draft, grid: Grid): void {
  const column = (i: number) => grid.vertical[i].flatMap((side) => side.points);
  const first = nearest(draft, column(0), { x: LINES[0], y: highwayY(LINES[0]) });
  const last = nearest(draft, column(LINES.length - 1), { x: LINES[9], y: highwayY(LINES[9]) });
  const crossings = INTERCHANGES.map((i) => crossingX(draft, column(i)));
  const carriageway = (side: -1 | 1): Map<number, number> => {
    const stations = new Set(crossings.flatMap((x) => [x - RAMP_M, x + RAMP_M]));
    for (let x = LINES[0] + 300; x < LINES[9] - 200; x += 260)
      if (crossings.every((c) => Math.abs(Math.abs(x - c) - RAMP_M) > 60)) stations.add(x);
    return new Map(
      [...stations].sort((a, b) => a - b).map((x) => [x, draft.point({ x, y: highwayY(x) + side * HALF_MEDIAN_M })]),
    );
  };
  const [south, north] = [carriageway(-1), carriageway(1)];
  const tags = { highway: "motorway", ref: "US 917", oneway: "yes", maxspeed: "65 mph", lanes: "2", foot: "no" };
  draft.way([first, ...south.values(), last], tags);
  draft.way([last, ...[...north.values()].reverse(), first], tags);
  const ramp = (from: number | undefined, to: number | undefined) => {
    if (from === undefined || to === undefined) return;
    draft.way([from, to], { highway: "motorway_link", oneway: "yes", maxspeed: "35 mph", foot: "no" });
  };
  INTERCHANGES.forEach((i, index) => {
    const x = crossings[index];
    const below = clear(draft, column(i), -1);
    const above = clear(draft, column(i), 1);
    ramp(south.get(x - RAMP_M), below);
    ramp(below, south.get(x + RAMP_M));
    ramp(north.get(x + RAMP_M), above);
    ramp(above, north.get(x - RAMP_M));
  });
}

const nearest = (draft: Draft, points: readonly number[], to: Point): number =>
  points.reduce((best, each) => (distance(draft.points[each], to) < distance(draft.points[best], to) ? each : best));

/** Where a north–south road meets the middle of the highway. */
function crossingX(draft: Draft, points: readonly number[]): number {
  const above = points.findIndex((each) => draft.points[each].y > highwayY(draft.points[each].x));
  return (draft.points[points[above]].x + draft.points[points[above - 1]].x) / 2;
}

/** The first point of the road on that side of the highway that is clear of its lanes. */
function clear(draft: Draft, points: readonly number[], side: -1 | 1): number | undefined {
  const order = side === 1 ? points : [...points].reverse();
  return order.find((each) => (draft.points[each].y - highwayY(draft.points[each].x)) * side > 60);
}
