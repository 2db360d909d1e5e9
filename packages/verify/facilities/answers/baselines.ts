import { type AnswerRule, number, records } from "./answer-rule.ts";
import { meanNear } from "./futures.ts";
import { agreeOnFigures, planFigures } from "./plan-figures.ts";

/** `baselines`: plan and nothing recomputed whole; of every list what it saves against nothing, and which share of the attainable that is. */
export const baselines: AnswerRule = (reading, _question, answer, report) => {
  const { plan } = reading;
  const lists = records(answer.lists);
  const own = planFigures(reading);
  const none = planFigures(reading, []);
  const count = number(answer.futures);
  report.check(
    "answers.baselines-lists",
    lists[0]?.name === "plan" &&
      lists.at(-1)?.name === "nothing" &&
      new Set(lists.map(({ name }) => name)).size === lists.length,
    () => `the lists are ${lists.map(({ name }) => name).join(", ")}: plan comes first, nothing last, each once`,
  );
  for (const list of lists) {
    const name = String(list.name);
    const known = name === "plan" ? own : name === "nothing" ? none : undefined;
    if (known) {
      agreeOnFigures("answers.baselines-figures", list, known, report, name);
      meanNear(list.failures, known.expected_failures, count, `failures of ${name}`, report);
      meanNear(list.emergency_usd, known.emergency_usd, count, `emergency_usd of ${name}`, report);
    }
    const saved = none.objective_usd - number(list.objective_usd);
    const absolute = 0.002 * none.objective_usd + 1;
    report.agree("answers.baselines-saved", number(list.saved_usd), saved, { absolute }, `saved_usd of ${name}`);
    const attainable = plan.bound ? none.objective_usd - plan.bound.best_possible : 0;
    report.agree(
      "answers.baselines-share",
      list.share_of_attainable as number | null,
      attainable > 0 ? saved / attainable : null,
      { absolute: (2 * absolute) / Math.max(1, attainable) },
      `the share of ${name}`,
    );
    const cheaper = number(list.plan_cheaper_chance);
    report.check(
      "answers.baselines-chance",
      cheaper >= 0 && cheaper <= (name === "plan" ? 0 : 1),
      () => `the plan is cheaper than ${name} with chance ${cheaper}`,
    );
  }
};
