import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import { bellsOf, withBells } from "../bells/with-bells.ts";
import type { RoutingProblem } from "../problem.ts";
import { lateStudent } from "./late-student.ts";

/** Short questions to a built problem and its plan. */
export function ask(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  if (question.kind === "late_student")
    return lateStudent(withBells(problem, bellsOf(problem, plan.decisions.bells)), plan, question);
  throw new InputError("unknown-question", `routing has no question "${question.kind}". Maybe "late_student".`, {
    values: { kind: question.kind },
  });
}
