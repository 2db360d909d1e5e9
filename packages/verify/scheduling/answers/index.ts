import type { Dataset, Explanation, Plan } from "@trivium/model";
import type { AnswerRule, Fields } from "../../answer-fields.ts";
import type { Report } from "../../report.ts";
import { type Reading, readPlan } from "../reading.ts";
import { explanation } from "./explanation.ts";
import { oneMore } from "./one-more.ts";
import { walkIn } from "./walk-in.ts";

const ANSWERS: Readonly<Record<string, AnswerRule<Reading>>> = { walk_in: walkIn, one_more: oneMore };

/** The plan laid beside its district, read once however many questions follow. */
const readings = new WeakMap<Plan<"scheduling">, Reading>();

function readingOf(dataset: Dataset, plan: Plan<"scheduling">): Reading {
  const known = readings.get(plan);
  if (known?.dataset === dataset) return known;
  const reading = readPlan(dataset, plan);
  readings.set(plan, reading);
  return reading;
}

/** Judges the answer to a schedule's question. The dataset has the plan's scenario applied. */
export function verifySchedulingAnswer(
  dataset: Dataset,
  plan: Plan<"scheduling">,
  question: Fields,
  answer: Fields,
  report: Report,
): void {
  ANSWERS[String(question.kind)]?.(readingOf(dataset, plan), question, answer, report);
}

export function verifySchedulingExplanation(
  dataset: Dataset,
  plan: Plan<"scheduling">,
  told: Explanation,
  report: Report,
): void {
  explanation(dataset, plan, readingOf(dataset, plan), told, report);
}
