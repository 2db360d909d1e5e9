import type { Answer, Question } from "@trivium/engine";
import { InputError, type Plan } from "@trivium/model";
import { bellsOf, withBells } from "../bells/with-bells.ts";
import type { RoutingProblem } from "../problem.ts";
import { absentBuses } from "./absent-buses.ts";
import { lateStudent } from "./late-student.ts";
import { lint } from "./lint.ts";
import { moveStop, moveStudent } from "./move.ts";
import { onTime } from "./on-time.ts";

const ANSWERS: Readonly<
  Record<string, (problem: RoutingProblem, plan: Plan<"routing">, question: Question) => Answer>
> = {
  late_student: lateStudent,
  on_time: onTime,
  absent_buses: absentBuses,
  lint,
  move_student: moveStudent,
  move_stop: moveStop,
};

/** Short questions to a built problem and its plan, by the plan's bells. */
export function ask(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  if (!Object.hasOwn(ANSWERS, question.kind))
    throw new InputError(
      "unknown-question",
      `routing has no question "${question.kind}". Maybe one of ${Object.keys(ANSWERS).join(", ")}.`,
      { values: { kind: question.kind } },
    );
  return ANSWERS[question.kind](withBells(problem, bellsOf(problem, plan.decisions.bells)), plan, question);
}
