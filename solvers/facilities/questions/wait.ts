import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import { replacedBy } from "../decisions.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "../plan/cost-stream.ts";
import { outlookOf } from "../plan/outlook.ts";
import { baseCostUsd } from "../plan/state.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { liveAsset } from "./live-asset.ts";

export interface Waiting {
  readonly planned_year: number;
  /** null = beyond the horizon. */
  readonly new_year: number | null;
  /** Discounted failure cost + repairs + energy, later less planned. */
  readonly objective_change_usd: number;
  readonly failures_change: number;
  readonly emergency_change_usd: number;
  /** Escalation of the project itself, without mobilization; 0 when it leaves the horizon. */
  readonly cost_change_usd: number;
}

/** `{ kind: "wait", asset_id, years }`: what if this line of the plan comes `years` later? */
export function askWait(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const a = liveAsset(problem, question.asset_id);
  const years = question.years ?? 1;
  if (typeof years !== "number" || !Number.isInteger(years) || years < 1)
    throw new InputError("years-not-whole", `years is ${String(years)}: must be a whole number from 1. Maybe 2`, {
      path: "years",
      values: { years },
    });
  const year = replacedBy(problem, plan.decisions.plan)[a];
  if (year < 0)
    throw new InputError(
      "asset-not-planned",
      `asset ${String(question.asset_id)} is in no year of this plan, so there is nothing to put off. Maybe another asset`,
      { path: "asset_id", values: { asset_id: question.asset_id } },
    );
  return { ...waitFor(problem, a, year, years) };
}

export function waitFor(problem: FacilitiesProblem, a: number, year: number, years: number): Waiting {
  const { calendar, money } = problem;
  const later = year + years < calendar.years.length ? year + years : NOT_REPLACED;
  const scratch = streamScratch(calendar.years.length);
  const figures = [year, later].map((replaced) => {
    const stream = emptyStream(calendar.years.length);
    writeStream(outlookOf(problem, a), money, replaced, stream, scratch, problem.renews[a] === 1);
    const total = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0);
    return {
      objective: discountedUsd(stream, money),
      failures: total(stream.failures),
      emergency: total(stream.emergencyUsd),
    };
  });
  return {
    planned_year: calendar.years[year],
    new_year: later === NOT_REPLACED ? null : calendar.years[later],
    objective_change_usd: figures[1].objective - figures[0].objective,
    failures_change: figures[1].failures - figures[0].failures,
    emergency_change_usd: figures[1].emergency - figures[0].emergency,
    cost_change_usd: later === NOT_REPLACED ? 0 : baseCostUsd(problem, a, later) - baseCostUsd(problem, a, year),
  };
}
