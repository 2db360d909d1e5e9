import type { Metrics, RoutingDecisions, UnmetOf } from "@trivium/model";
import { measure } from "../figures/measure.ts";
import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { usdPerTick } from "../halfday/of-problem.ts";
import { visitsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { settle } from "../timetable/settle.ts";
import { assignKinds } from "./assign-kinds.ts";
import { type BusDay, busDaysOf } from "./bus-days.ts";
import { keepRanges } from "./ranges.ts";
import { piecesByBus } from "./rows.ts";
import { shiftKey, staffOf } from "./staff.ts";
import { tablesOf, unservedOf } from "./tables.ts";

type Halves<T> = Readonly<Record<Direction, T>>;

/**
 * How late, in the room its window leaves, a piece likes to be: mornings in the middle, or earlier as punctuality weighs;
 * afternoons leave at once (their time runs backwards).
 */
const latenessOf = ({ settings }: RoutingProblem) => ({ AM: 0.5 * (1 - Math.min(1, settings.weights.on_time)), PM: 1 });

export interface Complete {
  readonly decisions: RoutingDecisions;
  readonly unmet: UnmetOf["routing"];
  readonly metrics: Metrics;
}

/** What the search found in both directions → the whole day: kinds of bus, times, buses, tables and figures. */
export function complete(problem: RoutingProblem, days: Halves<HalfDay>, found: Halves<HalfDayPlan>): Complete {
  const { plans, outOfRange } = keepRanges(problem, days, assignKinds(problem, days, found));
  const atOnce = problem.schools.map((school) => school.busesAtOnce);
  const lateness = latenessOf(problem);
  const halves = {
    AM: settle(withoutSpares(problem, days.AM, plans.AM), plans.AM, atOnce, lateness.AM),
    PM: settle(withoutSpares(problem, days.PM, plans.PM), plans.PM, atOnce, lateness.PM),
  };
  const { buses, tables: decisions, undriven } = staffed(problem, busDaysOf(problem, halves));
  const idleIn = (direction: Direction) =>
    problem.kinds.flatMap((kind, index) => {
      const used = buses.filter((bus) => bus.kind === index);
      const out = used.filter((bus) => bus.pieces.some((piece) => piece.direction === direction)).length;
      return used.length < kind.busIds.length && out < kind.most[direction] ? [index] : [];
    });
  const unmet = unservedOf(
    problem,
    {
      AM: { bank: plans.AM.bank, crowdedOut: halves.AM.crowdedOut, outOfRange: outOfRange.AM, undriven: undriven.AM },
      PM: { bank: plans.PM.bank, crowdedOut: halves.PM.crowdedOut, outOfRange: outOfRange.PM, undriven: undriven.PM },
    },
    { AM: idleIn("AM"), PM: idleIn("PM") },
  );
  return { decisions, unmet, metrics: measure(problem, decisions, unmet) };
}

interface Staffed {
  readonly buses: readonly BusDay[];
  readonly tables: RoutingDecisions;
  /** Visits of half days for which no driver has the hours. */
  readonly undriven: Halves<number[]>;
}

/** The tables with a driver to each half day; those that find none are not driven. */
function staffed(problem: RoutingProblem, buses: readonly BusDay[]): Staffed {
  const undriven = { AM: [] as number[], PM: [] as number[] };
  const tables = tablesOf(problem, buses);
  if (problem.drivers.length === 0) return { buses, tables, undriven };
  const { driverOf, without } = staffOf(problem, tables);
  const out = new Set(without.map((shift) => shiftKey(shift.busId, shift.direction)));
  const driven = buses.map((bus) => ({
    ...bus,
    pieces: bus.pieces.filter(({ direction, runs }) => {
      const isDriven = !out.has(shiftKey(bus.busId, direction));
      if (!isDriven) undriven[direction].push(...visitsOf(runs.flat()));
      return isDriven;
    }),
  }));
  const kept = out.size === 0 ? tables : tablesOf(problem, driven);
  return { buses: driven.filter((bus) => bus.pieces.length > 0), tables: withDriverIds(kept, driverOf), undriven };
}

function withDriverIds(tables: RoutingDecisions, driverOf: ReadonlyMap<string, string>): RoutingDecisions {
  const directionOf = new Map(tables.runs.map((run) => [run.run_id, run.direction]));
  const routes = [...piecesByBus(tables.routes)].flatMap(([busId, pieces]) =>
    pieces.flatMap((rows) => {
      const driver_id = driverOf.get(shiftKey(busId, directionOf.get(rows[0].run_id ?? "") ?? "AM"));
      return rows.map((row) => ({ ...row, driver_id }));
    }),
  );
  return { ...tables, routes };
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
