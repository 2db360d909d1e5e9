import type { Solution, SolveContext, SolveOptions } from "@trivium/engine";
import { boundOf, piecesBoundOf } from "./bound/buses.ts";
import { measure } from "./figures/measure.ts";
import { halfDayOf } from "./halfday/of-problem.ts";
import { busDaysOf } from "./plan/bus-days.ts";
import { tablesOf, unservedOf } from "./plan/tables.ts";
import type { Direction, RoutingProblem } from "./problem.ts";
import { HALF_PRICE, halfTask } from "./search/half-task.ts";
import { type SettledHalf, settle } from "./timetable/settle.ts";

const DIRECTIONS = ["AM", "PM"] as const;
/** How late, in the room its window leaves, a piece likes to be: mornings in the middle; afternoons leave at once (their time runs backwards). */
const LATENESS = { AM: 0.5, PM: 1 } as const;

/** Plans the day: both directions side by side, then times, then buses. */
export async function solve(
  problem: RoutingProblem,
  _options: SolveOptions,
  context: SolveContext<RoutingProblem>,
): Promise<Solution<"routing">> {
  const inputs = DIRECTIONS.map((direction, stream) => ({
    direction,
    start: null,
    piecesBound: piecesBoundOf(problem, direction),
    fleetShare: 0.6,
    stream,
  }));
  const outputs = await context.map(halfTask, inputs);
  const halves = {} as Record<Direction, SettledHalf>;
  DIRECTIONS.forEach((direction, index) => {
    const day = halfDayOf(problem, direction, HALF_PRICE);
    const atOnce = problem.schools.map((school) => school.busesAtOnce);
    halves[direction] = settle(day, outputs[index].plan, atOnce, LATENESS[direction]);
  });
  const decisions = tablesOf(problem, busDaysOf(problem, halves));
  const unmet = unservedOf(problem, {
    AM: { bank: outputs[0].plan.bank, crowdedOut: halves.AM.crowdedOut },
    PM: { bank: outputs[1].plan.bank, crowdedOut: halves.PM.crowdedOut },
  });
  const metrics = measure(problem, decisions, unmet);
  const bound = boundOf(problem, Number(metrics.buses_used));
  return {
    status: "feasible",
    decisions,
    unmet,
    metrics: { ...metrics, status: "feasible", draft: true },
    bound,
    iterations: outputs.reduce((sum, output) => sum + output.iterations, 0),
  };
}
