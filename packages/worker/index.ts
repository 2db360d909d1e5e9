export { answererOf } from "./answerer.ts";
export {
  type AnswerRequest,
  analyse,
  askPlan,
  closeQuestions,
  comparePlans,
  explainPlan,
  todayOf,
} from "./questions.ts";
export { type PartHooks, partRunner } from "./run-part.ts";
export { type SolveHooks, type SolveRequest, solvePlan } from "./solve-plan.ts";
export { solveSbrpInThreads } from "./solve-sbrp.ts";
export { solveTimetableInThreads } from "./solve-timetable.ts";
export { solveVroomInThreads, type VroomHooks } from "./solve-vroom.ts";
