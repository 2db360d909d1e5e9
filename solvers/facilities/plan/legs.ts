import type { Budget, Random, SolveContext, Task } from "@trivium/engine";
import type { FacilitiesProblem } from "../problem.ts";
import { type RelaxedProblem, relaxedProblem } from "./bound/lagrangian.ts";
import { type Priced, type ReportPlan, roundPrices } from "./price-search.ts";
import { promising } from "./promising.ts";
import { search } from "./search.ts";

/** Share of the budget by which rounding ends; the local search has the rest. */
const ROUND_UNTIL = 0.75;

/** What a leg starts from, and where in the budget. */
interface Leg {
  readonly priced: Priced;
  /** Must-dos that cannot be met. */
  readonly unmet: readonly number[];
  readonly from: number;
}

interface Around {
  readonly random: Random;
  /** Of the whole solve. */
  readonly budget: Budget;
  readonly report: ReportPlan;
}

type Run = (relaxed: RelaxedProblem, leg: Leg, around: Around) => Promise<Priced>;

const round: Run = (relaxed, { priced }, { random, budget, report }) =>
  roundPrices(relaxed, priced, random, () => budget.spent(priced.iterations) >= ROUND_UNTIL, report);

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

const LEGS = [
  { run: round, task: taskOf("facilities-round", round, ROUND_UNTIL), until: ROUND_UNTIL },
  { run: improve, task: taskOf("facilities-improve", improve, 1), until: 1 },
];

/** Tasks by name. */
export const tasks = Object.fromEntries(LEGS.map(({ task }) => [task.name, task]));

/**
 * From prices to a plan: rounded, then searched. With one thread here; with several, as many side by side, each with a random stream of its own, and the best
 * plan goes on.
 */
export async function planFromPrices(
  relaxed: RelaxedProblem,
  start: Priced,
  unmet: readonly number[],
  context: Pick<SolveContext<FacilitiesProblem>, "budget" | "random" | "threads" | "map">,
  report: ReportPlan,
): Promise<Priced> {
  let priced = start;
  for (const { run, task, until } of LEGS) {
    const { random, budget, threads } = context;
    if (threads === 1) {
      priced = await run(relaxed, { priced, unmet, from: 0 }, { random, budget, report });
      continue;
    }
    const from = budget.spent(priced.iterations);
    if (from >= until) continue;
    const legs = Array.from({ length: threads }, (): Leg => ({ priced, unmet, from }));
    const found: Priced[] = await context.map(task, legs, { from, to: until });
    const iterations = found.reduce((sum, each) => sum + each.iterations - priced.iterations, priced.iterations);
    priced = { ...found.reduce((best, each) => (each.savingUsd > best.savingUsd ? each : best)), iterations };
  }
  return priced;
}
