import type { SolveContext, Task } from "@trivium/engine";
import type { HalfDayPlan } from "../halfday/copy.ts";
import { improve } from "../search/improve.ts";
import { scheduleOf } from "../timetable/schedule.ts";
import { driveS, loadingS, type SbrpSetting, sbrpHalfDay, UNLOAD_S } from "./half-day.ts";
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
    runs: piece.runs.map((stops, slot) => ({ events: eventsOf(instance, stops, ends[index][slot] / 1000) })),
  }));
}

/** Times of a run counted back from the end of its unloading, nothing rounded. */
function eventsOf(instance: SbrpInstance, stops: readonly number[], endS: number): SbrpEvent[] {
  const school = instance.schools[instance.stops[stops[0]].school];
  const students = stops.reduce((sum, stop) => sum + instance.stops[stop].students, 0);
  const unloading = {
    at: "school" as const,
    id: school.id,
    arrive: endS - UNLOAD_S,
    depart: endS,
    on: 0,
    off: students,
  };
  const events: SbrpEvent[] = [unloading];
  let next: { x: number; y: number } = school;
  for (const index of [...stops].reverse()) {
    const stop = instance.stops[index];
    const depart = events[0].arrive - driveS(stop, next);
    const arrive = depart - loadingS(stop.students);
    events.unshift({ at: "stop", id: stop.id, arrive, depart, on: stop.students, off: 0 });
    next = stop;
  }
  return events;
}
