export { engine } from "./engine.ts";
export type { RoutingProblem } from "./problem.ts";
export type { SbrpSetting } from "./sbrp/half-day.ts";
export { readSbrp, type SbrpInstance } from "./sbrp/read.ts";
export { type SbrpEvent, type SbrpOptions, type SbrpSolution, sbrpTask, solveSbrp } from "./sbrp/solve.ts";
