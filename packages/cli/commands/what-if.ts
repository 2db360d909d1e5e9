import { type Change, InputError, type Plan, type Scenario, scenarioSchema, WHAT_IF_PRICES } from "@trivium/model";
import { comparePlans, solvePlan } from "@trivium/worker";
import { z } from "zod";
import {
  BASELINE_OPTION,
  type Command,
  DATA_OPTIONS,
  EXIT,
  JSON_OPTION,
  needed,
  numberOption,
  OUT_OPTIONS,
  outPath,
  SOLVE_OPTIONS,
  UsageError,
  type Values,
} from "../command.ts";
import { renderComparison } from "../comparison.ts";
import { datasetOf, readJson, readPlanFile, withBaseline } from "../district.ts";
import { headline } from "../headline.ts";
import { untilInterrupted } from "../interrupt.ts";
import { CACHE_DIR } from "../places.ts";
import { writeResult } from "../terminal.ts";

/** Seconds after which most of what a change can win is won, where nothing else is said. */
const TIME_S = 2;

export const whatIf: Command = {
  name: "what-if",
  grammar:
    "plan.json --changes FILE [--baseline published.json] [--data DIR] [--time S] [--iterations N] [--seed N] [--threads N] [--out plan2.json] [--json]",
  summary:
    "What a change does to a plan: solves again from the plan (2 s unless --time says otherwise), verifies, and lists what differs and whom it affects.",
  options: {
    changes: { type: "string", value: "FILE", help: "JSON: a list of changes as in a scenario, or a scenario" },
    ...BASELINE_OPTION,
    ...DATA_OPTIONS,
    ...SOLVE_OPTIONS,
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([file, ...more], values, terminal) {
    if (file === undefined || more.length > 0) throw new UsageError("name one plan file");
    const plan = readPlanFile(file);
    const changed = changedScenario(plan, readJson(needed(values, "changes"), "the changes"), values);
    const scenario = withBaseline(changed, plan.area, values);
    const dataset = await datasetOf(plan, values, terminal);
    const interrupt = untilInterrupted(terminal);
    const progress = terminal.progress(plan.area);
    let after: Plan;
    try {
      after = await solvePlan(
        { dataset, area: plan.area, scenario, start: plan },
        { onProgress: progress.update, signal: interrupt.signal, cacheDir: CACHE_DIR },
      );
    } finally {
      progress.end();
      interrupt.dispose();
    }
    const out = outPath(values);
    if (out !== undefined) writeResult(terminal, out, JSON.stringify(after, null, 1));
    if (after.status === "infeasible" || after.status === "no_plan") {
      terminal.say(headline(after, plan.metrics));
      return after.status === "infeasible" ? EXIT.infeasible : EXIT.noPlan;
    }
    const comparison = await comparePlans({ a: plan, b: after }, { cacheDir: CACHE_DIR });
    terminal.print(values.json ? JSON.stringify(comparison, null, 2) : renderComparison(comparison));
    return EXIT.done;
  },
};

/** A what-if of routes changes little for families and drivers unless it says otherwise: it gets prices of change where no change sets any. */
function pricesOfChange({ area }: Plan, changes: readonly Change[]): Change[] {
  const isPriced = (values: Readonly<Record<string, unknown>>) =>
    Object.keys(WHAT_IF_PRICES).some((name) => name in values);
  const given = changes.some(
    (change) => change.op === "settings" && change.area === "routing" && isPriced(change.values),
  );
  if (area !== "routing" || given) return [];
  return [{ op: "settings", area, values: { ...WHAT_IF_PRICES }, note: "what-if: change has a price" }];
}

/** The plan's scenario with these changes after its own, and the limits that the command line names. */
function changedScenario(plan: Plan, given: unknown, values: Values): Scenario {
  const read = z.union([scenarioSchema.shape.changes, scenarioSchema]).safeParse(given);
  if (!read.success)
    throw new InputError("bad-changes", `the changes: ${z.prettifyError(read.error)}. Maybe a list of {"op": …}?`);
  const { changes, settings, name } = Array.isArray(read.data)
    ? { changes: read.data, settings: {}, name: "What if" }
    : read.data;
  const { time_s: _time, iterations: _iterations, ...kept } = plan.scenario.settings;
  const iterations = numberOption(values, "iterations", 1, Number.MAX_SAFE_INTEGER, true);
  const limits = {
    time_s: numberOption(values, "time", 0.1, 86_400),
    seed: numberOption(values, "seed", 0, 0xffffffff, true),
    threads: numberOption(values, "threads", 1, 64, true),
    iterations,
  };
  return {
    name,
    changes: [...plan.scenario.changes, ...pricesOfChange(plan, [...plan.scenario.changes, ...changes]), ...changes],
    settings: {
      ...kept,
      ...(iterations === undefined ? { time_s: TIME_S } : {}),
      ...settings,
      ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    },
  };
}
