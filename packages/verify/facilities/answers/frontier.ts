import { type AnswerRule, number, records } from "./answer-rule.ts";
import { nothingUsd } from "./plan-figures.ts";

/** `frontier`: money, savings and bounds of the points agree with each other and with the budgets. */
export const frontier: AnswerRule = (reading, _question, answer, report) => {
  const points = records(answer.points);
  const budget = [...reading.funds.values()].flat().reduce((sum, row) => sum + (row?.amount_usd ?? 0), 0);
  const nothing = nothingUsd(reading);
  points.forEach((point, k) => {
    const share = number(point.budget_share);
    const name = `at ${share} of the budgets`;
    report.check(
      "answers.frontier-rises",
      k === 0 || share > number(points[k - 1].budget_share),
      () => `the point ${name} does not follow the one before`,
    );
    report.agree(
      "answers.frontier-budget",
      number(point.budget_usd),
      share * budget,
      { relative: 1e-6, absolute: 0.02 },
      `the money ${name}`,
    );
    report.check(
      "answers.frontier-spend",
      number(point.spend_usd) <= number(point.budget_usd) + 0.02,
      () => `${point.spend_usd} is spent ${name}, more than there is`,
    );
    report.agree(
      "answers.frontier-saved",
      number(point.saved_usd),
      nothing - number(point.objective_usd),
      { absolute: 0.002 * nothing + 1 },
      `saved_usd ${name}`,
    );
    report.check(
      "answers.frontier-bound",
      number(point.bound_usd) <= number(point.objective_usd) + 0.02,
      () => `the plan ${name} costs less than its bound`,
    );
    report.check(
      "answers.frontier-range",
      number(point.dollar_saves_usd) >= 0 && number(point.fci_end) >= 0 && number(point.fci_end) <= 1,
      () => `the dollar's price or the condition ${name} is none`,
    );
  });
};
