import type { Answer, Question, QuestionResources } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import type { SchedulingProblem } from "../problem/problem.ts";
import { moveSection } from "./move-section/move-section.ts";
import { oneMore } from "./one-more/one-more.ts";
import { walkIn } from "./walk-in/walk-in.ts";

type Ask = (
  problem: SchedulingProblem,
  plan: Plan<"scheduling">,
  question: Question,
  resources?: QuestionResources<SchedulingProblem>,
) => Answer | Promise<Answer>;

/** Kind of question → who answers it. */
const QUESTIONS: Readonly<Record<string, Ask>> = { walk_in: walkIn, one_more: oneMore, move_section: moveSection };

/** @throws InputError unknown-question, or with what is wrong in the question */
export const ask: Ask = (problem, plan, question, resources) => {
  const answer = Object.hasOwn(QUESTIONS, question.kind) ? QUESTIONS[question.kind] : undefined;
  if (answer) return answer(problem, plan, question, resources);
  throw new InputError(
    "unknown-question",
    `scheduling has no question "${question.kind}". Maybe one of ${Object.keys(QUESTIONS).join(", ")}?`,
    { path: "kind", values: { kind: question.kind } },
  );
};
