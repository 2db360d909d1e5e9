import type { Answer, Question } from "@trivium/engine";
import { InputError, METRES_PER_MILE, type MoveAnswer, type Plan } from "@trivium/model";
import { z } from "zod";
import type { Direction, RoutingProblem } from "../problem.ts";
import { type Call, type CallList, CallLists, ridesAboard } from "./call-list.ts";

const direction = z.enum(["AM", "PM"]);
const to = {
  to_run_id: z.string().describe("the run that is to take them: of the same school and direction"),
  before_stop_id: z
    .string()
    .optional()
    .describe("where in that run, in the order it is driven; absent: where it costs least"),
};
const studentSchema = z.strictObject({
  kind: z.literal("move_student"),
  student_id: z.string(),
  direction,
  to_stop_id: z.string().optional().describe("absent: the stop of now"),
  ...to,
});
const stopSchema = z.strictObject({
  kind: z.literal("move_stop"),
  stop_id: z.string(),
  direction,
  run_id: z.string().describe("the run that calls there now"),
  ...to,
});

/** A student dragged onto another run, or to another stop: what it costs, everyone's ride, and whether it may be. */
export function moveStudent(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = studentSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `move_student: ${z.prettifyError(parsed.error)}`);
  const { student_id, to_stop_id } = parsed.data;
  const row = plan.decisions.assignments.find(
    (each) => each.student_id === student_id && each.direction === parsed.data.direction,
  );
  if (!row)
    throw new InputError(
      "bad-question",
      `move_student: ${student_id} has no ${parsed.data.direction} ride in this plan`,
      {
        path: "student_id",
        values: { student_id },
      },
    );
  return moved(problem, plan, {
    ...parsed.data,
    students: [student_id],
    run_id: row.run_id,
    stop_id: row.stop_id,
    to_stop_id,
  });
}

/** A stop with its riders dragged from a run onto another, or to another place in the same. */
export function moveStop(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = stopSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `move_stop: ${z.prettifyError(parsed.error)}`);
  const { stop_id, run_id } = parsed.data;
  const students = plan.decisions.assignments
    .filter((row) => row.run_id === run_id && row.stop_id === stop_id)
    .map((row) => row.student_id);
  if (students.length === 0)
    throw new InputError("bad-question", `move_stop: run ${run_id} has no riders at ${stop_id}`, {
      path: "stop_id",
      values: { stop_id, run_id },
    });
  return moved(problem, plan, { ...parsed.data, students });
}

interface Asked {
  readonly kind: string;
  readonly direction: Direction;
  readonly students: readonly string[];
  readonly run_id: string;
  readonly stop_id: string;
  readonly to_run_id: string;
  readonly to_stop_id?: string;
  readonly before_stop_id?: string;
}

function moved(problem: RoutingProblem, plan: Plan<"routing">, asked: Asked): Answer {
  const lists = new CallLists(problem, plan.decisions, asked.direction, new Set([asked.run_id, asked.to_run_id]));
  const from = listOf(lists, asked.run_id);
  const target = listOf(lists, asked.to_run_id);
  const toStop = asked.to_stop_id ?? asked.stop_id;
  const [place, home] = [toStop, asked.stop_id].map((id) => problem.places.findIndex((each) => each.id === id));
  if (place < 0)
    throw new InputError("bad-question", `${asked.kind}: no stop ${toStop} is in use. Maybe another`, {
      path: "to_stop_id",
      values: { stop_id: toStop },
    });
  const going = new Set(asked.students);
  const isGoing = (ride: number) => going.has(problem.rides[ride].studentId);
  const rides = from.calls.flatMap((call) => (call.place === home ? call.rides.filter(isGoing) : []));
  const left = from.calls
    .map((call) => (call.place === home ? { ...call, rides: call.rides.filter((ride) => !isGoing(ride)) } : call))
    .filter((call) => call.rides.length > 0);
  const base = from === target ? left : target.calls;
  const calls = inserted(lists, target, base, { place, rides }, asked.before_stop_id);
  const isSame = from === target;
  const gave = isSame ? [] : [effectOf(lists, from, left)];
  const took = effectOf(lists, target, calls);
  const before = new Map([...lists.ridesOf(from, from.calls), ...lists.ridesOf(target, target.calls)]);
  const after = new Map([...(isSame ? [] : lists.ridesOf(from, left)), ...lists.ridesOf(target, calls)]);
  const breaks = breaksOf(lists, target, calls, { place, rides }, after);
  const lateS = Math.max(0, took.addedS - target.roomS);
  if (lateS > 0)
    breaks.push({
      rule: "late",
      says: `${target.runId} would be ${Math.ceil(lateS / 60)} min late for ${problem.schools[target.school].id}, or its bus for its next run`,
    });
  const others = [...after.keys()].filter((ride) => !rides.includes(ride));
  const longer = others.map((ride) => (after.get(ride) ?? 0) - (before.get(ride) ?? 0));
  const minutesOf = (list: ReadonlyMap<number, number>) => Math.max(...rides.map((ride) => list.get(ride) ?? 0));
  const answer: MoveAnswer = {
    legal: breaks.length === 0,
    breaks,
    students: asked.students,
    direction: asked.direction,
    from: { run_id: from.runId, bus_id: from.busId, stop_id: asked.stop_id },
    to: {
      run_id: target.runId,
      bus_id: target.busId,
      stop_id: toStop,
      new_stop_on_run: !base.some((call) => call.place === place),
    },
    usd_per_year: Math.round([...gave, took].reduce((sum, effect) => sum + effect.usd, 0)),
    added_min: tenths(took.addedS),
    saved_min: tenths(-gave.reduce((sum, effect) => sum + effect.addedS, 0)),
    late_min: tenths(lateS),
    ride_min_before: tenths(minutesOf(before)),
    ride_min: tenths(minutesOf(after)),
    others_longer_min: tenths(Math.max(0, ...longer)),
    run_ends: left.length === 0 && !isSame ? from.runId : null,
    stops: [...(isSame ? [] : stopsOf(lists, from, left)), ...stopsOf(lists, target, calls)],
  };
  return { kind: asked.kind, ...answer };
}

function listOf(lists: CallLists, runId: string): CallList {
  const list = lists.get(runId);
  if (list) return list;
  throw new InputError(
    "bad-question",
    `no run ${runId} of this direction that can be changed. Maybe it serves several schools`,
    {
      path: "to_run_id",
      values: { run_id: runId },
    },
  );
}

/** The calls with one more, or with more riders at one that is there. */
function inserted(lists: CallLists, list: CallList, calls: readonly Call[], call: Call, beforeStop?: string): Call[] {
  const known = calls.findIndex((each) => each.place === call.place);
  if (known >= 0 && beforeStop === undefined)
    return calls.map((each, index) => (index === known ? { ...each, rides: [...each.rides, ...call.rides] } : each));
  const rest = known >= 0 ? calls.filter((_, index) => index !== known) : calls;
  const whole = known >= 0 ? { ...call, rides: [...calls[known].rides, ...call.rides] } : call;
  const at = (index: number) => rest.toSpliced(index, 0, whole);
  if (beforeStop !== undefined) return at(placeBefore(lists.problem, list, rest, beforeStop));
  const tries = Array.from({ length: rest.length + 1 }, (_, index) => at(index));
  const secondsOf = (each: readonly Call[]) => lists.lengthOf(list, each).s;
  return tries.reduce((best, each) => (secondsOf(each) < secondsOf(best) ? each : best));
}

/** Index in kernel order; a PM run's calls stand backwards. */
function placeBefore(problem: RoutingProblem, list: CallList, calls: readonly Call[], stopId: string): number {
  const school = problem.schools[list.school].id;
  const index = calls.findIndex((call) => problem.places[call.place].id === stopId);
  if (list.direction === "AM") return stopId === school || index < 0 ? calls.length : index;
  return index < 0 ? 0 : index + 1;
}

/** Seconds that a run gets longer, and dollars a year: its own way, the way to and from it, and the time that its bus is out longer. */
function effectOf(lists: CallLists, list: CallList, calls: readonly Call[]): { addedS: number; usd: number } {
  const { problem } = lists;
  const before = lists.lengthOf(list, list.calls);
  const now = lists.lengthOf(list, calls);
  const type = problem.types.find((each) => each.id === list.kind.typeId);
  const perMile = type ? type.costPerMileUsd + (type.electric ? type.kwhPerMile : 1 / type.mpg) * type.fuelPriceUsd : 0;
  const usdOf = (s: number, m: number) =>
    problem.settings.serviceDays * ((m / METRES_PER_MILE) * perMile + (s / 3600) * (type?.costPerHourUsd ?? 0));
  if (calls.length === 0) {
    const fixed = list.aloneInDay ? list.kind.costFixedUsd : 0;
    const out = list.aloneInHalf ? before.s : 0;
    return { addedS: -before.s, usd: usdOf(-out, -before.m) - fixed };
  }
  const lead = (to: number) => ({
    s: lists.driveS(list.direction, list.leadPlace, to),
    m: lists.driveM(list.direction, list.leadPlace, to),
  });
  const [leadBefore, leadNow] = [lead(list.calls[0].place), lead(calls[0].place)];
  const addedS = now.s + leadNow.s - before.s - leadBefore.s;
  const addedM = now.m + leadNow.m - before.m - leadBefore.m;
  // Waiting takes up what it can; a run in the middle that gets shorter only adds to it.
  const outLongerS = addedS > 0 ? Math.max(0, addedS - list.waitS) : list.isOutermost ? addedS : 0;
  return { addedS, usd: usdOf(outLongerS, addedM) };
}

function breaksOf(
  lists: CallLists,
  target: CallList,
  calls: readonly Call[],
  moved: Call,
  after: ReadonlyMap<number, number>,
): { rule: string; says: string }[] {
  const { problem } = lists;
  const breaks: { rule: string; says: string }[] = [];
  const aboard = ridesAboard(calls, problem.rides);
  const benches = aboard.reduce((sum, ride) => sum + ride.benches, 0);
  const say = (rule: string, holds: boolean, says: string) => holds || breaks.push({ rule, says });
  const other = moved.rides.find((ride) => problem.rides[ride].school !== target.school);
  say("school", other === undefined, `${target.runId} goes to another school`);
  say(
    "benches",
    benches <= target.kind.benches,
    `${target.busId} has ${target.kind.benches / 1e6} benches, ${(benches / 1e6).toFixed(1)} would be needed`,
  );
  const chairs = aboard.filter((ride) => ride.wheelchair).length;
  say(
    "wheelchairs",
    chairs <= target.kind.wheelchairs,
    `${target.busId} has ${target.kind.wheelchairs} wheelchair positions, ${chairs} would be needed`,
  );
  const grades = aboard.reduce((bits, ride) => bits | (1 << ride.grade), 0);
  say(
    "grades",
    aboard.every((ride) => (grades & ~problem.gradeShares[ride.grade]) === 0),
    "grades would be aboard that may not share a bus",
  );
  for (const ride of moved.rides) {
    const { studentId, place, reach, atHome } = problem.rides[ride];
    const inReach = place === moved.place || reach.some((each) => each.place === moved.place);
    say(
      "walk",
      inReach,
      `${studentId} ${atHome ? "boards at home" : "may not walk"} to ${problem.places[moved.place].id}`,
    );
  }
  for (const [ride, rideS] of after)
    say(
      "ride",
      rideS <= lists.allowedS(ride),
      `${problem.rides[ride].studentId} would ride ${Math.ceil(rideS / 60)} min, the limit is ${Math.floor(lists.allowedS(ride) / 60)}`,
    );
  return breaks;
}

/** When the run would call where: it is at school as planned. */
function stopsOf(lists: CallLists, list: CallList, calls: readonly Call[]): MoveAnswer["stops"][number][] {
  const { stays, direction } = list;
  const isAm = direction === "AM";
  const schoolS = isAm ? stays[stays.length - 1].arrive : stays[0].depart;
  const rideAt = (each: readonly Call[]) => {
    const rides = lists.ridesOf(list, each);
    return new Map(each.map((call) => [call.place, rides.get(call.rides[0]) ?? 0]));
  };
  const [before, after] = [rideAt(list.calls), rideAt(calls)];
  return [...after].map(([place, rideS]) => {
    const { id } = lists.problem.places[place];
    const row = stays.find((stay) => stay.stop_id === id);
    // Drives are counted in the slowest band; what was planned is shifted by the difference.
    const planned = row && (isAm ? row.depart : row.arrive);
    const longerS = rideS - (before.get(place) ?? 0);
    const at = planned === undefined ? schoolS + (isAm ? -rideS : rideS) : planned + (isAm ? -longerS : longerS);
    return { run_id: list.runId, stop_id: id, before: planned ?? null, at };
  });
}

const tenths = (seconds: number): number => Math.round(seconds / 6) / 10;
