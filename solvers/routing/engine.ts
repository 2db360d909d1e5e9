import type { Engine } from "@trivium/engine";
import { ask } from "./answers/ask.ts";
import { compare } from "./answers/compare.ts";
import { explain } from "./answers/explain.ts";
import { finish } from "./answers/finish.ts";
import { today } from "./answers/today.ts";
import { build } from "./build/build.ts";
import { measure } from "./figures/measure.ts";
import type { RoutingProblem } from "./problem.ts";
import { halfTask } from "./search/half-task.ts";
import { solve } from "./solve.ts";

/** School buses on real roads: stops, runs, bus days. MODEL.md states what is decided, under which rules, at which cost. */
export const engine: Engine<"routing", RoutingProblem> = {
  area: "routing",
  needsRoads: true,
  tasks: { [halfTask.name]: halfTask },
  build,
  solve,
  finish,
  measure,
  today,
  compare,
  explain,
  ask,
};
