import { type Dataset, type Plan, planHash } from "@trivium/model";
import type { Report } from "./report.ts";

/**
 * What holds for every plan file whatever its area: it is of this dataset, its hash is that of its content, its status is told twice alike,
 * its bound is consistent. Returns whether there are decisions to look at.
 */
export function checkEnvelope(dataset: Dataset, plan: Plan, report: Report): boolean {
  report.agree("plan.dataset-hash", plan.dataset_hash, dataset.hash, {}, "the dataset's hash");
  const hash = planHash(plan.decisions, plan.metrics);
  report.agree("plan.hash", plan.provenance.plan_hash, hash, {}, "the hash of decisions and metrics");
  report.figure("status", plan.status);
  if (typeof plan.metrics.draft === "boolean") report.figure("draft", plan.metrics.draft);
  checkBound(plan, report);
  const decided = plan.status !== "infeasible" && plan.status !== "no_plan";
  if (!decided) checkUndecided(plan, report);
  return decided;
}

/** Tables that forecast and count but decide nothing: they may stand in a plan that was not found. */
const NOT_DECIDING: readonly string[] = ["forecast", "outlook", "years", "backtest"];

/** An infeasible plan, or none found in time, decides nothing and claims no figure. */
function checkUndecided(plan: Plan, report: Report): void {
  for (const [name, rows] of Object.entries(plan.decisions)) {
    if (NOT_DECIDING.includes(name)) continue;
    const count = (rows as readonly unknown[]).length;
    report.check("plan.no-decisions", count === 0, () => `status is ${plan.status}, yet ${name} has ${count} row(s)`, {
      table: name,
    });
  }
  report.compareMetrics(plan.metrics, []);
}

/** The bound speaks of a reported figure, and its gap is |value − best_possible| as a share of the larger; `optimal` needs a closed one. */
function checkBound(plan: Plan, report: Report): void {
  const bound = plan.bound;
  if (plan.status === "optimal")
    report.check(
      "plan.optimal-is-proven",
      bound !== null && bound.gap <= 1e-4,
      () => "status is optimal without a bound that proves it",
    );
  if (!bound) return;
  const { at_these_times: loaded, ...whole } = bound;
  for (const limit of loaded ? [whole, loaded] : [whole]) {
    const metric = plan.metrics[limit.objective];
    if (typeof metric === "number")
      report.agree(
        "plan.bound-value",
        limit.value,
        metric,
        { absolute: 0.01 },
        `the bounded figure ${limit.objective}`,
      );
    const larger = Math.max(Math.abs(limit.value), Math.abs(limit.best_possible));
    const gap = larger === 0 ? 0 : Math.abs(limit.value - limit.best_possible) / larger;
    report.agree("plan.bound-gap", limit.gap, gap, { absolute: 1e-4 }, "the gap between value and bound");
  }
}
