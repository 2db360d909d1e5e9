import type { Dataset, Plan } from "@trivium/model";
import type { Report } from "../../report.ts";
import { type Reading, readPlan } from "../reading.ts";
import { actuals } from "./actuals.ts";
import type { AnswerRule, Fields } from "./answer-rule.ts";
import { baselines } from "./baselines.ts";
import { dollar } from "./dollar.ts";
import { frontier } from "./frontier.ts";
import { futures } from "./futures.ts";
import { repairOrReplace } from "./repair-or-replace.ts";
import { wait } from "./wait.ts";
import { whatIf } from "./what-if.ts";

const ANSWERS: Readonly<Record<string, AnswerRule>> = {
  wait,
  dollar,
  futures,
  baselines,
  frontier,
  what_if: whatIf,
  repair_or_replace: repairOrReplace,
  actuals,
};

/** The plan laid beside its district, read once however many questions follow. */
const readings = new WeakMap<Plan<"facilities">, { readonly dataset: Dataset; readonly reading: Reading }>();

/** Recomputes what the answer to a capital plan's question claims. The dataset has the plan's scenario applied. */
export function verifyCapitalAnswer(
  dataset: Dataset,
  plan: Plan<"facilities">,
  question: Fields,
  answer: Fields,
  report: Report,
): void {
  let known = readings.get(plan);
  if (known?.dataset !== dataset) {
    known = { dataset, reading: readPlan(dataset, plan) };
    readings.set(plan, known);
  }
  ANSWERS[String(question.kind)]?.(known.reading, question, answer, report);
}
