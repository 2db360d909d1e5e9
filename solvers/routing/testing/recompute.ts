import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";

export interface Recomputed {
  readonly cost: number;
  readonly broken: readonly string[];
}

/** Cost and broken rules of a half-day plan, counted afresh in the plainest way: no journal, no slack, no segments, no shared code with the kernel. */
export function recompute(day: HalfDay, plan: HalfDayPlan): Recomputed {
  const broken: string[] = [];
  let cost = 0;
  const drive = (from: number, to: number) => day.travel[from * day.nodes + to];
  for (const piece of plan.pieces) {
    const depot = day.kindDepot[piece.kind];
    cost += day.kindFixed[piece.kind];
    let at = depot;
    let free = day.kindFrom[piece.kind];
    const told: Told[] = piece.runs.map((run, slot) => {
      const calls = callsOf(day, run);
      const lead = drive(at, calls[0].node);
      const ready = free + lead + (slot > 0 ? day.linkBuffer : 0);
      const { begin, end, latest, lasts, times } = timesOf(day, calls, ready, broken);
      if (begin < ready) broken.push(`run begins at ${begin}, its bus is there at ${ready}`);
      const visits: Told["visits"] = [];
      calls.forEach((call, k) => {
        if (call.visit < 0) return;
        const off = calls.findIndex((other, later) => later > k && other.school === day.visitSchool[call.visit]);
        if (off < 0) broken.push(`visit ${call.visit} never gets off`);
        const ride = (times[off] ?? 0) - times[k] - call.lasts;
        cost += day.rideWeight * day.visitRiders[call.visit] * ride;
        if (ride > day.visitRideMax[call.visit]) broken.push(`visit ${call.visit} rides ${ride}`);
        visits.push({ visit: call.visit, ride, lag: end - times[off] - calls[off].lasts });
      });
      broken.push(...companyOf(day, run, calls, piece.kind));
      cost += lead + lasts;
      free = end;
      at = calls[calls.length - 1].node;
      return { visits, earliest: end, latest, lasts, lead: lead + (slot > 0 ? day.linkBuffer : 0) };
    });
    const home = drive(at, depot);
    if (free + home > day.kindTo[piece.kind]) broken.push("returns late");
    if (dutyOf(told) + home > day.kindDuty[piece.kind]) broken.push(`a piece is out for ${dutyOf(told) + home}`);
    cost += home + changePrice(day, told, day.kindTo[piece.kind] - home, piece.kind);
  }
  return { cost, broken };
}

/** A run as it was recounted: rides, how long after the call at each one's school it ends, when it may end by its schools, what lies before it. */
interface Told {
  readonly visits: { visit: number; ride: number; lag: number }[];
  readonly earliest: number;
  readonly latest: number;
  readonly lasts: number;
  readonly lead: number;
}

/** From the depot to the soonest end of the last run, everything before as late as it may be. */
function dutyOf(runs: readonly Told[]): number {
  const end = runs[runs.length - 1].earliest;
  let leaves = end;
  for (let slot = runs.length - 1; slot >= 0; slot--) {
    const { latest, lasts, lead } = runs[slot];
    leaves = Math.min(leaves, slot === runs.length - 1 ? end : latest) - lasts - lead;
  }
  return end - leaves;
}

/** Price of what a piece changes against the service before. A run goes by the bus that most of its riders had, a piece by that of most of its runs' riders among its kind. */
function changePrice(day: HalfDay, runs: readonly Told[], due: number, kind: number): number {
  const { before } = day;
  if (!before) return 0;
  const riders = (visits: Told["visits"]) => visits.reduce((sum, { visit }) => sum + day.visitRiders[visit], 0);
  const most = <T>(groups: Map<T, number>) =>
    [...groups].reduce((best, each) => (each[1] > best[1] ? each : best), [undefined, 0] as [T | undefined, number]);
  const latest: number[] = [];
  for (let slot = runs.length - 1; slot >= 0; slot--) {
    const next = runs[slot + 1];
    latest[slot] = Math.min(runs[slot].latest, next ? latest[slot + 1] - next.lasts - next.lead : due);
  }
  let known = 0;
  let moved = 0;
  const homes = new Map<number, number>();
  runs.forEach(({ visits, earliest }, slot) => {
    const old = visits.filter(({ visit }) => before.visitHome[visit] >= 0);
    const byHome = Map.groupBy(old, ({ visit }) => before.visitHome[visit]);
    const [home, count] = most(new Map([...byHome].map(([each, list]) => [each, riders(list)])));
    known += riders(old);
    const first = old.find(({ visit }) => before.visitHome[visit] === home);
    if (home === undefined || !first) return;
    if (before.homeKind[home] === kind) homes.set(home, (homes.get(home) ?? 0) + count);
    const end = before.visitEnd[first.visit] + first.lag;
    if (end < earliest - before.rideFree || end > latest[slot] + before.rideFree) moved += riders(old);
    else moved += riders(old.filter(({ visit, ride }) => Math.abs(ride - before.visitRide[visit]) > before.rideFree));
  });
  return before.ridePrice * moved + before.homePrice * (known - most(homes)[1]);
}

/** A stop, or a school where riders get off (`visit` −1). */
interface Call {
  readonly visit: number;
  readonly school: number;
  readonly node: number;
  readonly lasts: number;
}

function callsOf(day: HalfDay, run: readonly number[]): Call[] {
  const dropped = run.filter((item) => item < 0).map((item) => ~item);
  const visits = run.filter((item) => item >= 0);
  const left = visits.filter((visit) => !dropped.includes(day.visitSchool[visit]));
  const last = ~day.visitSchool[left[0]];
  return [...run, last].map((item) =>
    item >= 0
      ? { visit: item, school: -1, node: day.visitNode[item], lasts: day.visitService[item] }
      : {
          visit: -1,
          school: ~item,
          node: day.schoolNode[~item],
          lasts: visits
            .filter((visit) => day.visitSchool[visit] === ~item)
            .reduce((sum, visit) => sum + day.visitUnload[visit], day.schoolService[~item]),
        },
  );
}

/** Forward as early as may be, then back from that end: everyone boards as late as may be. */
function timesOf(day: HalfDay, calls: readonly Call[], ready: number, broken: string[]) {
  const opens = (call: Call) =>
    call.visit >= 0 ? -Infinity : day.schoolEndMin[call.school] - day.schoolService[call.school];
  const closes = (call: Call) =>
    call.visit >= 0 ? Infinity : day.schoolEndMax[call.school] - day.schoolService[call.school];
  const legs = calls.map((call, k) => (k === 0 ? 0 : day.travel[calls[k - 1].node * day.nodes + call.node]));
  /** Forward from a begin: when each call begins, as early as may be. */
  const forward = (begin: number) => {
    let free = begin;
    return calls.map((call, k) => {
      const at = Math.max(opens(call), free + legs[k]);
      free = at + call.lasts;
      return at;
    });
  };
  const endOf = (begins: readonly number[]) => begins[begins.length - 1] + calls[calls.length - 1].lasts;
  const late = (begins: readonly number[]) => begins.some((at, k) => at > closes(calls[k]));
  const soonest = forward(ready);
  if (late(soonest)) broken.push("a school's window is over");
  const end = endOf(soonest);
  // As late as the soonest end allows, and never past a school's closing.
  const lastBegins = [...calls.keys()].fill(0);
  let next = end;
  for (let k = calls.length - 1; k >= 0; k--) {
    lastBegins[k] = Math.min(next - calls[k].lasts, closes(calls[k]));
    next = lastBegins[k] - legs[k];
  }
  const begin = lastBegins[0];
  // The latest begin of all: a run that begins then takes no longer than it must.
  const latestBegin = calls.reduceRight(
    (after, call, k) => Math.min(after - call.lasts, closes(call)) - legs[k],
    Number.MAX_SAFE_INTEGER,
  );
  return { begin, end, latest: endOf(forward(latestBegin)), lasts: end - begin, times: lastBegins };
}

function companyOf(day: HalfDay, run: readonly number[], calls: readonly Call[], kind: number): string[] {
  const broken: string[] = [];
  const visits = run.filter((item) => item >= 0);
  const schools = calls.flatMap((call) => (call.visit < 0 ? [call.school] : []));
  for (const a of schools)
    for (const b of schools)
      if (a !== b && day.schoolMixes?.[a * day.schools + b] !== 1) broken.push(`schools ${a} and ${b} do not mix`);
  for (const visit of visits)
    for (const other of visits)
      for (let grade = 0; grade < day.gradeShares.length; grade++)
        if (day.visitGrades[visit] & (1 << grade) && day.visitGrades[other] & ~day.gradeShares[grade])
          broken.push(`visits ${visit} and ${other} may not share`);
  let aboard: number[] = [];
  calls.forEach((call, k) => {
    if (call.visit >= 0) aboard.push(call.visit);
    else aboard = aboard.filter((visit) => day.visitSchool[visit] !== call.school);
    const sum = (values: Int32Array) => aboard.reduce((total, visit) => total + values[visit], 0);
    if (sum(day.visitBenches) > day.kindBenches[kind]) broken.push("benches");
    if (sum(day.visitWheelchairs) > day.kindWheelchairs[kind]) broken.push("wheelchairs");
    if (k < calls.length - 1 && aboard.length === 0) broken.push("nobody aboard in mid-run");
  });
  return broken;
}
