import type { RoutingDecisions } from "@trivium/model";
import type { RoutingProblem, SchoolStop } from "../problem.ts";

/** The problem with each school beginning at the time given (by index of school): the day ends, and the windows of its buses lie, as much later or earlier. */
export function withBells(problem: RoutingProblem, starts: readonly number[]): RoutingProblem {
  return { ...problem, schools: problem.schools.map((school, index) => beginningAt(school, starts[index])) };
}

function beginningAt(school: SchoolStop, startS: number): SchoolStop {
  const later = startS - school.bellStartS;
  return {
    ...school,
    bellStartS: startS,
    bellEndS: school.bellEndS + later,
    amEndMinS: school.amEndMinS + later,
    amEndMaxS: school.amEndMaxS + later,
    pmBeginMinS: school.pmBeginMinS + later,
    pmBeginMaxS: school.pmBeginMaxS + later,
    allowedStartsS: [startS],
  };
}

export const presentBells = ({ schools }: RoutingProblem): number[] => schools.map((school) => school.bellStartS);

/** The bells of a plan; a school that may not begin then any more begins as at present. */
export function bellsOf(problem: RoutingProblem, rows: RoutingDecisions["bells"]): number[] {
  const planned = new Map(rows.map((row) => [row.school_id, row.bell_start]));
  return problem.schools.map(({ id, bellStartS, allowedStartsS }) => {
    const start = planned.get(id);
    return start !== undefined && allowedStartsS.includes(start) ? start : bellStartS;
  });
}
