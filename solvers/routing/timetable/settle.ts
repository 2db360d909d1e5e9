import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { visitsOf } from "../halfday/run-items.ts";
import { callEnds } from "./run-shape.ts";
import { pieceHolds, type Schedule, scheduleOf } from "./schedule.ts";

export interface SettledHalf {
  readonly plan: HalfDayPlan;
  /** End of each run of each piece. */
  readonly ends: readonly (readonly number[])[];
  /** End of unloading at each school of each run of each piece. */
  readonly calls: readonly (readonly (readonly number[])[])[];
  /** Visits that no bus serves because their school's curb is full. */
  readonly crowdedOut: readonly number[];
}

/**
 * A half-day plan with its times. Where the curb is too full for wishes, turns stand end to end. A run that finds no turn even so gets a bus of its own
 * where one is left, which frees it of its links; failing that, its riders are not served.
 */
export function settle(day: HalfDay, plan: HalfDayPlan, atOnce: ArrayLike<number>, lateness: number): SettledHalf {
  const crowdedOut: number[] = [];
  let pieces = plan.pieces.map((piece) => ({ kind: piece.kind, runs: [...piece.runs] }));
  for (;;) {
    const current = { ...plan, pieces };
    const { ends, crowdedOut: stuck } = roomiest(day, current, atOnce, lateness);
    if (stuck.length === 0) {
      const calls = pieces.map(({ runs }, piece) => runs.map((run, slot) => callEnds(day, run, ends[piece][slot])));
      return { plan: current, ends, calls, crowdedOut };
    }
    const { piece, slot } = stuck[0];
    const run = pieces[piece].runs[slot];
    const spare = pieces[piece].runs.length > 1 ? spareKind(day, pieces, run) : -1;
    pieces[piece].runs.splice(slot, 1);
    pieces = pieces.filter((each) => each.runs.length > 0);
    if (spare >= 0) pieces.push({ kind: spare, runs: [run] });
    else crowdedOut.push(...visitsOf(run));
  }
}

function roomiest(day: HalfDay, plan: HalfDayPlan, atOnce: ArrayLike<number>, lateness: number): Schedule {
  const wished = scheduleOf(day, plan, atOnce, lateness);
  if (wished.crowdedOut.length === 0) return wished;
  const packed = scheduleOf(day, plan, atOnce, lateness, true);
  return packed.crowdedOut.length < wished.crowdedOut.length ? packed : wished;
}

function spareKind(day: HalfDay, pieces: readonly { kind: number }[], run: readonly number[]): number {
  for (let kind = 0; kind < day.kinds; kind++) {
    const used = pieces.filter((piece) => piece.kind === kind).length;
    if (used < day.kindCount[kind] && pieceHolds(day, { kind, runs: [run] })) return kind;
  }
  return -1;
}
