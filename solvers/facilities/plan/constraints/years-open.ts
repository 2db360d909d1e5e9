import type { FacilitiesProblem } from "../../problem.ts";
import { schoolOf } from "../state.ts";

/** May work be done for this asset in this year: no blackout at its school, and it has a cost? */
export function yearIsOpen(problem: FacilitiesProblem, a: number, year: number): boolean {
  return (
    problem.costUsd[a] > 0 && problem.rules.blackout[schoolOf(problem, a) * problem.calendar.years.length + year] === 0
  );
}
