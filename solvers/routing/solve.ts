import type { Solution, SolveContext, SolveOptions } from "@trivium/engine";
import { boundOf, piecesBoundOf } from "./bound/buses.ts";
import { measure } from "./figures/measure.ts";
import type { HalfDayPlan } from "./halfday/copy.ts";
import { halfDayOf } from "./halfday/of-problem.ts";
import { assignKinds } from "./plan/assign-kinds.ts";
import { busDaysOf } from "./plan/bus-days.ts";
import { tablesOf, unservedOf } from "./plan/tables.ts";
import type { RoutingProblem } from "./problem.ts";
import { HALF_PRICE, halfTask } from "./search/half-task.ts";
import { settle } from "./timetable/settle.ts";

const DIRECTIONS = ["AM", "PM"] as const;
/** How late, in the room its window leaves, a piece likes to be: mornings in the middle; afternoons leave at once (their time runs backwards). */
const LATENESS = { AM: 0.5, PM: 1 } as const;

/** Share of a half's budget for fewer buses. */
const FLEET_SHARE = 0.6;

/** Plans the day: both directions side by side, then kinds of bus, then times, then buses. */
export async function solve(
  problem: RoutingProblem,
  _options: SolveOptions,
  context: SolveContext<RoutingProblem>,
): Promise<Solution<"routing">> {
  const streams = Math.max(1, Math.floor(context.threads / 2));
  const inputs = DIRECTIONS.flatMap((direction) =>
    Array.from({ length: streams }, (_, stream) => ({
      direction,
      start: null,
      piecesBound: piecesBoundOf(problem, direction),
      fleetShare: FLEET_SHARE,
      stream,
    })),
  );
  const outputs = await context.map(halfTask, inputs);
  const best = (half: number) => bestOf(outputs.slice(half * streams, (half + 1) * streams).map(({ plan }) => plan));
  const days = { AM: halfDayOf(problem, "AM", HALF_PRICE), PM: halfDayOf(problem, "PM", HALF_PRICE) };
  const plans = assignKinds(problem, days, { AM: best(0), PM: best(1) });
  const atOnce = problem.schools.map((school) => school.busesAtOnce);
  const halves = {
    AM: settle(days.AM, plans.AM, atOnce, LATENESS.AM),
    PM: settle(days.PM, plans.PM, atOnce, LATENESS.PM),
  };
  const buses = busDaysOf(problem, halves);
  const decisions = tablesOf(problem, buses);
  const idle = problem.kinds.flatMap((kind, index) =>
    buses.filter((bus) => bus.kind === index).length < kind.busIds.length ? [index] : [],
  );
  const unmet = unservedOf(
    problem,
    {
      AM: { bank: plans.AM.bank, crowdedOut: halves.AM.crowdedOut },
      PM: { bank: plans.PM.bank, crowdedOut: halves.PM.crowdedOut },
    },
    idle,
  );
  const metrics = measure(problem, decisions, unmet);
  return {
    status: "feasible",
    decisions,
    unmet,
    metrics: { ...metrics, status: "feasible", draft: true },
    bound: boundOf(problem, Number(metrics.buses_used)),
    iterations: outputs.reduce((sum, output) => sum + output.iterations, 0),
  };
}

/** Fewest left behind, then least cost. */
function bestOf(plans: readonly HalfDayPlan[]): HalfDayPlan {
  return plans.reduce((best, plan) =>
    plan.bank.length < best.bank.length || (plan.bank.length === best.bank.length && plan.cost < best.cost)
      ? plan
      : best,
  );
}
