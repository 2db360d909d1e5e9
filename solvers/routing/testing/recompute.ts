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
    cost += drive(at, depot) + changePrice(day, piece);
    if (free + drive(at, depot) > day.kindTo[piece.kind]) broken.push("returns late");
  }
  return { cost, broken };
}

/** Price of what a piece changes against the service before. A run goes by the bus that most of its riders had, a piece by that of most of its runs' riders among its kind. */
function changePrice(day: HalfDay, piece: HalfDayPlan["pieces"][number]): number {
  const { before } = day;
  if (!before) return 0;
  const riders = (visits: readonly number[]) => visits.reduce((sum, visit) => sum + day.visitRiders[visit], 0);
  const most = <T>(groups: Map<T, number>) =>
    [...groups].reduce((best, each) => (each[1] > best[1] ? each : best), [undefined, 0] as [T | undefined, number]);
  const windows = windowsOf(day, piece);
  let known = 0;
  let moved = 0;
  const homes = new Map<number, number>();
  piece.runs.forEach((run, slot) => {
    const old = run.filter((visit) => before.visitHome[visit] >= 0);
    const byHome = Map.groupBy(old, (visit) => before.visitHome[visit]);
    const [home, count] = most(new Map([...byHome].map(([each, visits]) => [each, riders(visits)])));
    known += riders(old);
    if (home === undefined) return;
    if (before.homeKind[home] === piece.kind) homes.set(home, (homes.get(home) ?? 0) + count);
    const end = before.visitEnd[old.find((visit) => before.visitHome[visit] === home) ?? 0];
    const { earliest, latest } = windows[slot];
    if (end < earliest - before.rideFree || end > latest + before.rideFree) moved += riders(old);
    else
      moved += riders(
        old.filter((visit) => Math.abs(rideOf(day, run, visit) - before.visitRide[visit]) > before.rideFree),
      );
  });
  return before.ridePrice * moved + before.homePrice * (known - most(homes)[1]);
}

function rideOf(day: HalfDay, run: readonly number[], visit: number): number {
  const rest = run.slice(run.indexOf(visit));
  const nodes = [...rest.map((each) => day.visitNode[each]), day.schoolNode[day.visitSchool[visit]]];
  const drives = nodes.slice(1).reduce((sum, node, k) => sum + day.travel[nodes[k] * day.nodes + node], 0);
  return drives + rest.slice(1).reduce((sum, each) => sum + day.visitService[each], 0);
}

/** Earliest and latest end of each run of a piece. */
function windowsOf(
  day: HalfDay,
  { kind, runs }: HalfDayPlan["pieces"][number],
): { earliest: number; latest: number }[] {
  const depot = day.kindDepot[kind];
  const drive = (from: number, to: number) => day.travel[from * day.nodes + to];
  const school = (slot: number) => day.visitSchool[runs[slot][0]];
  const ticks = (slot: number) =>
    rideOf(day, runs[slot], runs[slot][0]) + day.visitService[runs[slot][0]] + day.schoolService[school(slot)];
  const lead = (slot: number) =>
    slot === 0
      ? drive(depot, day.visitNode[runs[0][0]])
      : drive(day.schoolNode[school(slot - 1)], day.visitNode[runs[slot][0]]) + day.linkBuffer;
  const windows = runs.map(() => ({ earliest: 0, latest: 0 }));
  let free = day.kindFrom[kind];
  for (let slot = 0; slot < runs.length; slot++) {
    free = windows[slot].earliest = Math.max(day.schoolEndMin[school(slot)], free + lead(slot) + ticks(slot));
  }
  let due = day.kindTo[kind] - drive(day.schoolNode[school(runs.length - 1)], depot);
  for (let slot = runs.length - 1; slot >= 0; slot--) {
    windows[slot].latest = Math.min(day.schoolEndMax[school(slot)], due);
    due = windows[slot].latest - ticks(slot) - lead(slot);
  }
  return windows;
}
