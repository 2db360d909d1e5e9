import { DAYS_PER_YEAR, dayNumber } from "@trivium/model";
import type { Reading } from "../reading.ts";
import { type AnswerRule, fields, number, records, strings } from "./answer-rule.ts";

interface Ending {
  readonly date: string;
  readonly failed: boolean;
}

/** `actuals`: what the register and actuals.csv say happened since the forecast, and how the forecast stood up to it. The dataset is the later one. */
export const actuals: AnswerRule = (reading, _question, answer, report) => {
  const { plan, dataset, settings } = reading;
  const from = String(plan.metrics.as_of_date);
  const until = String(answer.until);
  report.agree("answers.actuals-window", answer.from as string, from, {}, "the first day");
  const ended = endings(reading, from, until);
  const registered = new Set(dataset.tables.assets.map((row) => row.asset_id));
  const rows = plan.decisions.forecast.filter((row) => registered.has(row.asset_id));
  const failed = rows.filter((row) => ended.get(row.asset_id)?.failed === true);
  const rest = rows.filter((row) => !ended.has(row.asset_id));
  const since = dataset.tables.actuals.filter((row) => row.date > from && row.date <= until);
  const paid = (what: string) => since.reduce((sum, row) => sum + (row.what === what ? (row.cost_usd ?? 0) : 0), 0);
  const agree = (rule: string, claimed: unknown, actual: number | string | boolean | null, what: string) =>
    report.agree(rule, claimed as number, actual, { relative: 1e-9, absolute: 0.005 }, what);
  const unknown = plan.decisions.forecast.filter((row) => !registered.has(row.asset_id));
  agree("answers.actuals-counts", strings(answer.unknown).length, unknown.length, "assets no longer known");
  agree("answers.actuals-counts", answer.failed, failed.length, "failures");
  agree("answers.actuals-counts", answer.cut_short, rows.length - failed.length - rest.length, "lives cut short");
  agree("answers.actuals-counts", answer.repairs, since.filter((row) => row.what === "repaired").length, "repairs");
  agree("answers.actuals-can-tell", answer.can_tell, failed.length >= 30, "whether it can tell");
  for (const what of ["failed", "replaced", "repaired"])
    agree("answers.actuals-cost", fields(answer.cost_usd)[what], paid(what), `what was paid for ${what}`);
  const auc = records(answer.measures).find(({ measure }) => measure === "auc");
  if (auc)
    report.agree(
      "answers.actuals-auc",
      number(auc.value),
      areaUnderCurve(failed.map(chanceBy(from, until)), rest.map(chanceBy(from, until))),
      { absolute: 1e-6 },
      "the area under the curve",
    );
  const start = settings.fiscal_year_start ?? "07-01";
  const endOf = (year: number) => `${start === "01-01" ? year + 1 : year}-${start}`;
  const due = plan.decisions.plan
    .filter(({ fiscal_year }) => endOf(fiscal_year) <= until)
    .map(({ asset_id, fiscal_year }) => {
      const end = ended.get(asset_id);
      return `${asset_id} ${fiscal_year} ${end === undefined ? "not done" : end.failed ? "failed first" : "done"}`;
    });
  const said = records(answer.projects).map((row) => `${row.asset_id} ${row.fiscal_year} ${row.outcome}`);
  report.check(
    "answers.actuals-projects",
    said.toSorted().join("\n") === due.toSorted().join("\n"),
    () => `${said.length} projects are told of, ${due.length} were due; or their outcome differs`,
  );
};

/** The first ending of each asset after `from` and by `until`; a failure goes before another ending of the same day. */
function endings({ dataset }: Reading, from: string, until: string): Map<string, Ending> {
  const all = [
    ...dataset.tables.assets.flatMap(({ asset_id, removed_date, removed_reason }) =>
      removed_date === undefined ? [] : [{ asset_id, date: removed_date, failed: removed_reason === "failed" }],
    ),
    ...dataset.tables.actuals
      .filter(({ what }) => what !== "repaired")
      .map(({ asset_id, date, what }) => ({ asset_id, date, failed: what === "failed" })),
  ].filter(({ date }) => date > from && date <= until);
  all.sort((x, y) => (x.date < y.date ? -1 : x.date > y.date ? 1 : +y.failed - +x.failed));
  const first = new Map<string, Ending>();
  for (const { asset_id, ...ending } of all) if (!first.has(asset_id)) first.set(asset_id, ending);
  return first;
}

type ForecastRow = Reading["plan"]["decisions"]["forecast"][number];

/** The forecast's own chance of failing in the window: cumulative hazard straight between 0, 1, 3, 5 and 10 years, and on beyond. */
const chanceBy = (from: string, until: string) => (row: ForecastRow) => {
  const years = (dayNumber(until) - dayNumber(from)) / DAYS_PER_YEAR;
  const knots = [0, 1, 3, 5, 10];
  const hazard = [0, row.p_fail_1y, row.p_fail_3y, row.p_fail_5y, row.p_fail_10y].map((p) => -Math.log(1 - p));
  const k = Math.max(
    1,
    Math.min(4, knots.findIndex((knot) => years <= knot) < 0 ? 4 : knots.findIndex((knot) => years <= knot)),
  );
  const slope = (hazard[k] - hazard[k - 1]) / (knots[k] - knots[k - 1]);
  return 1 - Math.exp(-(hazard[k - 1] + slope * (years - knots[k - 1])));
};

/** Chance that one that failed was thought likelier to than one that did not, ties half. */
function areaUnderCurve(failed: readonly number[], rest: readonly number[]): number {
  const order = rest.toSorted((x, y) => x - y);
  const below = (value: number, orEqual: boolean) => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle] < value - 1e-12 || (orEqual && order[middle] <= value + 1e-12)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = failed.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0);
  return wins / (failed.length * rest.length);
}
