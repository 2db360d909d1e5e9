import { type Explanation, InputError, type Plan, type Subject } from "@trivium/model";
import { SIGNS } from "../forecast/multiplier.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { liveAsset } from "../questions/live-asset.ts";
import { repairOrReplace } from "../questions/repair-or-replace.ts";
import { waitFor } from "../questions/wait.ts";
import { plain, share, usd } from "../report/words.ts";
import { Standing } from "./standing.ts";
import { whatWouldMove } from "./what-would-move.ts";

/** Why this asset, why this year (or why not): its forecast, what each year would save against what its money saves elsewhere, and what would move it. */
export function explainAsset(problem: FacilitiesProblem, plan: Plan<"facilities">, subject: Subject): Explanation {
  if (subject.kind !== "asset")
    throw new InputError(
      "subject-not-of-this-area",
      `a capital plan says nothing of a ${subject.kind}. Maybe --asset ID`,
      { values: { kind: subject.kind } },
    );
  const a = liveAsset(problem, subject.id);
  const { forecast, calendar, register } = problem;
  const standing = new Standing(problem, plan, a);
  const { year } = standing;
  const row = plan.decisions.plan.find((each) => each.asset_id === subject.id);
  const saving = standing.savingUsd();
  const net = (t: number) => saving[t] - standing.prices[t] * standing.costUsd(t);
  const best = calendar.years.map((_, t) => t).reduce((x, t) => (net(t) > net(x) ? t : x), 0);
  const type = register.types[register.type[forecast.live[a]]];
  const facts = [
    { label: "Type", value: type.title },
    { label: "Age, years", value: Number(plain(forecast.ageYears[a], 1)) },
    { label: "Published median life, years", value: type.lifeMedianYears },
    {
      label: "Fails within 1, 3, 5, 10 years",
      value: [0, 1, 2, 3].map((h) => share(forecast.pFail[a * 4 + h])).join(", "),
    },
    { label: "Half of such units have failed in, years", value: Number(plain(forecast.rul[a * 3 + 1], 1)) },
    { label: "Hazard rate against its type and age", value: `× ${plain(forecast.multiplier[a], 2)}` },
    ...SIGNS.map((sign, j) => ({
      label: `— by its ${sign}`,
      value: `× ${plain(forecast.signs[a * SIGNS.length + j], 2)}`,
    })),
    { label: "Forecast rests on", value: forecast.basis[a] },
    { label: "Cost at today's prices", value: usd(problem.replacementUsd[a]) },
    ...(problem.renews[a] === 1
      ? [{ label: "Cost of a renewal at today's prices", value: usd(problem.costUsd[a]) }]
      : []),
    ...(problem.costUsd[a] > 0 ? [{ label: "Repair or replace", value: repairOrReplace(problem, a).says }] : []),
    ...calendar.years.map((fiscal, t) => ({
      label: `${problem.renews[a] === 1 ? "Renewed" : "Replaced"} in ${fiscal}`,
      value:
        `saves ${usd(saving[t])} for ${usd(standing.costUsd(t))}, ${plain(saving[t] / standing.costUsd(t), 2)} a dollar against ` +
        `${plain(standing.prices[t], 2)} elsewhere: ${usd(net(t))} net`,
    })),
  ];
  return {
    subject: subject.id,
    summary: summaryOf(problem, a, year, best, row?.reason),
    facts,
    mends: [...waits(problem, a, year), ...whatWouldMove(standing)],
    proven: false,
  };
}

function summaryOf(
  problem: FacilitiesProblem,
  a: number,
  year: number,
  best: number,
  reason: string | undefined,
): string {
  const { calendar } = problem;
  const id = problem.register.assetIds[problem.forecast.live[a]];
  if (year >= 0) return `${id} is planned for ${calendar.years[year]}. ${reason ?? ""}`.trim();
  return problem.costUsd[a] > 0
    ? `${id} is not in the plan: even in its best year, ${calendar.years[best]}, its money saves more elsewhere, or no fund, year or visit has room for it`
    : `${id} is not in the plan: neither the asset nor its type gives a cost`;
}

function waits(problem: FacilitiesProblem, a: number, year: number): Explanation["mends"] {
  if (year < 0) return [];
  return [1, 2].map((years) => {
    const effect = waitFor(problem, a, year, years);
    return {
      change: `wait ${years} year${years > 1 ? "s" : ""}`,
      effect: `${usd(effect.objective_change_usd)} more expected cost, ${plain(effect.failures_change, 3)} more failures, ${usd(effect.cost_change_usd)} more for the project itself`,
    };
  });
}
