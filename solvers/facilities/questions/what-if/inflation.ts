import { numberOf } from "../number.ts";
import { repriced, type WhatIf } from "./condition.ts";

/** `{ change: "inflation", escalation }`: construction costs rise by this share a year. */
export const inflation: WhatIf = (problem, question) => {
  const rate = numberOf(question, "escalation", 0.06, -0.5, 1);
  const { money, calendar } = problem;
  const escalation = calendar.middle.map((years) => (1 + rate) ** years);
  const mobilizationUsd = money.mobilizationUsd.map((usd, year) => (usd / money.escalation[year]) * escalation[year]);
  return {
    what: `costs rise by ${(100 * rate).toFixed(1)} % a year`,
    changes: [{ op: "settings", area: "facilities", values: { escalation: rate } }],
    changed: repriced({ ...problem, money: { ...money, escalation, mobilizationUsd } }),
  };
};
