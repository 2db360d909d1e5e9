import { type AnswerRule, fields } from "./answer-rule.ts";

/** `dollar`: the plan's own dual prices, none below 0. */
export const dollar: AnswerRule = ({ plan, calendar }, question, answer, report) => {
  const priceIn = (year: unknown) => Number(plan.metrics[`dollar_${year}_saves_usd`] ?? 0);
  const byYear = fields(answer.by_year);
  report.agree("answers.dollar", answer.saves_usd as number, priceIn(question.fiscal_year), {}, "the dollar's price");
  for (const year of calendar.years)
    report.agree("answers.dollar", byYear[year] as number, priceIn(year), {}, `the dollar's price in ${year}`);
};
