import type { Dataset, Explanation, Plan, Subject } from "@trivium/model";
import { solvePlan } from "@trivium/worker";
import type { Values } from "./command.ts";
import { CACHE_DIR } from "./places.ts";
import type { Terminal } from "./terminal.ts";
import { changedScenario } from "./what-if-scenario.ts";

/**
 * Carries each mend of an explanation out: the plan solved again with its changes, and verified. A mend that does not do what it says is told as such.
 * @returns the explanation, proven when every mend was carried out
 */
export async function replayed(
  explanation: Explanation,
  { plan, dataset, subject }: { plan: Plan; dataset: Dataset; subject: Subject },
  values: Values,
  terminal: Terminal,
): Promise<Explanation> {
  const mends: Explanation["mends"] = [];
  for (const mend of explanation.mends) {
    if (!mend.changes) {
      mends.push(mend);
      continue;
    }
    terminal.say(`trying: ${mend.change}`);
    const scenario = changedScenario(plan, dataset, mend.changes, values);
    const after = await solvePlan({ dataset, area: plan.area, scenario, start: plan }, { cacheDir: CACHE_DIR });
    const isMended = after.verification?.ok === true && serves(plan, after, subject);
    const usd = Math.round(Number(after.metrics.cost_usd_per_year) - Number(plan.metrics.cost_usd_per_year));
    const effect = isMended
      ? `${mend.effect}; ${usd >= 0 ? "+" : "−"}$${Math.abs(usd).toLocaleString("en-US")} a year, ${Number(after.metrics.change_usd_per_year ?? 0) === 0 ? "nobody else moves" : `${after.metrics.moved_times} times and ${after.metrics.moved_buses} buses of riders move`}`
      : `not by itself: ${after.metrics.rides_unserved} rides are not served`;
    mends.push({ ...mend, effect, replayed: isMended });
  }
  return { ...explanation, mends, proven: mends.every((mend) => mend.replayed === true) };
}

/** A student: no ride unserved any more. A bus: as many rides served without it. */
function serves(before: Plan, after: Plan, { kind, id }: Subject): boolean {
  if (kind === "student") return !(after as Plan<"routing">).unmet.some((row) => row.student_id === id);
  return Number(after.metrics.rides_served) >= Number(before.metrics.rides_served);
}
