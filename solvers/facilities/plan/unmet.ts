import type { UnmetOf } from "@trivium/model";
import type { FacilitiesProblem } from "../problem.ts";
import { usd } from "../report/words.ts";
import type { UnmetMustDo } from "./must-do.ts";

/** `unmet.csv`: which must-dos cannot be met, why, and what would mend it. */
export function unmetRows(problem: FacilitiesProblem, unmet: readonly UnmetMustDo[]): UnmetOf["facilities"] {
  const { register, forecast } = problem;
  return unmet.map((each) => ({
    asset_id: register.assetIds[forecast.live[each.asset]],
    rule: "must_do",
    by: each.by,
    reason_code: each.reason,
    extra_usd: Math.ceil(each.extraUsd * 100) / 100,
    fix: FIX[each.reason](each, problem),
  }));
}

const FIX: Readonly<Record<UnmetMustDo["reason"], (unmet: UnmetMustDo, problem: FacilitiesProblem) => string>> = {
  no_year: ({ by }) => `No plan year ends by ${by}: allow a later year`,
  no_cost: () => "Give the asset a replacement cost, or its type a cost per unit",
  no_fund: () => "Let a fund pay for this kind of asset at this school",
  blackout: ({ by }) => `Open a year up to ${by} at this school`,
  projects_max: ({ by }) => `Allow one more project in a year up to ${by}`,
  budget: ({ extraUsd, fund, year, alsoProject }, problem) =>
    `Add ${usd(Math.ceil(extraUsd))} to fund ${problem.funds.ids[fund]} in ${problem.calendar.years[year]}${alsoProject ? " and allow one more project there" : ""}, or allow a later year`,
};
