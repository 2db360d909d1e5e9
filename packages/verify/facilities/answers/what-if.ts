import { applyScenario, type Change, type Plan } from "@trivium/model";
import { type Reading, readPlan } from "../reading.ts";
import { type AnswerRule, fields, number, records, strings } from "./answer-rule.ts";
import { agreeOnFigures, planFigures } from "./plan-figures.ts";

/** `what_if`: the plan as it stands, the one planned anew under the changes laid on the district, and what tells them apart. */
export const whatIf: AnswerRule = (reading, _question, answer, report) => {
  const { plan, calendar } = reading;
  const planned = records(answer.planned);
  agreeOnFigures("answers.what-if-before", fields(answer.before), planFigures(reading), report, "the plan");
  const changed = underChanges(reading, answer.changes as readonly Change[], planned as unknown as Rows);
  const after = planFigures(changed);
  agreeOnFigures("answers.what-if-after", fields(answer.after), after, report, "the plan made anew");
  const budget = [...changed.funds.values()].flat().reduce((sum, row) => sum + (row?.amount_usd ?? 0), 0);
  for (const name of ["as_planned", "after"])
    report.check(
      "answers.what-if-money",
      number(fields(answer[name]).spend_usd) <= budget + 0.02,
      () => `${name} spends more than the ${budget} that there is`,
    );
  const before = new Map(plan.decisions.plan.map((row) => [row.asset_id, row.fiscal_year]));
  const now = new Map(planned.map((row) => [String(row.asset_id), number(row.fiscal_year)]));
  report.check(
    "answers.what-if-once",
    now.size === planned.length && [...now.values()].every((year) => calendar.years.includes(year)),
    () => "the plan made anew has an asset twice, or a year beyond the plan",
  );
  const same = (rule: string, claimed: readonly string[], due: readonly string[]) =>
    report.check(
      rule,
      claimed.toSorted().join("\n") === due.toSorted().join("\n"),
      () => `${claimed.length} said, ${due.length} found`,
    );
  same(
    "answers.what-if-dropped",
    strings(answer.dropped),
    [...before.keys()].filter((id) => !now.has(id)),
  );
  same(
    "answers.what-if-added",
    strings(answer.added),
    [...now.keys()].filter((id) => !before.has(id)),
  );
  same(
    "answers.what-if-moved",
    records(answer.moved).map(({ asset_id, from, to }) => `${asset_id} ${from} ${to}`),
    [...before].flatMap(([id, from]) => {
      const to = now.get(id);
      return to === undefined || to === from ? [] : [`${id} ${from} ${to}`];
    }),
  );
};

type Rows = Plan<"facilities">["decisions"]["plan"];

/** Another list of projects on the changed district. The outlook of kept units stays; a new unit's energy bill follows what replaces it. */
function underChanges(reading: Reading, changes: readonly Change[], planned: Rows): Reading {
  const { dataset, plan } = reading;
  const changed = applyScenario(dataset, { name: "what if", changes: [...changes], settings: {} });
  const factors = new Map(
    (changed.settings.facilities.electrify ?? []).map((each) => [each.asset_type_id, each.energy_factor]),
  );
  const factorOf = new Map(changed.tables.assets.map((row) => [row.asset_id, factors.get(row.asset_type_id)]));
  const outlook = plan.decisions.outlook.map((row) => {
    const factor = factorOf.get(row.asset_id);
    return factor === undefined ? row : { ...row, energy_new_usd: factor * (row.energy_kept_usd ?? 0) };
  });
  return readPlan(changed, { ...plan, decisions: { ...plan.decisions, outlook, plan: planned } });
}
