import type { Dataset, LatLon, Plan, RoadNetwork, RoutingDecisions, TableRow } from "@trivium/model";
import { type Direction, demandOf, type Ride } from "./demand.ts";
import { type Policy, policyOf, type SchoolDay, schoolDayOf } from "./policy.ts";

export type RunRow = RoutingDecisions["runs"][number];
export type StayRow = RoutingDecisions["run_stops"][number];
export type RiderRow = RoutingDecisions["assignments"][number];
export type RouteRow = RoutingDecisions["routes"][number];

/** A run as the plan's tables tell it: its rows in order, and who is on it. */
export interface RunReading {
  readonly id: string;
  readonly direction: Direction;
  readonly row: RunRow;
  readonly stays: readonly StayRow[];
  readonly riders: readonly RiderRow[];
  readonly bus: TableRow<"buses"> | undefined;
  readonly type: TableRow<"bus_types"> | undefined;
}

/** A row of `routes.csv` with the run that it leads to; none where it leads back to the depot. */
interface RouteStep {
  readonly row: RouteRow;
  readonly run: RunReading | undefined;
}

/** The AM or the PM part of a bus's day, depot to depot. `closed`: its last row leads back. */
export interface PieceReading {
  readonly busId: string;
  readonly steps: readonly RouteStep[];
  readonly closed: boolean;
}

/** Dataset and plan side by side, as every rule reads them. */
export interface RoutingReading {
  readonly dataset: Dataset;
  readonly plan: Plan<"routing">;
  readonly roads: RoadNetwork;
  readonly policy: Policy;
  /** By student and direction (`rideKey`). */
  readonly demand: ReadonlyMap<string, Ride>;
  readonly runs: ReadonlyMap<string, RunReading>;
  readonly pieces: readonly PieceReading[];
  readonly schools: ReadonlyMap<string, TableRow<"schools">>;
  readonly schoolDays: ReadonlyMap<string, SchoolDay>;
  readonly buses: ReadonlyMap<string, TableRow<"buses">>;
  readonly types: ReadonlyMap<string, TableRow<"bus_types">>;
  readonly depots: ReadonlyMap<string, TableRow<"depots">>;
  /** Listed stops by id; empty where the engine chooses its own. */
  readonly stops: ReadonlyMap<string, TableRow<"stops">>;
}

export async function readRouting(
  dataset: Dataset,
  plan: Plan<"routing">,
  roads: RoadNetwork,
): Promise<RoutingReading> {
  const { tables } = dataset;
  const buses = byId(tables.buses, "bus_id");
  const types = byId(tables.bus_types, "bus_type_id");
  const runs = runsOf(plan.decisions, buses, types);
  const planned = byId(plan.decisions.bells, "school_id");
  return {
    dataset,
    plan,
    roads,
    policy: policyOf(dataset),
    demand: await demandOf(dataset, roads),
    runs,
    pieces: piecesOf(plan.decisions.routes, runs),
    schools: byId(tables.schools, "school_id"),
    schoolDays: new Map(tables.bells.map((row) => [row.school_id, schoolDayOf(row, planned.get(row.school_id))])),
    buses,
    types,
    depots: byId(tables.depots, "depot_id"),
    stops: byId(tables.stops, "stop_id"),
  };
}

const byId = <K extends string, R extends { readonly [Name in K]: string }>(
  rows: readonly R[],
  key: K,
): Map<string, R> => new Map(rows.map((row) => [row[key] as string, row]));

function runsOf(
  decisions: RoutingDecisions,
  buses: ReadonlyMap<string, TableRow<"buses">>,
  types: ReadonlyMap<string, TableRow<"bus_types">>,
): Map<string, RunReading> {
  const stays = Map.groupBy(decisions.run_stops, (row) => row.run_id);
  const riders = Map.groupBy(decisions.assignments, (row) => row.run_id);
  return new Map(
    decisions.runs.map((row) => {
      const bus = buses.get(row.bus_id ?? "");
      const reading = {
        id: row.run_id,
        direction: row.direction,
        row,
        stays: (stays.get(row.run_id) ?? []).toSorted((a, b) => a.seq - b.seq),
        riders: riders.get(row.run_id) ?? [],
        bus,
        type: bus && types.get(bus.bus_type_id),
      };
      return [row.run_id, reading];
    }),
  );
}

function piecesOf(routes: readonly RouteRow[], runs: ReadonlyMap<string, RunReading>): PieceReading[] {
  const pieces: PieceReading[] = [];
  for (const [busId, rows] of Map.groupBy(routes, (row) => row.bus_id)) {
    let steps: RouteStep[] = [];
    for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
      steps.push({ row, run: runs.get(row.run_id ?? "") });
      if (row.run_id) continue;
      pieces.push({ busId, steps, closed: true });
      steps = [];
    }
    if (steps.length > 0) pieces.push({ busId, steps, closed: false });
  }
  return pieces;
}

/** The row at a school, in a run that visits it. */
export const isSchoolRow = (reading: RoutingReading, run: RunReading, stay: StayRow): boolean =>
  run.row.school_ids.includes(stay.stop_id) && reading.schools.has(stay.stop_id);

export const placeOf = (stay: StayRow): LatLon | null =>
  stay.lat === undefined || stay.lon === undefined ? null : { lat: stay.lat, lon: stay.lon };

const EARTH_RADIUS_M = 6_371_008.8;

/** Great-circle distance (haversine), metres. */
export function metresApart(a: LatLon, b: LatLon): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const lat = Math.sin(radians(b.lat - a.lat) / 2) ** 2;
  const lon = Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(lat + lon));
}
