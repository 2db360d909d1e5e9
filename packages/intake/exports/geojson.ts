import { formatClock, type PLAN_TABLES, type Plan, type Row } from "@trivium/model";
import type { ExportFiles } from "./files.ts";

type RoutingPlan = Plan<"routing">;
type Run = Row<(typeof PLAN_TABLES)["routing"]["runs"]>;
type RunStop = Row<(typeof PLAN_TABLES)["routing"]["run_stops"]>;
type Position = readonly [lon: number, lat: number];

interface Feature {
  readonly type: "Feature";
  readonly id: string;
  readonly geometry:
    | { readonly type: "LineString"; readonly coordinates: readonly Position[] }
    | { readonly type: "Point"; readonly coordinates: Position };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Runs as lines, stops and schools as points, in one collection. */
export function geojsonFiles(plan: RoutingPlan, approved: boolean): ExportFiles {
  return new Map([["routes.geojson", collection([...runLines(plan), ...places(plan)], plan, approved)]]);
}

/** The lines alone, as they lie beside the tables. */
export function shapesGeojson(plan: RoutingPlan, approved: boolean): string {
  return collection(runLines(plan), plan, approved);
}

function collection(features: readonly Feature[], plan: RoutingPlan, approved: boolean): string {
  return `${JSON.stringify({ type: "FeatureCollection", status: plan.status, draft: !approved, features })}\n`;
}

function runLines(plan: RoutingPlan): Feature[] {
  const shapes = new Map(plan.decisions.shapes?.map((shape) => [shape.run_id, shape.coordinates]));
  const stops = Map.groupBy(plan.decisions.run_stops, (stop) => stop.run_id);
  return plan.decisions.runs.flatMap((run) => {
    const drawn = shapes.get(run.run_id);
    const coordinates = drawn ?? straight(stops.get(run.run_id) ?? []);
    if (coordinates.length < 2) return [];
    const properties = { ...runProperties(run), drawn: drawn ? "along the road" : "stop to stop" };
    return [{ type: "Feature", id: run.run_id, geometry: { type: "LineString", coordinates }, properties } as const];
  });
}

const runProperties = (run: Run): Record<string, unknown> => ({
  kind: "run",
  ...run,
  depart: formatClock(run.depart),
  arrive: formatClock(run.arrive),
});

function straight(stops: readonly RunStop[]): Position[] {
  return [...stops]
    .sort((a, b) => a.seq - b.seq)
    .flatMap((stop) => position(stop) ?? [])
    .map((each) => each.at);
}

function position(stop: RunStop): { at: Position } | undefined {
  return stop.lat === undefined || stop.lon === undefined ? undefined : { at: [stop.lon, stop.lat] };
}

/** One point a stop or school: who comes, by how many runs. */
function places(plan: RoutingPlan): Feature[] {
  const schoolsOf = new Map(plan.decisions.runs.map((run) => [run.run_id, new Set(run.school_ids)]));
  const rows = Map.groupBy(plan.decisions.run_stops, (stop) => stop.stop_id);
  return [...rows].flatMap(([id, visits]) => {
    const place = visits.map(position).find((each) => each !== undefined);
    if (!place) return [];
    const school = visits.some((visit) => schoolsOf.get(visit.run_id)?.has(id));
    const properties = {
      kind: school ? "school" : "stop",
      [school ? "school_id" : "stop_id"]: id,
      runs: visits.map((visit) => visit.run_id),
      boarding: total(visits, "boarding"),
      alighting: total(visits, "alighting"),
    };
    return [{ type: "Feature", id, geometry: { type: "Point", coordinates: place.at }, properties } as const];
  });
}

function total(visits: readonly RunStop[], column: "boarding" | "alighting"): number {
  return visits.reduce((sum, visit) => sum + (visit[column] ?? 0), 0);
}
