import type { VroomJob, VroomShipment, VroomStep, VroomViolation } from "@trivium/model";
import type { Report } from "../../report.ts";
import { amountsOf, causes, inWindows, leftAt, type Reading, type RouteReading, startOf } from "../reading.ts";

/**
 * Every rule of the document that the route breaks is named where it is broken, and nothing else is. In an answer that was planned, there is none:
 * violations are allowed only where the document asked to time its own routes.
 */
export function checkViolations(reading: Reading, of: RouteReading, report: Report): void {
  const { route, vehicle } = of;
  const where = { vehicle: vehicle.id };
  const load = loadsOf(reading, of);
  const seen: VroomViolation[] = [];
  route.steps.forEach((step, i) => {
    const actual = [...atStep(reading, of, step, i), ...overloaded(vehicle.capacity, load[i])];
    seen.push(...actual);
    const named = `step ${i} (${step.type} ${step.id ?? ""}) of vehicle ${vehicle.id}`;
    report.agree(
      "vrp.step-violations",
      causes(step.violations),
      causes(actual),
      {},
      `what is violated at ${named}`,
      where,
    );
    if (reading.dims > 0) report.agree("vrp.load", step.load?.join(), load[i].join(), {}, `load at ${named}`, where);
  });
  const whole = [...new Set([...seen, ...onRoute(reading, of)].map(({ cause }) => cause))].sort().join(" ");
  report.agree(
    "vrp.route-violations",
    causes(route.violations),
    whole,
    {},
    `what vehicle ${vehicle.id} violates`,
    where,
  );
  if (reading.document.options?.c !== true)
    report.check("vrp.no-violation", whole === "", () => `vehicle ${vehicle.id} violates ${whole}`, where);
}

function loadsOf({ dims }: Reading, { route, tasks }: RouteReading): number[][] {
  const load = Array.from({ length: dims }, (_, d) =>
    tasks.reduce((sum, task) => sum + amountsOf(task, d).fromStart, 0),
  );
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  return route.steps.map(({ type, id }) => {
    const task = byKey.get(`${type} ${id}`);
    if (task) for (let d = 0; d < dims; d++) load[d] += amountsOf(task, d).change;
    return [...load];
  });
}

const overloaded = (capacity: readonly number[] | undefined, load: readonly number[]): VroomViolation[] =>
  capacity && load.some((each, d) => each > capacity[d]) ? [{ cause: "load" }] : [];

function atStep(reading: Reading, of: RouteReading, step: VroomStep, at: number): VroomViolation[] {
  const { vehicle, route } = of;
  const found: VroomViolation[] = [];
  const [opens, closes] = vehicle.time_window ?? [0, Infinity];
  if (at === 0 && step.arrival < opens) found.push({ cause: "lead_time" });
  if (at === route.steps.length - 1 && leftAt(step) > closes) found.push({ cause: "delay" });
  if (step.type === "break") {
    const pause = vehicle.breaks?.find(({ id }) => id === step.id);
    found.push(...untimely(pause?.time_windows, startOf(step)));
    if (pause?.max_load?.some((most, d) => (step.load?.[d] ?? 0) > most)) found.push({ cause: "max_load" });
    return found;
  }
  const task = reading.taskOf(step);
  if (!task) return found;
  const asked = vehicle.steps?.find(({ type, id }) => type === step.type && id === step.id);
  const due =
    reading.document.options?.c === true ? (asked?.service_before ?? asked?.service_at ?? Infinity) : Infinity;
  const timely = untimely(task.visit.time_windows, startOf(step));
  found.push(...(timely.length === 0 && startOf(step) > due ? [{ cause: "delay" as const }] : timely));
  const { skills = [], vehicle: pinned } = task.demand;
  if (skills.some((skill) => !vehicle.skills?.includes(skill)) || (pinned !== undefined && pinned !== vehicle.id))
    found.push({ cause: "skills" });
  const stepOf = (key: string | undefined) => route.steps.findIndex(({ type, id }) => `${type} ${id}` === key);
  const partnerAt = stepOf(task.partner);
  const late = task.type === "delivery" ? partnerAt > at : false;
  if (task.partner !== undefined && (partnerAt < 0 || late)) found.push({ cause: "precedence" });
  const after = (task.demand as VroomJob).after;
  if (task.type === "job" && after !== undefined && stepOf(`job ${after}`) > at) found.push({ cause: "precedence" });
  const ride = (task.demand as VroomShipment).max_ride_time;
  if (
    task.type === "delivery" &&
    ride !== undefined &&
    partnerAt >= 0 &&
    partnerAt < at &&
    startOf(step) - leftAt(route.steps[partnerAt]) > ride
  )
    found.push({ cause: "max_ride_time" });
  const position = (task.demand as VroomJob).position;
  const order = of.tasks.indexOf(task);
  if (
    task.type === "job" &&
    ((position === "first" && order > 0) || (position === "last" && order < of.tasks.length - 1))
  )
    found.push({ cause: "precedence" });
  return found;
}

function untimely(windows: readonly (readonly [number, number])[] | undefined, time: number): VroomViolation[] {
  if (inWindows(windows, time)) return [];
  return [
    {
      cause: (windows as readonly (readonly [number, number])[]).every(([, end]) => time > end) ? "delay" : "lead_time",
    },
  ];
}

function onRoute({ hasDistances }: Reading, { route, vehicle, tasks }: RouteReading): VroomViolation[] {
  const { steps } = route;
  const found: VroomViolation[] = [];
  const last = steps[steps.length - 1];
  const over = (cause: VroomViolation["cause"], value: number, most: number | undefined) => {
    if (most !== undefined && value > most) found.push({ cause });
  };
  over("max_tasks", tasks.length, vehicle.max_tasks);
  over("max_travel_time", last.duration, vehicle.max_travel_time);
  over("max_duration", leftAt(last) - steps[0].arrival, vehicle.max_duration);
  if (hasDistances) over("max_distance", last.distance ?? 0, vehicle.max_distance);
  for (const { id } of vehicle.breaks ?? [])
    if (steps.filter((step) => step.type === "break" && step.id === id).length !== 1)
      found.push({ cause: "missing_break" });
  return found;
}
