import type { Engine, Task } from "@trivium/engine";
import { InputError } from "@trivium/model";

/**
 * A small engine for the worker's tests, in the facilities area: it replaces in the first year the assets whose drawn numbers are highest.
 * `weights.children` makes it search in that many children; `weights.stubborn` makes it deaf to its budget, `weights.unlawful` makes it
 * spend what the toy verifier refuses, `weights.crash` makes it throw, `weights.hoard` makes it keep so many megabytes in typed arrays and
 * `weights.clutter` that many in objects before it searches, `weights.suicide` makes it end its whole process.
 */
interface ToyProblem {
  readonly assets: readonly string[];
  readonly extraColumns: readonly string[];
}

const draw: Task<ToyProblem, number, { best: number; iterations: number }> = {
  name: "draw",
  run(_problem, least, context) {
    let best = least;
    let iterations = 0;
    while (context.budget.spent(iterations) < 1) {
      for (let i = 0; i < 100; i++) best = Math.max(best, context.random.below(1_000_000));
      iterations += 100;
      context.report({ phase: "drawing", iterations, best, best_label: "highest number", bound: 999_999 });
    }
    return { best, iterations };
  },
};

const MB = 2 ** 20;
const hoarded = (mb: number): unknown[] => Array.from({ length: mb / 4 }, () => new Uint8Array(4 * MB).fill(1));
const cluttered = (mb: number): unknown[] =>
  Array.from({ length: mb }, () => Array.from({ length: MB / 64 }, (_, i) => ({ i, twice: [2 * i] })));

export const engine: Engine<"facilities", ToyProblem> = {
  area: "facilities",
  needsRoads: false,
  tasks: { draw },
  async build(dataset) {
    if (dataset.tables.assets.length === 0) throw new InputError("no-assets", "there are no assets. Maybe add some");
    const extraColumns = dataset.tables.students.flatMap((student) => Object.keys(student.extra ?? {}));
    return { assets: dataset.tables.assets.map((asset) => asset.asset_id), extraColumns };
  },
  async solve(problem, options, context) {
    const weights = options.weights ?? {};
    if (weights.crash) throw new Error("the toy fell apart");
    if (weights.suicide) process.kill(process.pid, "SIGKILL");
    const kept = [...hoarded(weights.hoard ?? 0), ...cluttered(weights.clutter ?? 0)];
    while (weights.stubborn) context.budget.spent(0);
    const children = weights.children ?? 0;
    const outcomes =
      children > 0
        ? await context.map(
            draw,
            Array.from({ length: children }, (_, i) => i),
          )
        : [await draw.run(problem, 0 as never, context)];
    const best = Math.max(...outcomes.map((outcome) => outcome.best));
    const iterations = outcomes.reduce((sum, outcome) => sum + outcome.iterations, 0);
    const plan = [
      {
        asset_id: problem.assets[best % problem.assets.length],
        fiscal_year: 2030,
        cost_usd: weights.unlawful ? 1e9 : 1,
      },
    ];
    return {
      status: "feasible",
      decisions: { forecast: [], outlook: [], plan, years: [], fairness: [], backtest: [] },
      unmet: [],
      metrics: { best, kept: kept.length, seen_columns: problem.extraColumns.join("|") },
      bound: null,
      iterations,
    };
  },
  measure: (_problem, decisions) => ({ projects: decisions.plan.length }),
  today: (problem) => ({
    decisions: {
      forecast: [],
      outlook: [],
      plan: problem.assets.map((asset_id) => ({ asset_id, fiscal_year: 2030 })),
      years: [],
      fairness: [],
      backtest: [],
    },
    unmet: [],
  }),
  compare: (a, b) => ({
    area: "facilities",
    a: a.name,
    b: b.name,
    headline: `${a.metrics.projects} projects against ${b.metrics.projects}`,
    figures: [],
    affected: {},
  }),
  explain: (problem, plan, subject) => ({
    subject: subject.id,
    summary: `${subject.id} is one of ${problem.assets.length}`,
    facts: [{ label: "projects", value: plan.decisions.plan.length }],
    mends: [],
    proven: false,
  }),
  ask(problem, _plan, question) {
    if (question.kind !== "count") throw new InputError("unknown-question", `there is no question ${question.kind}`);
    return { assets: problem.assets.length };
  },
};
