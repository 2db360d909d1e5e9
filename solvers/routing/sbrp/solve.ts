import type { SolveContext, Task } from "@trivium/engine";
import type { HalfDayPlan } from "../halfday/copy.ts";
import { lastSchool, type RunItems, visitsOf } from "../halfday/run-items.ts";
import { improve } from "../search/improve.ts";
import { callEnds } from "../timetable/run-shape.ts";
import { scheduleOf } from "../timetable/schedule.ts";
import { driveS, loadingS, type SbrpSetting, sbrpHalfDay, TICKS_PER_S, UNLOAD_S, unloadingS } from "./half-day.ts";
import type { SbrpInstance } from "./read.ts";

export interface SbrpOptions {
  /** Longest ride of a stop's students: 2,700 or 5,400 s in the public tables. */
  readonly rideMaxS: number;
  readonly setting: SbrpSetting;
}

/** One call of a bus: seconds after midnight, arrive = begin of loading or unloading, depart = its end. */
export interface SbrpEvent {
  readonly at: "stop" | "school";
  readonly id: string;
  readonly arrive: number;
  readonly depart: number;
  readonly on: number;
  readonly off: number;
}

export interface SbrpSolution {
  readonly buses: readonly { readonly runs: readonly { readonly events: readonly SbrpEvent[] }[] }[];
  readonly iterations: number;
}

interface Leg {
  readonly options: SbrpOptions;
  readonly start: HalfDayPlan | null;
  readonly stream: number;
}

type Found = HalfDayPlan & { readonly iterations: number };

/** One search of an instance from a start; several run side by side and the best one is handed on. */
export const sbrpTask: Task<SbrpInstance, Leg, Found> = {
  name: "sbrp",
  run(instance, { options, start, stream }, context) {
    return improve(sbrpHalfDay(instance, options.rideMaxS, options.setting), {
      budget: context.budget,
      random: context.random.fork(stream),
      start: start ?? undefined,
      piecesBound: 0,
      fleetShare: 1,
      onCheckpoint: (phase, iterations, pieces) =>
        context.report({ phase, iterations, best: pieces, best_label: "buses", bound: null }),
    });
  },
};

const ROUNDS = 3;

/** Fewest buses for an instance of the public school-bus set, by the rules of its tables: as many searches as threads, which hand on the best plan after each third. */
export async function solveSbrp(
  instance: SbrpInstance,
  options: SbrpOptions,
  context: SolveContext<SbrpInstance>,
): Promise<SbrpSolution> {
  let best: Found | null = null;
  let iterations = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start: HalfDayPlan | null = best;
    const legs: Leg[] = Array.from({ length: context.threads }, (_, stream) => ({ options, start, stream }));
    const found: Found[] = await context.map(sbrpTask, legs, {
      from: round / ROUNDS,
      to: (round + 1) / ROUNDS,
    });
    iterations += found.reduce((sum, each) => sum + each.iterations, 0);
    best = found.reduce((least, each) => (each.pieces.length < least.pieces.length ? each : least));
  }
  return { buses: best ? busesOf(instance, options, best) : [], iterations };
}

function busesOf(instance: SbrpInstance, options: SbrpOptions, plan: HalfDayPlan): SbrpSolution["buses"] {
  const day = sbrpHalfDay(instance, options.rideMaxS, options.setting);
  const { ends } = scheduleOf(day, plan, new Float64Array(instance.schools.length).fill(Infinity), 0);
  return plan.pieces.map((piece, index) => ({
    runs: piece.runs.map((run, slot) => ({
      events: eventsOf(instance, options.setting, run, callEnds(day, run, ends[index][slot])),
    })),
  }));
}

/**
 * Times of a run counted back from the end of its unloading at each school, drives not rounded.
 * @param endsMs at each school in order of call
 */
function eventsOf(
  instance: SbrpInstance,
  setting: SbrpSetting,
  run: RunItems,
  endsMs: readonly number[],
): readonly SbrpEvent[] {
  const schoolOf = (stop: number) => instance.stops[stop].school;
  const students = (school: number) =>
    visitsOf(run).reduce((sum, stop) => sum + (schoolOf(stop) === school ? instance.stops[stop].students : 0), 0);
  const events: SbrpEvent[] = [];
  let next: { x: number; y: number } | null = null;
  let call = endsMs.length;
  for (const item of [...run, ~lastSchool(run, schoolOf)].reverse()) {
    if (item < 0) {
      const school = instance.schools[~item];
      const off = students(~item);
      const depart = endsMs[--call] / TICKS_PER_S;
      const arrive = depart - (setting === "mixed" ? unloadingS(off) : UNLOAD_S);
      events.unshift({ at: "school", id: school.id, arrive, depart, on: 0, off });
      next = school;
      continue;
    }
    const stop = instance.stops[item];
    const depart = events[0].arrive - driveS(stop, next ?? stop);
    const arrive = depart - loadingS(stop.students);
    events.unshift({ at: "stop", id: stop.id, arrive, depart, on: stop.students, off: 0 });
    next = stop;
  }
  return events;
}
