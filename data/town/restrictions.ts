import type { Draft } from "./draft.ts";
import { type Grid, LINES } from "./grid.ts";

/** Junctions of busy roads: no left turn from the south, no left turn from the west, or no U-turn, in turn. */
export function drawRestrictions(draft: Draft, grid: Grid): void {
  let kind = 0;
  const busy = (roadClass: string) => roadClass === "primary" || roadClass === "secondary";
  for (let i = 1; i < LINES.length - 1; i++)
    for (let j = 1; j < LINES.length - 1; j++) {
      const from = { south: grid.vertical[i][j - 1], west: grid.horizontal[i - 1][j] };
      if (!busy(from.south.roadClass) || !busy(from.west.roadClass)) continue;
      draft.pointTags.set(grid.junctions[i][j], { highway: "traffic_signals" });
      const south = from.south.ways.at(-1);
      const west = from.west.ways.at(-1);
      const north = grid.vertical[i][j].ways[0];
      if (south === undefined || west === undefined || north === undefined) continue;
      const [restriction, begin, end] = (
        [
          ["no_left_turn", south, west],
          ["no_left_turn", west, north],
          ["no_u_turn", south, south],
        ] as const
      )[kind++ % 3];
      draft.relations.push({
        members: [
          { type: "way", index: begin, role: "from" },
          { type: "node", index: grid.junctions[i][j], role: "via" },
          { type: "way", index: end, role: "to" },
        ],
        tags: { type: "restriction", restriction },
      });
    }
}
