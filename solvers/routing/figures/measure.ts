import type { Metrics, RoutingDecisions, UnmetOf } from "@trivium/model";
import type { RoutingProblem } from "../problem.ts";
import { changesOf } from "./changes.ts";
import { costsOf, rounded } from "./costs.ts";
import { piecesOf } from "./pieces.ts";
import { spreadOf } from "./spread.ts";

/** Figures of any decisions in the tables of a plan, today's included. */
export function measure(problem: RoutingProblem, decisions: RoutingDecisions, unmet: UnmetOf["routing"]): Metrics {
  const { assignments, routes, runs } = decisions;
  const buses = new Set(routes.length > 0 ? routes.map((row) => row.bus_id) : runs.flatMap((run) => run.bus_id ?? []));
  const rides = spreadOf(assignments.flatMap((row) => rideMinutes(row)));
  const fetched = new Set(
    problem.rides.filter((ride) => ride.atHome).map((ride) => `${ride.studentId}\t${ride.direction}`),
  );
  const walks = spreadOf(
    assignments.filter((row) => !fetched.has(`${row.student_id}\t${row.direction}`)).map((row) => row.walk_m ?? 0),
  );
  const pieces = piecesOf(decisions);
  return {
    buses_used: buses.size,
    runs: runs.length,
    riders_served: distinct(assignments.map((row) => row.student_id)),
    riders_unserved: distinct(unmet.map((row) => row.student_id)),
    rides_served: assignments.length,
    rides_unserved: unmet.length,
    stops_used: distinct(assignments.map((row) => row.stop_id)),
    ride_min_mean: rounded(rides.mean),
    ride_min_p95: rounded(rides.p95),
    ride_min_max: rounded(rides.max),
    walk_m_mean: rounded(walks.mean),
    walk_m_p95: walks.p95,
    walk_m_max: walks.max,
    ...costsOf(problem, pieces),
    runs_per_bus: buses.size === 0 ? 0 : rounded(runs.length / buses.size),
    ...(problem.baseline ? changesOf(problem.baseline, decisions) : {}),
  };
}

function rideMinutes(row: RoutingDecisions["assignments"][number]): number[] {
  if (row.board !== undefined && row.alight !== undefined) return [(row.alight - row.board) / 60];
  return row.ride_min === undefined ? [] : [row.ride_min];
}

const distinct = (values: readonly string[]): number => new Set(values).size;
