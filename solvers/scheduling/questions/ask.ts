import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import type { SchedulingProblem } from "../problem/problem.ts";
import { oneMore } from "./one-more.ts";
import { walkIn } from "./walk-in/walk-in.ts";

const QUESTIONS: Readonly<
  Record<string, (problem: SchedulingProblem, plan: Plan<"scheduling">, question: Question) => Answer>
> = { walk_in: walkIn, one_more: oneMore };

/** @throws InputError unknown-question, or with what is wrong in the question */
export function ask(problem: SchedulingProblem, plan: Plan<"scheduling">, question: Question): Answer {
  const answer = QUESTIONS[question.kind];
  if (!answer)
    throw new InputError(
      "unknown-question",
      `scheduling has no question "${question.kind}". Maybe one of ${Object.keys(QUESTIONS).join(", ")}?`,
      { path: "kind", values: { kind: question.kind } },
    );
  return answer(problem, plan, question);
}
