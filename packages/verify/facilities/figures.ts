import type { Report } from "../report.ts";
import { doneBy, type Reading, totalUsd, visitOf } from "./reading.ts";
import { fciByYear, objectiveUsd, type Stream, totalStream } from "./stream.ts";

/** Rounded cells of the outlook move sums of thousands of products by less than this. */
const SUMMED = { relative: 0.002, absolute: 1 };
const COUNTED = { relative: 0.002, absolute: 0.005 };

/** All figures of a capital plan, from forecast, outlook and projects; with and without the plan. */
export function figures(reading: Reading, report: Report): void {
  const { projects, live, plan, calendar, funds } = reading;
  const planned = doneBy(projects);
  const done = totalStream(reading, (id) => planned.get(id));
  const nothing = totalStream(reading, () => undefined);
  const last = calendar.years[calendar.years.length - 1];
  const due = [...live.values()].filter(({ mustDoBy }) => mustDoBy !== undefined && mustDoBy <= last);
  const met = due.filter(({ row, mustDoBy }) => {
    const done = planned.get(row.asset_id);
    return done !== undefined && !done.renewed && calendar.years[done.year] <= (mustDoBy ?? 0);
  }).length;
  report.figure("projects", projects.length);
  report.figure("visits", new Set(projects.map(visitOf)).size);
  report.figure("spend_usd", totalUsd(projects), SUMMED);
  const amounts = [...funds.values()].flat().reduce((sum, row) => sum + (row?.amount_usd ?? 0), 0);
  report.figure("budget_usd", amounts, { relative: 0.0001 });
  report.figure("must_do_met", met);
  report.figure("must_do_unmet", due.length - met);
  report.figure("assets_live", live.size);
  report.figure("as_of_date", reading.settings.as_of_date ?? null);
  report.figure("removals_without_reason", removalsWithoutReason(reading));
  report.figure("fci_end", fciByYear(reading, (id) => planned.get(id)).at(-1) ?? 0, { absolute: 0.0005 });
  streamFigures(done, nothing, reading, report);
  if (plan.bound) boundFigures(objectiveUsd(done, reading), objectiveUsd(nothing, reading), reading, report);
  else report.figure("bound_usd", null);
}

function streamFigures(done: Stream, nothing: Stream, reading: Reading, report: Report): void {
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
  const objective = objectiveUsd(done, reading);
  const before = objectiveUsd(nothing, reading);
  report.figure("objective_usd", objective, SUMMED);
  report.figure("objective_if_nothing_usd", before, SUMMED);
  report.figure("saved_usd", before - objective, { absolute: 0.002 * before });
  report.figure("expected_failures", sum(done.failures), COUNTED);
  report.figure("expected_failures_if_nothing", sum(nothing.failures), COUNTED);
  report.figure("failures_avoided", sum(nothing.failures) - sum(done.failures), {
    absolute: 0.005 + 0.002 * sum(nothing.failures),
  });
  report.figure("emergency_usd", sum(done.emergencyUsd), SUMMED);
  report.figure("emergency_if_nothing_usd", sum(nothing.emergencyUsd), SUMMED);
  report.figure("emergency_avoided_usd", sum(nothing.emergencyUsd) - sum(done.emergencyUsd), {
    absolute: 1 + 0.002 * sum(nothing.emergencyUsd),
  });
  report.figure("repair_usd", sum(done.repairUsd), SUMMED);
  report.figure("repair_avoided_usd", sum(nothing.repairUsd) - sum(done.repairUsd), {
    absolute: 1 + 0.002 * sum(nothing.repairUsd),
  });
  report.figure("energy_usd", sum(done.energyUsd), SUMMED);
}

/** The bound is the plan's own proof; what is said of it elsewhere agrees with it, and it lies below what the plan costs. */
function boundFigures(objective: number, before: number, { plan }: Reading, report: Report): void {
  const best = plan.bound?.best_possible ?? 0;
  report.check(
    "plan.bound-side",
    best <= objective * 1.002 + 1,
    () => `the bound ${best} lies above the plan's ${objective}`,
  );
  // The plan's own `bound` is what counts; a metric that leaves it empty claims nothing.
  report.figure("bound_usd", plan.metrics.bound_usd === null ? null : best, { absolute: 1 });
  report.figure("gap", plan.bound?.gap ?? 0, { absolute: 1e-4 });
  report.figure("saving_share_of_bound", before > best ? (before - objective) / (before - best) : 1, {
    absolute: 0.01,
  });
}

function removalsWithoutReason({ dataset, settings }: Reading): number {
  const asOf = settings.as_of_date ?? "";
  return dataset.tables.assets.filter(
    (row) => row.removed_date !== undefined && row.removed_date <= asOf && row.removed_reason === undefined,
  ).length;
}
