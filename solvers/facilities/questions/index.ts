import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import type { FacilitiesProblem } from "../problem.ts";
import { askActuals } from "./actuals.ts";
import { askBaselines } from "./baselines.ts";
import { askDollar } from "./dollar.ts";
import { askFrontier } from "./frontier.ts";
import { askFutures } from "./futures.ts";
import { askRepairOrReplace } from "./repair-or-replace.ts";
import { askWait } from "./wait.ts";
import { askWhatIf } from "./what-if.ts";

type Ask = (problem: FacilitiesProblem, plan: Plan<"facilities">, question: Question) => Answer | Promise<Answer>;

/** Kind of question → who answers it. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  wait: askWait,
  dollar: askDollar,
  repair_or_replace: askRepairOrReplace,
  actuals: askActuals,
  futures: askFutures,
  baselines: askBaselines,
  frontier: askFrontier,
  what_if: askWhatIf,
};

/** @throws InputError unknown-question */
export function ask(
  problem: FacilitiesProblem,
  plan: Plan<"facilities">,
  question: Question,
): Answer | Promise<Answer> {
  const answer = Object.hasOwn(QUESTIONS, question.kind) ? QUESTIONS[question.kind] : undefined;
  if (answer) return answer(problem, plan, question);
  throw new InputError(
    "unknown-question",
    `there is no question ${question.kind}. Maybe one of ${Object.keys(QUESTIONS).join(", ")}`,
    { path: "kind", values: { kind: question.kind } },
  );
}
