import type { Metrics, RoutingDecisions, UnmetOf } from "@trivium/model";
import { measure } from "../figures/measure.ts";
import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { usdPerTick } from "../halfday/of-problem.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { settle } from "../timetable/settle.ts";
import { assignKinds } from "./assign-kinds.ts";
import { busDaysOf } from "./bus-days.ts";
import { keepRanges } from "./ranges.ts";
import { tablesOf, unservedOf } from "./tables.ts";

type Halves<T> = Readonly<Record<Direction, T>>;

/** How late, in the room its window leaves, a piece likes to be: mornings in the middle; afternoons leave at once (their time runs backwards). */
const LATENESS = { AM: 0.5, PM: 1 } as const;

export interface Complete {
  readonly decisions: RoutingDecisions;
  readonly unmet: UnmetOf["routing"];
  readonly metrics: Metrics;
}

/** What the search found in both directions → the whole day: kinds of bus, times, buses, tables and figures. */
export function complete(problem: RoutingProblem, days: Halves<HalfDay>, found: Halves<HalfDayPlan>): Complete {
  const { plans, outOfRange } = keepRanges(problem, days, assignKinds(problem, days, found));
  const atOnce = problem.schools.map((school) => school.busesAtOnce);
  const halves = {
    AM: settle(withoutSpares(problem, days.AM, plans.AM), plans.AM, atOnce, LATENESS.AM),
    PM: settle(withoutSpares(problem, days.PM, plans.PM), plans.PM, atOnce, LATENESS.PM),
  };
  const buses = busDaysOf(problem, halves);
  const decisions = tablesOf(problem, buses);
  const idle = problem.kinds.flatMap((kind, index) =>
    buses.filter((bus) => bus.kind === index).length < kind.busIds.length ? [index] : [],
  );
  const unmet = unservedOf(
    problem,
    {
      AM: { bank: plans.AM.bank, crowdedOut: halves.AM.crowdedOut, outOfRange: outOfRange.AM },
      PM: { bank: plans.PM.bank, crowdedOut: halves.PM.crowdedOut, outOfRange: outOfRange.PM },
    },
    idle,
  );
  return { decisions, unmet, metrics: measure(problem, decisions, unmet) };
}

/** The same half day where kinds with a range have no bus to spare: one more piece of theirs might not fit into any bus's day. */
function withoutSpares(problem: RoutingProblem, day: HalfDay, plan: HalfDayPlan): HalfDay {
  const used = (kind: number) => plan.pieces.filter((piece) => piece.kind === kind).length;
  const kindCount = day.kindCount.map((count, kind) => (problem.kinds[kind].rangeM < Infinity ? used(kind) : count));
  return { ...day, kindCount };
}

/** Fewest left behind, then least money: the year's cost, the price of changes, and everyone's ride at its weight. */
export function cheapest(problem: RoutingProblem, plans: readonly Complete[]): Complete {
  const usd = ({ metrics }: Complete) => {
    const rideS = Number(metrics.ride_min_mean) * 60 * Number(metrics.rides_served);
    const rides = problem.settings.weights.ride * rideS * usdPerTick(problem);
    return Number(metrics.cost_usd_per_year) + Number(metrics.change_usd_per_year ?? 0) + rides;
  };
  return plans.reduce((best, each) => {
    const fewer = each.unmet.length - best.unmet.length;
    return fewer < 0 || (fewer === 0 && usd(each) < usd(best)) ? each : best;
  });
}
