import type { RoutingDecisions } from "@trivium/model";
import { beforeOfVisit } from "../halfday/before.ts";
import type { HalfDayPlan } from "../halfday/copy.ts";
import { type HalfDay, PIECE_RUNS_MAX, RUN_VISITS_MAX } from "../halfday/half-day.ts";
import { type RunItems, schoolsOf, visitsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { pieceHolds } from "../timetable/schedule.ts";
import { staysByRun } from "./rows.ts";

/**
 * A plan's tables → where the search begins: the same buses with the same runs in the same order, as far as the problem still has their stops, schools and buses
 * and the rules still hold; idle buses stand in for those that are gone. Whatever does not fit any more waits in the bank.
 */
export function startOf(
  problem: RoutingProblem,
  direction: Direction,
  day: HalfDay,
  decisions: RoutingDecisions,
): HalfDayPlan {
  const free = freeVisits(problem, direction);
  const schools = new Map(problem.schools.map((school, index) => [school.id, index]));
  const runs = new Map(decisions.runs.filter((run) => run.direction === direction).map((run) => [run.run_id, run]));
  const rows = staysByRun(decisions);
  const kindOf = new Map(problem.kinds.flatMap((kind, index) => kind.busIds.map((busId) => [busId, index] as const)));
  const pieces: Piece[] = [];
  const orphans: RouteStep[][] = [];
  /** As much of a bus's half day as a kind of bus can drive; what it cannot stays free. */
  const pieceOn = (kind: number, steps: readonly RouteStep[]): Piece => {
    const piece: Piece = { kind, runs: [] };
    for (const step of steps) {
      const run = runs.get(step.run_id ?? "");
      if (!run || piece.runs.length === PIECE_RUNS_MAX) continue;
      const served = run.school_ids.flatMap((id) => schools.get(id) ?? []);
      const stops = (rows.get(run.run_id) ?? []).map((row) => row.stop_id);
      const before = problem.baseline ? run.run_id : undefined;
      const calls = direction === "AM" ? stops : stops.reverse();
      const items = takeItems(day, free, served, calls, schools, day.kindBenches[kind], before);
      if (items.length === 0) continue;
      if (mayMix(day, items) && pieceHolds(day, { kind, runs: [...piece.runs, items] })) piece.runs.push(items);
      else putBack(problem, direction, free, visitsOf(items));
    }
    return piece;
  };
  for (const [busId, steps] of Map.groupBy(routesOf(decisions), (row) => row.bus_id)) {
    const ordered = steps.filter((step) => runs.has(step.run_id ?? "")).toSorted((a, b) => a.seq - b.seq);
    if (direction === "PM") ordered.reverse();
    const kind = kindOf.get(busId);
    if (kind === undefined) orphans.push(ordered);
    else keep(pieces, pieceOn(kind, ordered));
  }
  // The half day of a bus that is gone goes to an idle one that can drive all of it.
  for (const steps of orphans.filter((each) => each.length > 0)) {
    for (let kind = 0; kind < day.kinds; kind++) {
      if (pieces.filter((piece) => piece.kind === kind).length >= day.kindCount[kind]) continue;
      const piece = pieceOn(kind, steps);
      if (piece.runs.length === steps.length) {
        pieces.push(piece);
        break;
      }
      putBack(problem, direction, free, visitsOf(piece.runs.flat()));
    }
  }
  return { pieces, bank: [...free.values()].flat(), cost: Infinity };
}

interface Piece {
  readonly kind: number;
  readonly runs: number[][];
}

function keep(pieces: Piece[], piece: Piece): void {
  if (piece.runs.length > 0) pieces.push(piece);
}

type RouteStep = { readonly bus_id: string; readonly seq: number; readonly run_id?: string };

/** Today's service may come without its routes: each bus then drives its runs in the order of their times. */
function routesOf({ routes, runs }: RoutingDecisions): readonly RouteStep[] {
  if (routes.length > 0) return routes;
  return runs.flatMap(({ bus_id, run_id, depart }) => (bus_id === undefined ? [] : [{ bus_id, run_id, seq: depart }]));
}

type FreeVisits = Map<string, number[]>;

const keyOf = (school: number, stopId: string, runId = ""): string => `${school}\t${stopId}\t${runId}`;

function freeVisits(problem: RoutingProblem, direction: Direction): FreeVisits {
  const free: FreeVisits = new Map();
  problem.visits[direction].forEach((_, visit) => {
    putBack(problem, direction, free, [visit]);
  });
  return free;
}

function putBack(problem: RoutingProblem, direction: Direction, free: FreeVisits, visits: readonly number[]): void {
  for (const visit of visits) {
    const { school, place, rides } = problem.visits[direction][visit];
    const key = keyOf(school, problem.places[place].id, beforeOfVisit(problem, rides)?.runId);
    free.set(key, [...(free.get(key) ?? []), visit]);
  }
}

/** Whether the schools of a run may share it. */
function mayMix(day: HalfDay, run: RunItems): boolean {
  const served = schoolsOf(run, (visit) => day.visitSchool[visit]);
  return served.every((a) => served.every((b) => a === b || day.schoolMixes?.[a * day.schools + b] === 1));
}

/** Takes the visits at a run's stops, in order, as many as its bus holds at a time, and its calls at schools where somebody is left to get off. */
function takeItems(
  day: HalfDay,
  free: FreeVisits,
  served: readonly number[],
  stopIds: readonly string[],
  schools: ReadonlyMap<string, number>,
  benchesMax: number,
  runId?: string,
): number[] {
  const items: number[] = [];
  const aboard = new Map<number, number>();
  for (const stopId of stopIds) {
    const call = schools.get(stopId);
    if (call !== undefined && served.includes(call)) {
      if (aboard.delete(call)) items.push(~call);
      continue;
    }
    for (const school of served) {
      const here = free.get(keyOf(school, stopId, runId)) ?? [];
      const left: number[] = [];
      for (const visit of here) {
        const benches = [...aboard.values()].reduce((sum, each) => sum + each, 0) + day.visitBenches[visit];
        const fits = benches <= benchesMax && items.length < RUN_VISITS_MAX - served.length;
        if (fits) {
          items.push(visit);
          aboard.set(school, (aboard.get(school) ?? 0) + day.visitBenches[visit]);
        } else left.push(visit);
      }
      free.set(keyOf(school, stopId, runId), left);
    }
  }
  // The last school is not listed.
  if (items.length > 0 && items[items.length - 1] < 0) items.pop();
  return items;
}
