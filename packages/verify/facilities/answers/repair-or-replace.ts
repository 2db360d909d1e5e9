import { FACILITIES_DEFAULTS } from "@trivium/model";
import { type AnswerRule, fields, number, records } from "./answer-rule.ts";

const NEAR = { relative: 0.01, absolute: 1 };

interface Year {
  readonly p: number;
  /** Repairs and energy of a whole year. */
  readonly usd: number;
}

/** A year of service kept for the first n of these years, by n − 1: capital, failures and running costs over the discounted time in service. */
function yearly(years: readonly Year[], capitalUsd: number, failureUsd: number, discount: number): number[] {
  let [cost, service, standing] = [capitalUsd, 0, 1];
  return years.map(({ p, usd }, j) => {
    const worth = standing * (1 + discount) ** -(j + 0.5);
    cost += worth * (p * failureUsd + (1 - p / 2) * usd);
    service += worth * (1 - p / 2);
    standing *= 1 - p;
    return cost / service;
  });
}

/** `repair_or_replace`: what each year of keeping costs, from the outlook; the new unit's cheapest life as far as the horizon shows it; from when on replacing is cheaper. */
export const repairOrReplace: AnswerRule = (reading, question, answer, report) => {
  const { live, calendar, settings, projects } = reading;
  const asset = live.get(String(question.asset_id));
  if (!report.check("answers.repair-asset", asset !== undefined, () => `there is no live ${question.asset_id}`)) return;
  if (asset === undefined) return;
  const discount = settings.discount ?? FACILITIES_DEFAULTS.discount;
  report.agree("answers.repair-discount", number(answer.discount), discount, { absolute: 1e-6 }, "the discount rate");
  const factor = settings.emergency_factor ?? FACILITIES_DEFAULTS.emergency_factor;
  const failureUsd = (factor - 1) * asset.costUsd + asset.failureCostUsd;
  const kept = asset.outlook.slice(1).map((row) => ({
    p: row?.p_fail_kept ?? 0,
    usd: (row?.repair_kept_usd ?? 0) + (row?.energy_kept_usd ?? 0),
  }));
  const keep = records(answer.keep);
  report.check(
    "answers.repair-years",
    keep.length === calendar.years.length && keep.every((row, t) => row.fiscal_year === calendar.years[t]),
    () => "keeping is not told for every plan year",
  );
  keep.slice(0, kept.length).forEach((row, t) => {
    const { p } = kept[t];
    const annual = yearly(kept.slice(t), 0, failureUsd, discount);
    const due = {
      p_fail: p,
      failure_usd: (p * failureUsd) / (1 - p / 2),
      repair_usd: asset.outlook[t + 1]?.repair_kept_usd ?? 0,
      energy_usd: asset.outlook[t + 1]?.energy_kept_usd ?? 0,
      annual_usd: annual[0],
      least_annual_usd: Math.min(...annual),
    };
    for (const [name, value] of Object.entries(due)) {
      const tolerance = name === "p_fail" ? { absolute: 1e-4 } : { ...NEAR, absolute: 1 + 1e-4 * failureUsd };
      report.agree("answers.repair-keep", row[name] as number, value, tolerance, `${name} in ${calendar.years[t]}`);
    }
  });
  const fresh = asset.outlook.slice(1).map((row) => ({
    p: row?.p_fail_new ?? 0,
    usd: (row?.repair_new_usd ?? 0) + (row?.energy_new_usd ?? 0),
  }));
  const annualNew = number(fields(answer.new_unit).annual_usd);
  const life = number(fields(answer.new_unit).economic_life_years);
  const shown = yearly(fresh, asset.costUsd, failureUsd, discount);
  const bounded = annualNew <= Math.min(...shown) * 1.01 + 1;
  report.check(
    "answers.repair-new-unit",
    bounded && (life > shown.length || Math.abs(annualNew - shown[life - 1]) <= 0.01 * shown[life - 1] + 1),
    () =>
      `a year of a new unit costs ${annualNew} over ${life} years, the outlook says ${shown[life - 1] ?? "at most"} ${Math.min(...shown)}`,
  );
  const from = keep.find((row) => number(row.least_annual_usd) > annualNew);
  report.agree(
    "answers.repair-from",
    answer.replace_from as number | null,
    (from?.fiscal_year as number | undefined) ?? null,
    {},
    "the first year in which replacing is cheaper",
  );
  const planned = projects.find(({ row }) => row.asset_id === question.asset_id);
  report.agree(
    "answers.repair-planned",
    answer.planned_year as number | null,
    planned?.row.fiscal_year ?? null,
    {},
    "the planned year",
  );
};
