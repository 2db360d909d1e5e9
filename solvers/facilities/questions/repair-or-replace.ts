import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan, type RepairOrReplaceAnswer } from "@trivium/model";
import { replacedBy } from "../decisions.ts";
import { FRESH_YEARS } from "../forecast/forecast.ts";
import type { AssetOutlook } from "../plan/cost-stream.ts";
import { type AgeingUnit, type Annuity, annualCosts, cheapest } from "../plan/economic-life.ts";
import { outlookOf } from "../plan/outlook.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { usd } from "../report/words.ts";
import { liveAsset } from "./live-asset.ts";

/** `{ kind: "repair_or_replace", asset_id }`: is a year of keeping this unit dearer than a year of a new one, and from when on? @throws InputError asset-without-cost */
export function askRepairOrReplace(problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question): Answer {
  const a = liveAsset(problem, question.asset_id);
  if (problem.costUsd[a] <= 0)
    throw new InputError(
      "asset-without-cost",
      `neither asset ${String(question.asset_id)} nor its type gives a cost, so a new unit has no annual cost. Maybe fill replacement_cost_usd`,
      { path: "asset_id", values: { asset_id: question.asset_id } },
    );
  const year = replacedBy(problem, plan.decisions.plan)[a];
  const answer: RepairOrReplaceAnswer = {
    ...repairOrReplace(problem, a),
    planned_year: year < 0 ? null : problem.calendar.years[year],
  };
  return { ...answer };
}

/** The economic life of a new unit, and the first plan year from which keeping the old one costs more a year. */
export function repairOrReplace(problem: FacilitiesProblem, a: number): Omit<RepairOrReplaceAnswer, "planned_year"> {
  const { calendar, forecast, money, register } = problem;
  const outlook = outlookOf(problem, a);
  const kept: AgeingUnit = {
    pFail: outlook.pKept.subarray(1),
    repairUsd: outlook.repairKept.subarray(1),
    energyUsd: outlook.energyKept.subarray(1),
  };
  const failureUsd = (money.emergencyFactor - 1) * outlook.costUsd + outlook.failureCostUsd;
  const discount = money.discount[0] ** (-1 / calendar.middle[0]) - 1;
  const life = cheapest(
    annualCosts(freshUnit(problem, a, outlook.energyNew[1]), outlook.costUsd, failureUsd, discount),
  );
  const renewed = renewedAnnuity(problem, a, outlook, failureUsd, discount);
  const keep = calendar.years.map((fiscal_year, t) => {
    const annual = annualCosts(kept, 0, failureUsd, discount, t);
    const p = kept.pFail[t];
    return {
      fiscal_year,
      p_fail: p,
      failure_usd: (p * failureUsd) / (1 - p / 2),
      repair_usd: kept.repairUsd[t],
      energy_usd: kept.energyUsd[t],
      annual_usd: annual[0],
      least_annual_usd: cheapest(annual).annualUsd,
    };
  });
  const from = keep.find((year) => year.least_annual_usd > life.annualUsd);
  const lasts = life.years < FRESH_YEARS ? `${life.years} years` : `${FRESH_YEARS} years or more`;
  const after = renewed ? `, a renewed one ${usd(renewed.annualUsd)} over ${renewed.years} years` : "";
  const fresh = `a new unit costs ${usd(life.annualUsd)} a year over its cheapest life of ${lasts}${after}`;
  const last = keep[keep.length - 1];
  return {
    asset_id: register.assetIds[forecast.live[a]],
    discount: Math.round(discount * 1e9) / 1e9,
    new_unit: { economic_life_years: life.years, annual_usd: life.annualUsd },
    renewed_unit: renewed && { economic_life_years: renewed.years, annual_usd: renewed.annualUsd },
    keep,
    replace_from: from?.fiscal_year ?? null,
    says: from
      ? `keeping costs ${usd(from.annual_usd)} in ${from.fiscal_year}, ${fresh}: replacing is cheaper from ${from.fiscal_year} on, if there is money`
      : `keeping costs ${usd(keep[0].annual_usd)} in ${keep[0].fiscal_year} and ${usd(last.annual_usd)} in ${last.fiscal_year}, ${fresh}: repairing is cheaper in all these years`,
  };
}

/** The cheapest life of the unit once renewed; null where it can't be. */
function renewedAnnuity(
  problem: FacilitiesProblem,
  a: number,
  { renewed }: AssetOutlook,
  failureUsd: number,
  discount: number,
): Annuity | null {
  const { register, forecast } = problem;
  const age = register.types[register.type[forecast.live[a]]].renewal?.ageYears;
  if (renewed === undefined || age === undefined || age >= FRESH_YEARS) return null;
  const unit = freshUnit(problem, a, renewed.energyUsd);
  return cheapest(annualCosts(unit, renewed.costUsd, failureUsd, discount, age));
}

function freshUnit({ forecast }: FacilitiesProblem, a: number, energyUsd: number): AgeingUnit {
  const from = forecast.fresh.at[a] * FRESH_YEARS;
  return {
    pFail: forecast.fresh.pFail.subarray(from, from + FRESH_YEARS),
    repairUsd: forecast.fresh.repairUsd.subarray(from, from + FRESH_YEARS),
    energyUsd: new Float64Array(FRESH_YEARS).fill(energyUsd),
  };
}
