export { engine } from "./engine.ts";
export type { RoutingProblem } from "./problem.ts";
