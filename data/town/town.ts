import type { Random } from "@trivium/engine";
import type { LatLon } from "@trivium/model";
import type { OsmContent } from "@trivium/roads";
import { riverX } from "./barriers.ts";
import { Draft } from "./draft.ts";
import { drawGrid, LINES } from "./grid.ts";
import { drawHighway } from "./highway.ts";
import { StreetNames } from "./names.ts";
import { distance, type Point, toLatLon } from "./plane.ts";
import { drawRestrictions } from "./restrictions.ts";
import { fillOf, fillSuperblock } from "./superblock.ts";

/** The superblock of each school site: five elementary, two middle, one high school. */
const SITES = [
  [3, 5],
  [5, 2],
  [7, 5],
  [5, 7],
  [1, 4],
  [6, 4],
  [2, 5],
  [4, 3],
] as const;

export interface Town {
  readonly map: OsmContent;
  readonly sites: readonly LatLon[];
  readonly downtown: LatLon;
}

/** An invented town of 13 km by 13 km: through roads, their superblocks, a river, a highway, and its school sites. */
export function drawTown(random: Random): Town {
  const draft = new Draft();
  const grid = drawGrid(draft, random.fork(0));
  const names = new StreetNames(random.fork(1));
  for (let i = 0; i < LINES.length - 1; i++)
    for (let j = 0; j < LINES.length - 1; j++)
      fillSuperblock(draft, grid, i, j, fillOf(i, j), random.fork(100 + i * LINES.length + j), names);
  drawHighway(draft, grid);
  drawRestrictions(draft, grid);
  drawRiver(draft);
  const sites = SITES.map(([i, j]) => {
    const middle = {
      x: (LINES[i] + LINES[i + 1]) / 2 + 60,
      y: (LINES[j] + LINES[j + 1]) / 2 + 60,
    };
    return toLatLon(draft.points[drawDriveway(draft, middle)]);
  });
  return { map: draft.finish(grid.junctions[4][4]), sites, downtown: toLatLon({ x: 100, y: 100 }) };
}

function drawRiver(draft: Draft): void {
  const nodes: number[] = [];
  for (let y = 7000; y >= -7000; y -= 250) nodes.push(draft.point({ x: riverX(y), y }));
  draft.way(nodes, { waterway: "river", name: "Mere River" });
}

/** A bus loop from one street to the next with the school's door in its middle; returns the door's point. */
function drawDriveway(draft: Draft, middle: Point): number {
  const streets = draft.ways.filter((way) => way.tags.highway === "residential" && !way.tags.oneway);
  const near = [...new Set(streets.flatMap((way) => way.nodes))]
    .filter((node) => draft.joined(node, 0))
    .sort((a, b) => distance(draft.points[a], middle) - distance(draft.points[b], middle));
  const door = draft.point(middle, { amenity: "school" });
  draft.way([near[0], door, near[1]], { highway: "service", maxspeed: "15 mph", sidewalk: "both" });
  return door;
}
