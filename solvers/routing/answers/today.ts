import type { RoutingDecisions, UnmetOf } from "@trivium/model";
import type { RoutingProblem } from "../problem.ts";

/** Today's service in the tables of a plan; eligible students without an assignment of today are its unserved. */
export function today(problem: RoutingProblem): { decisions: RoutingDecisions; unmet: UnmetOf["routing"] } | null {
  if (!problem.today) return null;
  const { runs, runStops, assignments, routes } = problem.today;
  const bells = problem.schools.map((school) => ({
    school_id: school.id,
    bell_start: school.bellStartS,
    bell_end: school.bellEndS,
  }));
  const served = new Set(assignments.map((row) => `${row.student_id}\t${row.direction}`));
  const eligible = [...problem.rides, ...problem.unserved];
  const unmet = eligible
    .filter((each) => !served.has(`${each.studentId}\t${each.direction}`))
    .map((each) => ({
      student_id: each.studentId,
      direction: each.direction,
      reason_code: "no_bus" as const,
      fix: "today's service does not carry this student",
    }));
  return { decisions: { runs, run_stops: runStops, assignments, routes, bells }, unmet };
}
