import type { FinishResources } from "@trivium/engine";
import { parseClock, type RoadNetwork, type RoutingDecisions, type RunShape } from "@trivium/model";

import { rideFairness } from "../figures/fairness.ts";

type Row = RoutingDecisions["run_stops"][number];

/** Draws each run along the roads it drives, the ways of the time band in which each leg sets off, and tells how the rides are shared out. */
export async function finish(
  decisions: RoutingDecisions,
  { roads, dataset, unmet }: FinishResources<"routing">,
): Promise<RoutingDecisions> {
  const fairness = rideFairness(dataset, decisions, unmet);
  if (!roads) return { ...decisions, fairness };
  const rows = Map.groupBy(decisions.run_stops, (row) => row.run_id);
  const shapes: RunShape[] = [];
  for (const run of decisions.runs) {
    const stays = (rows.get(run.run_id) ?? []).toSorted((a, b) => a.seq - b.seq);
    if (stays.length > 1) shapes.push({ run_id: run.run_id, coordinates: await shapeOf(stays, roads) });
  }
  return { ...decisions, fairness, shapes };
}

async function shapeOf(stays: readonly Row[], roads: RoadNetwork): Promise<RunShape["coordinates"]> {
  const coordinates: (readonly [number, number])[] = [];
  for (const stretch of stretchesOf(stays, roads)) {
    const points = stretch.map(({ lat, lon }) => ({ lat: lat ?? 0, lon: lon ?? 0 }));
    const drawn = await roads.drive(points, stretch[0].depart);
    coordinates.push(...(coordinates.length > 0 ? drawn.coordinates.slice(1) : drawn.coordinates));
  }
  return coordinates;
}

/** Rows whose legs set off in one time band; neighbouring stretches share a row. */
function stretchesOf(stays: readonly Row[], roads: RoadNetwork): Row[][] {
  const starts = roads.identity.bands.map((band) => parseClock(band) ?? 0);
  const bandAt = (departS: number) => starts.findLastIndex((start) => start <= departS);
  const stretches: Row[][] = [];
  for (let from = 0; from < stays.length - 1; ) {
    let to = from + 1;
    while (to < stays.length - 1 && bandAt(stays[to].depart) === bandAt(stays[from].depart)) to++;
    stretches.push(stays.slice(from, to + 1));
    from = to;
  }
  return stretches;
}
