import type { Plan } from "@trivium/model";
import { comparePlans, solvePlan } from "@trivium/worker";
import {
  BASELINE_OPTION,
  type Command,
  DATA_OPTIONS,
  EXIT,
  JSON_OPTION,
  needed,
  OUT_OPTIONS,
  outPath,
  SOLVE_OPTIONS,
  UsageError,
} from "../command.ts";
import { renderComparison } from "../comparison.ts";
import { datasetOf, readJson, readPlanFile, withBaseline } from "../district.ts";
import { headline } from "../headline.ts";
import { untilInterrupted } from "../interrupt.ts";
import { CACHE_DIR } from "../places.ts";
import { writeResult } from "../terminal.ts";
import { changedScenario } from "../what-if-scenario.ts";

export const whatIf: Command = {
  name: "what-if",
  grammar:
    "plan.json --changes FILE [--baseline published.json] [--data DIR] [--time S] [--iterations N] [--seed N] [--threads N] [--out plan2.json] [--json]",
  summary:
    "What a change does to a plan: solves again from the plan (2 s unless --time says otherwise), verifies, and lists what differs and whom it affects.",
  options: {
    changes: {
      type: "string",
      value: "FILE",
      help: 'JSON: a list of changes as in a scenario, or a scenario; for routes also {"what": "closed_road" …}',
    },
    ...BASELINE_OPTION,
    ...DATA_OPTIONS,
    ...SOLVE_OPTIONS,
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([file, ...more], values, terminal) {
    if (file === undefined || more.length > 0) throw new UsageError("name one plan file");
    const plan = readPlanFile(file);
    const given = readJson(needed(values, "changes"), "the changes");
    const dataset = await datasetOf(plan, values, terminal);
    const scenario = withBaseline(changedScenario(plan, dataset, given, values), plan.area, values);
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
