import type { Report } from "../../report.ts";
import { doneBy } from "../reading.ts";
import { totalStream } from "../stream.ts";
import { type AnswerRule, type Fields, fields, number, records } from "./answer-rule.ts";

const QUANTILES = [
  ["p05", 0.05],
  ["p25", 0.25],
  ["p50", 0.5],
  ["p75", 0.75],
  ["p95", 0.95],
] as const;
/** A mean over futures may lie so many standard errors from the expectation: among the thousands of means checked none does by chance. */
const ERRORS = 6;

/** `futures`: means beside the expectation, what is unspent, and chances of overrun that the fans bear out. */
export const futures: AnswerRule = (reading, question, answer, report) => {
  const { calendar, projects, funds, live } = reading;
  const planned = doneBy(projects);
  const expected = totalStream(reading, (id) => planned.get(id));
  const count = number(answer.futures);
  const reserve = number(answer.reserve_usd);
  report.agree("answers.futures-reserve", reserve, number(question.reserve_usd ?? 0), {}, "the reserve");
  const rows = records(answer.by_year);
  report.check(
    "answers.futures-years",
    rows.length === calendar.years.length && rows.every((row, t) => row.fiscal_year === calendar.years[t]),
    () => `the futures are not of the plan years ${calendar.years.join(", ")}`,
  );
  const all = [...live.values()].reduce((sum, { costUsd }) => sum + costUsd, 0);
  rows.slice(0, calendar.years.length).forEach((row, t) => {
    const name = `in ${calendar.years[t]}`;
    meanNear(row.failures, expected.failures[t], count, `failures ${name}`, report);
    meanNear(row.emergency_usd, expected.emergencyUsd[t], count, `emergency_usd ${name}`, report);
    for (const figure of ["fci", "backlog_usd"]) inOrder(row[figure], `${figure} ${name}`, report);
    report.agree(
      "answers.futures-backlog",
      number(fields(row.backlog_usd).mean),
      number(fields(row.fci).mean) * all * calendar.escalation[t],
      { relative: 0.001, absolute: 1 + 2e-6 * all },
      `the mean backlog ${name}`,
    );
    const budget = [...funds.values()].reduce((sum, fund) => sum + (fund[t]?.amount_usd ?? 0), 0);
    const spent = projects.reduce((sum, { row: { cost_usd }, year }) => sum + (year === t ? (cost_usd ?? 0) : 0), 0);
    const left = Math.max(0, budget - spent);
    report.agree("answers.futures-unspent", number(row.unspent_usd), left, { absolute: 0.02 }, `unspent ${name}`);
    overrunBorneOut(row, left + reserve, count, name, report);
  });
  const chances = rows.map((row) => number(row.overrun_chance));
  const any = number(answer.overrun_chance_any_year);
  report.check(
    "answers.futures-any-year",
    any >= Math.max(0, ...chances) - 1e-9 && any <= chances.reduce((sum, each) => sum + each, 0) + 1e-9,
    () => `the chance of an overrun in any year is ${any}, by year ${chances.join(", ")}`,
  );
  for (const figure of ["failures", "emergency_usd"]) {
    const sum = rows.reduce((total, row) => total + number(fields(row[figure]).mean), 0);
    const mean = number(fields(answer[figure]).mean);
    report.agree("answers.futures-sum", mean, sum, { relative: 1e-4, absolute: 0.1 }, `${figure} over the horizon`);
    inOrder(answer[figure], `${figure} over the horizon`, report);
  }
};

function inOrder(fan: unknown, what: string, report: Report): boolean {
  const values = QUANTILES.map(([name]) => number(fields(fan)[name]));
  const holds = values.every((value, k) => Number.isFinite(value) && (k === 0 || value >= values[k - 1]));
  return report.check("answers.futures-fan", holds, () => `the fan of ${what} does not rise: ${values.join(", ")}`);
}

/** The mean of a fan beside what is expected, within sampling error: its spread tells the standard deviation of a future. */
export function meanNear(fan: unknown, expected: number, count: number, what: string, report: Report): void {
  if (!inOrder(fan, what, report)) return;
  const { mean, p05, p95 } = fields(fan) as Record<string, number>;
  const error = Math.max((p95 - p05) / 3.29, Math.sqrt(Math.abs(expected))) / Math.sqrt(count);
  // A sum of rare and dear events is more skewed than its fan shows.
  const absolute = ERRORS * error + 0.005 * Math.abs(expected) + (p95 === p05 ? Math.abs(expected) : 0);
  report.agree("answers.futures-mean", mean, expected, { absolute }, `mean ${what}`);
}

/** Where a quantile lies beyond what is left, so many futures overrun it; where it does not, no more than the rest can. */
function overrunBorneOut(row: Fields, left: number, count: number, name: string, report: Report): void {
  const chance = number(row.overrun_chance);
  const fan = fields(row.emergency_usd);
  const slack = 2 / count + 1e-9;
  const holds = QUANTILES.every(([quantile, share]) => {
    const value = number(fan[quantile]);
    if (value > left + 0.05) return chance >= 1 - share - slack;
    return value < left - 0.05 ? chance <= 1 - share + slack : true;
  });
  report.check(
    "answers.futures-overrun",
    holds && chance >= 0 && chance <= 1,
    () => `the chance of an overrun ${name} is ${chance}, which the emergencies do not bear out`,
  );
}
