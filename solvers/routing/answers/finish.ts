import type { FinishResources } from "@trivium/engine";
import {
  type Dataset,
  type Directions,
  type Drive,
  type LatLon,
  parseClock,
  type RoadNetwork,
  type RoutingDecisions,
  type RunShape,
} from "@trivium/model";
import { rideFairness } from "../figures/fairness.ts";
import { type Stay, staysByRun } from "../plan/rows.ts";

type Legs = Directions["legs"];

/** Draws each run along the roads it drives, the ways of the time band in which each leg sets off, says every turn, and tells how the rides are shared out. */
export async function finish(
  decisions: RoutingDecisions,
  { roads, dataset, unmet }: FinishResources<"routing">,
): Promise<RoutingDecisions> {
  const fairness = rideFairness(dataset, decisions, unmet);
  if (!roads) return { ...decisions, fairness };
  const rows = staysByRun(decisions);
  const shapes: RunShape[] = [];
  const directions: Directions[] = [];
  for (const { run_id } of decisions.runs) {
    const stays = rows.get(run_id) ?? [];
    if (stays.length < 2) continue;
    const { coordinates, legs } = await drivenAlong(stays, roads);
    shapes.push({ run_id, coordinates });
    directions.push({ run_id, legs });
  }
  directions.push(...(await emptyDrives(decisions, rows, dataset, roads)));
  return { ...decisions, fairness, shapes, directions };
}

async function drivenAlong(
  stays: readonly Stay[],
  roads: RoadNetwork,
): Promise<{ coordinates: RunShape["coordinates"]; legs: Legs }> {
  const coordinates: (readonly [number, number])[] = [];
  const legs: Legs[number][] = [];
  for (const stretch of stretchesOf(stays, roads)) {
    const drawn = await roads.drive(stretch.map(pointOf), stretch[0].depart, { steps: true });
    coordinates.push(...(coordinates.length > 0 ? drawn.coordinates.slice(1) : drawn.coordinates));
    legs.push(...saidOf(drawn));
  }
  return { coordinates, legs };
}

const pointOf = ({ lat = 0, lon = 0 }: Stay): LatLon => ({ lat, lon });

/** Every turn of each leg; arriving is the row itself. */
const saidOf = ({ legs }: Drive): Legs =>
  legs.map(({ steps = [] }) =>
    steps
      .filter((step) => step.manoeuvre !== "arrive")
      .map((step): readonly [string, number] => [step.instruction, Math.round(step.distanceM)]),
  );

/** Rows whose legs set off in one time band; neighbouring stretches share a row. */
function stretchesOf(stays: readonly Stay[], roads: RoadNetwork): Stay[][] {
  const starts = roads.identity.bands.map((band) => parseClock(band) ?? 0);
  const bandAt = (departS: number) => starts.findLastIndex((start) => start <= departS);
  const stretches: Stay[][] = [];
  for (let from = 0; from < stays.length - 1; ) {
    let to = from + 1;
    while (to < stays.length - 1 && bandAt(stays[to].depart) === bandAt(stays[from].depart)) to++;
    stretches.push(stays.slice(from, to + 1));
    from = to;
  }
  return stretches;
}

/** The way to each run, from the depot or from the run before, and the way back. */
async function emptyDrives(
  { routes }: RoutingDecisions,
  rows: ReadonlyMap<string, readonly Stay[]>,
  { tables }: Dataset,
  roads: RoadNetwork,
): Promise<Directions[]> {
  const depots = new Map(tables.depots.map((row) => [row.depot_id, { lat: row.lat, lon: row.lon }]));
  const homes = new Map(tables.buses.map((row) => [row.bus_id, depots.get(row.depot_id)]));
  const directions: Directions[] = [];
  for (const [bus_id, steps] of Map.groupBy(routes, (row) => row.bus_id)) {
    let before: Stay | undefined;
    for (const { seq, run_id, deadhead_s } of steps.toSorted((a, b) => a.seq - b.seq)) {
      const stays = rows.get(run_id ?? "");
      const from = before ? pointOf(before) : homes.get(bus_id);
      const to = stays ? pointOf(stays[0]) : homes.get(bus_id);
      const departS = before?.depart ?? (stays?.[0].arrive ?? 0) - (deadhead_s ?? 0);
      before = stays?.at(-1);
      if (from && to)
        directions.push({ bus_id, seq, legs: saidOf(await roads.drive([from, to], departS, { steps: true })) });
    }
  }
  return directions;
}
