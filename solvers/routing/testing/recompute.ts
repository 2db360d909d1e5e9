import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";

export interface Recomputed {
  readonly cost: number;
  readonly broken: readonly string[];
}

/** Cost and broken rules of a half-day plan, counted afresh in the plainest way: no journal, no slack, no shared code with the kernel. */
export function recompute(day: HalfDay, plan: HalfDayPlan): Recomputed {
  const broken: string[] = [];
  let cost = 0;
  const drive = (from: number, to: number) => day.travel[from * day.nodes + to];
  for (const piece of plan.pieces) {
    const depot = day.kindDepot[piece.kind];
    cost += day.kindFixed[piece.kind];
    let at = depot;
    let free = day.kindFrom[piece.kind];
    piece.runs.forEach((run, slot) => {
      const school = day.visitSchool[run[0]];
      const first = day.visitNode[run[0]];
      let lasts = 0;
      run.forEach((visit, k) => {
        const next = k + 1 < run.length ? day.visitNode[run[k + 1]] : day.schoolNode[school];
        lasts += day.visitService[visit] + drive(day.visitNode[visit], next);
        const later = run.slice(k + 1);
        const stations = [...run.slice(k).map((each) => day.visitNode[each]), day.schoolNode[school]];
        const ride =
          stations.slice(1).reduce((sum, node, i) => sum + drive(stations[i], node), 0) +
          later.reduce((sum, each) => sum + day.visitService[each], 0);
        cost += day.rideWeight * day.visitRiders[visit] * ride;
        if (ride > day.visitRideMax[visit]) broken.push(`visit ${visit} rides ${ride}`);
        if (day.visitSchool[visit] !== school) broken.push(`visit ${visit} to another school`);
        for (const other of run)
          for (let grade = 0; grade < day.gradeShares.length; grade++)
            if (day.visitGrades[visit] & (1 << grade) && day.visitGrades[other] & ~day.gradeShares[grade])
              broken.push(`visits ${visit} and ${other} may not share`);
      });
      lasts += day.schoolService[school];
      const lead = drive(at, first);
      const end = Math.max(day.schoolEndMin[school], free + lead + (slot > 0 ? day.linkBuffer : 0) + lasts);
      if (end > day.schoolEndMax[school]) broken.push(`run ends at ${end}`);
      const sum = (values: Int32Array) => run.reduce((total, visit) => total + values[visit], 0);
      if (sum(day.visitBenches) > day.kindBenches[piece.kind]) broken.push("benches");
      if (sum(day.visitWheelchairs) > day.kindWheelchairs[piece.kind]) broken.push("wheelchairs");
      cost += lead + lasts;
      free = end;
      at = day.schoolNode[school];
    });
    cost += drive(at, depot);
    if (free + drive(at, depot) > day.kindTo[piece.kind]) broken.push("returns late");
  }
  return { cost, broken };
}
