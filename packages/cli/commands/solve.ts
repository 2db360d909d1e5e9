import { AREAS, InternalError, type Plan } from "@trivium/model";
import { solvePlan, todayOf } from "@trivium/worker";
import {
  BASELINE_OPTION,
  type Command,
  DATA_OPTIONS,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  needed,
  OUT_OPTIONS,
  oneOfOption,
  optional,
  outPath,
  SOLVE_OPTIONS,
} from "../command.ts";
import { readDataset, readPlanFile, readScenario, withBaseline } from "../district.ts";
import { headline } from "../headline.ts";
import { untilInterrupted } from "../interrupt.ts";
import { CACHE_DIR } from "../places.ts";
import { renderVerification } from "../report.ts";
import { writeResult } from "../terminal.ts";

export const solve: Command = {
  name: "solve",
  grammar:
    "scheduling|routing|facilities --data DIR [--school ID] [--scenario FILE] [--baseline published.json] [--roads FILE] [--time S] [--iterations N] [--seed N] [--threads N] --out plan.json",
  summary:
    "Solves one area of a district and writes the verified plan. Ctrl-C stops early and keeps the best plan so far.",
  options: {
    ...DATA_OPTIONS,
    school: { type: "string", value: "ID", help: "scheduling: this school only" },
    scenario: { type: "string", value: "FILE", help: "changes and settings over the district's own" },
    start: { type: "string", value: "FILE", help: "a plan to start from" },
    ...BASELINE_OPTION,
    ...SOLVE_OPTIONS,
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([area_, ...more], values, terminal) {
    const area = oneOfOption(more.length === 0 ? area_ : more[0], "area", AREAS);
    const scenario = withBaseline(readScenario(values), area, values);
    const dataset = await readDataset(needed(values, "data"), values, terminal);
    const startFile = optional(values, "start");
    const start = startFile === undefined ? undefined : readPlanFile(startFile);
    const progress = terminal.progress(area);
    const interrupt = untilInterrupted(terminal);
    let plan: Plan;
    try {
      plan = await solvePlan(
        { dataset, area, scenario, start },
        { onProgress: progress.update, signal: interrupt.signal, cacheDir: CACHE_DIR },
      );
    } catch (error) {
      const failed = failedPlan(error);
      if (!failed) throw error;
      terminal.say((error as Error).message);
      plan = failed;
    } finally {
      progress.end();
      interrupt.dispose();
    }
    writeResult(terminal, outPath(values), JSON.stringify(plan, null, outPath(values) === undefined ? 2 : 1));
    const today = await todayOf({ dataset, area, scenario }, { cacheDir: CACHE_DIR });
    terminal.say(headline(plan, today?.metrics ?? null));
    if (plan.verification) terminal.say(renderVerification(plan.verification));
    return exitCode(plan);
  },
};

/** A plan that did not pass its verifier is still shown to whoever asked for it, and never taken for a success. */
function failedPlan(error: unknown): Plan | null {
  return error instanceof InternalError && error.code === "verification-failed" ? (error.values.plan as Plan) : null;
}

function exitCode(plan: Plan): ExitCode {
  if (plan.status === "infeasible") return EXIT.infeasible;
  if (plan.status === "no_plan") return EXIT.noPlan;
  return plan.verification?.ok === false ? EXIT.verificationFailed : EXIT.done;
}
