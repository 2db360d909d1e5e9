import type { Budget, Random, SolveContext, Task } from "@trivium/engine";
import type { FacilitiesProblem } from "../problem.ts";
import { type RelaxedProblem, relaxedProblem } from "./bound/lagrangian.ts";
import { type Priced, proveWhole, type ReportPlan, roundPrices, tightenPrices } from "./price-search.ts";
import { promising } from "./promising.ts";
import { search } from "./search.ts";

/** Shares of the budget by which rounding ends where the whole program follows in the same thread, that program, and all rounding; the local search has the rest. */
const ROUND_ALONE_UNTIL = 0.5;
const WHOLE_UNTIL = 0.7;
const ROUND_UNTIL = 0.75;
/** A look of the whole program at its budget counts as so many iterations: it comes every second or so. */
const LOOK = 5_000;

/** What a leg starts from, and where in the budget. */
interface Leg {
  readonly priced: Priced;
  /** Must-dos that cannot be met. */
  readonly unmet: readonly number[];
  readonly from: number;
  /** Whether several roundings, and the whole program where the district is small, are worth their time. */
  readonly thorough: boolean;
  /** Whether this one sees to the bound first. */
  readonly proves: boolean;
}

interface Around {
  readonly random: Random;
  /** Of the whole solve. */
  readonly budget: Budget;
  readonly report: ReportPlan;
}

type Run = (relaxed: RelaxedProblem, leg: Leg, around: Around) => Promise<Priced>;

const provenWhole = (relaxed: RelaxedProblem, priced: Priced, budget: Budget): Promise<Priced> => {
  let iterations = priced.iterations;
  return proveWhole(relaxed, priced, () => {
    iterations += LOOK;
    return budget.spent(iterations) >= WHOLE_UNTIL;
  });
};

/** Plans rounded at most. */
const runsOf = (thorough: boolean): number => (thorough ? 6 : 2);

const round: Run = (relaxed, { priced, thorough }, { random, budget, report }) =>
  roundPrices(relaxed, priced, random, runsOf(thorough), () => budget.spent(priced.iterations) >= ROUND_UNTIL, report);

/** The bound first, by prices and by the whole program; what time is left goes into a plan. */
const prove: Run = async (relaxed, leg, around) => {
  const { budget, report } = around;
  const spent = (iterations: number) => budget.spent(iterations) / ROUND_UNTIL;
  const tight = tightenPrices(relaxed, leg.priced, spent, report);
  const priced = leg.thorough ? await provenWhole(relaxed, tight, budget) : tight;
  return round(relaxed, { ...leg, priced }, around);
};

/** Both by turns, where there is one thread. */
const roundAlone: Run = async (relaxed, { priced, thorough }, { random, budget, report }) => {
  const until = thorough ? ROUND_ALONE_UNTIL : ROUND_UNTIL;
  const stop = () => budget.spent(priced.iterations) >= until;
  const rounded = await roundPrices(relaxed, priced, random, runsOf(thorough), stop, report);
  return thorough ? provenWhole(relaxed, rounded, budget) : rounded;
};

const improve: Run = async (relaxed, { priced, unmet }, { random, budget, report }) => {
  const { problem, bySchool } = relaxed;
  const candidates = promising(relaxed, priced.prices, priced.best);
  const field = { random, candidates, bySchool, mustDosMove: unmet.length === 0 };
  const { best, savingUsd, iterations } = search(problem, priced, field, budget, (count, usd) =>
    report("local search", count, usd, priced.boundUsd),
  );
  return { ...priced, best, savingUsd, iterations };
};

/** A leg where only its own part of the budget is known. */
const taskOf = (name: string, run: Run, until: number): Task<FacilitiesProblem, Leg, Priced> => ({
  name,
  run(problem, leg, { random, budget, report }) {
    const nothingUsd = problem.ifNothingUsd.reduce((sum, each) => sum + each, 0);
    const { iterations } = leg.priced;
    const whole = { spent: (count: number) => leg.from + (until - leg.from) * budget.spent(count - iterations) };
    return run(relaxedProblem(problem, leg.unmet), leg, {
      random,
      budget: whole,
      report: (phase, count, savingUsd, boundUsd) =>
        report({
          phase,
          iterations: count,
          best: nothingUsd - savingUsd,
          best_label: "objective_usd",
          bound: nothingUsd - boundUsd,
        }),
    });
  },
});

const either: Run = (relaxed, leg, around) => (leg.proves ? prove : round)(relaxed, leg, around);

const LEGS = [
  { alone: roundAlone, task: taskOf("facilities-round", either, ROUND_UNTIL), until: ROUND_UNTIL },
  { alone: improve, task: taskOf("facilities-improve", improve, 1), until: 1 },
];

/** Tasks by name. */
export const tasks = Object.fromEntries(LEGS.map(({ task }) => [task.name, task]));

/**
 * From prices to a plan: rounded, then searched, and meanwhile the bound is lowered. With one thread here, by turns; with several, one of them sees to the
 * bound while the others round, then all search, each with a random stream of its own, and the best plan goes on.
 *
 * @param thorough several roundings, and the whole program where the district is small: seconds, which a quick answer has not
 */
export async function planFromPrices(
  relaxed: RelaxedProblem,
  start: Priced,
  unmet: readonly number[],
  context: Pick<SolveContext<FacilitiesProblem>, "budget" | "random" | "threads" | "map">,
  report: ReportPlan,
  thorough: boolean,
): Promise<Priced> {
  let priced = start;
  const { random, budget, threads } = context;
  for (const { alone, task, until } of LEGS) {
    if (threads === 1) {
      priced = await alone(relaxed, { priced, unmet, from: 0, thorough, proves: true }, { random, budget, report });
      continue;
    }
    const from = budget.spent(priced.iterations);
    if (from >= until) continue;
    const legs = Array.from({ length: threads }, (_, k): Leg => ({ priced, unmet, from, thorough, proves: k === 0 }));
    priced = together(priced, await context.map(task, legs, { from, to: until }));
  }
  return priced;
}

/** The best plan and the lowest bound of several that went on from one. */
function together(start: Priced, found: readonly Priced[]): Priced {
  const { best, savingUsd } = found.reduce((most, each) => (each.savingUsd > most.savingUsd ? each : most));
  const lowest = found.reduce((least, each) => (each.boundUsd < least.boundUsd ? each : least));
  const iterations = found.reduce((sum, each) => sum + each.iterations - start.iterations, start.iterations);
  return { ...lowest, best, savingUsd, boundUsd: Math.max(lowest.boundUsd, savingUsd), iterations };
}
