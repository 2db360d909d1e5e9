import type { HalfDayPlan } from "../halfday/copy.ts";
import { type HalfDay, PIECE_RUNS_MAX } from "../halfday/half-day.ts";
import { pieceHolds } from "../timetable/schedule.ts";
import { Chains, runListOf } from "./chains.ts";

/** The same runs linked anew, on a day whose bells have moved: chains on the smallest kind of bus that holds them. What finds no bus waits in the bank. */
export function relinked(day: HalfDay, plan: HalfDayPlan): HalfDayPlan {
  const list = runListOf(day, plan);
  const chains = new Chains(list.runs.length);
  chains.link(list, day.schoolEndMin, day.schoolEndMax);
  const pieces: HalfDayPlan["pieces"][number][] = [];
  const bank = [...plan.bank];
  const left = Int32Array.from(day.kindCount);
  const kinds = Array.from({ length: day.kinds }, (_, kind) => kind).sort(
    (a, b) => day.kindBenches[a] - day.kindBenches[b] || day.kindFixed[a] - day.kindFixed[b] || a - b,
  );
  const place = (runs: readonly (readonly number[])[]): boolean => {
    const kind = kinds.find((each) => left[each] > 0 && pieceHolds(day, { kind: each, runs }));
    if (kind === undefined) return false;
    left[kind]--;
    pieces.push({ kind, runs });
    return true;
  };
  const byChain: (readonly number[])[][] = Array.from({ length: chains.count }, () => []);
  for (const run of chains.order) byChain[chains.of[run]].push(list.runs[run]);
  // Those with wheelchairs choose first: few kinds can carry them.
  const wheelchairs = (runs: readonly (readonly number[])[]) =>
    runs.some((visits) => visits.some((visit) => day.visitWheelchairs[visit] > 0));
  for (const chain of byChain.toSorted(
    (a, b) => Number(wheelchairs(b)) - Number(wheelchairs(a)) || b.length - a.length,
  )) {
    for (let from = 0; from < chain.length; ) {
      let to = Math.min(chain.length, from + PIECE_RUNS_MAX);
      while (to > from && !place(chain.slice(from, to))) to--;
      if (to === from) bank.push(...chain[to++]);
      from = to;
    }
  }
  return { pieces, bank, cost: Infinity };
}
