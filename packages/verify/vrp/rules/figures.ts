import type { VroomJob, VroomShipment } from "@trivium/model";
import type { Report } from "../../report.ts";
import { causes, type Reading, type RouteReading, type Task } from "../reading.ts";

/** Costs are whole numbers a route. */
const ROUNDED = { absolute: 0.5 + 1e-6 };

/** Figures of a route from its steps and the document. */
export function checkRouteFigures(reading: Reading, { route, vehicle, tasks }: RouteReading, report: Report): void {
  const where = { vehicle: vehicle.id };
  const agree = (what: keyof typeof route, actual: number | string, tolerance = {}) =>
    report.agree(
      "vrp.route-figures",
      Array.isArray(route[what]) ? String(route[what]) : (route[what] as number),
      actual,
      tolerance,
      `${what} of vehicle ${vehicle.id}`,
      where,
    );
  const total = (of: (step: (typeof route.steps)[number]) => number) =>
    route.steps.reduce((sum, step) => sum + of(step), 0);
  const last = route.steps[route.steps.length - 1];
  agree(
    "setup",
    total(({ setup }) => setup),
  );
  agree(
    "service",
    total(({ service }) => service),
  );
  agree(
    "waiting_time",
    total(({ waiting_time }) => waiting_time),
  );
  agree("duration", last.duration);
  agree(
    "priority",
    tasks.reduce((sum, { demand }) => sum + (demand.priority ?? 0), 0),
  );
  agree("cost", costOf(reading, { route, vehicle, tasks }), ROUNDED);
  if (reading.dims > 0)
    for (const side of ["delivery", "pickup"] as const) agree(side, sums(reading.dims, tasks, side).join());
  if (reading.hasDistances) agree("distance", last.distance ?? 0);
}

/** Figures of the summary from those of the routes. */
export function checkSummary({ answer, dims, hasDistances }: Reading, report: Report): void {
  const { summary, routes, unassigned } = answer;
  const agree = (what: string, claimed: number | string | undefined, actual: number | string) =>
    report.agree("vrp.summary", claimed, actual, {}, `${what} of the summary`);
  const figures = ["cost", "setup", "service", "duration", "waiting_time", "priority"] as const;
  for (const each of figures)
    agree(
      each,
      summary[each],
      routes.reduce((sum, route) => sum + route[each], 0),
    );
  agree("routes", summary.routes, routes.length);
  agree("unassigned", summary.unassigned, unassigned.length);
  if (hasDistances)
    agree(
      "distance",
      summary.distance,
      routes.reduce((sum, { distance = 0 }) => sum + distance, 0),
    );
  for (const side of ["delivery", "pickup"] as const)
    if (dims > 0)
      agree(
        side,
        summary[side]?.join(),
        Array.from({ length: dims }, (_, d) => routes.reduce((sum, route) => sum + (route[side]?.[d] ?? 0), 0)).join(),
      );
  const all = [...new Set(routes.flatMap(({ violations }) => violations.map(({ cause }) => cause)))].sort().join(" ");
  agree("violations", causes(summary.violations), all);
}

function sums(dims: number, tasks: readonly Task[], side: "delivery" | "pickup"): number[] {
  return Array.from({ length: dims }, (_, d) =>
    tasks.reduce((sum, { type, demand }) => {
      if (type === "job") return sum + ((demand as VroomJob)[side]?.[d] ?? 0);
      return type === side ? sum + ((demand as VroomShipment).amount?.[d] ?? 0) : sum;
    }, 0),
  );
}

/** Fixed cost, drives by the cost matrix or by time and distance, setup and service by the hour. */
function costOf(reading: Reading, { route, vehicle }: RouteReading): number {
  const { fixed = 0, per_hour = 3600, per_km = 0, per_task_hour = 0 } = vehicle.costs ?? {};
  let cost = fixed;
  let place: number | null = null;
  for (const step of route.steps) {
    if (step.type === "break") continue;
    const here = reading.placeOf(vehicle, step);
    if (place !== null && here !== null) {
      const leg = reading.leg(vehicle, place, here);
      cost += leg.cost ?? (per_hour * leg.durationS) / 3600 + (per_km * leg.distanceM) / 1000;
    }
    cost += (per_task_hour * (step.setup + step.service)) / 3600;
    place = here;
  }
  return cost;
}
