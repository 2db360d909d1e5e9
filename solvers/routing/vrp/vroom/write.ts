import type { VroomAnswer, VroomRoute, VroomStep, VroomUnassigned, VroomViolation } from "@trivium/model";
import { driveCost } from "../drives.ts";
import { demandOf, type Matrix, taskCount, type VrpProblem, visitOf } from "../problem.ts";
import type { TourEvent } from "../schedule.ts";
import { nameOf, type VroomReading } from "./read.ts";

/** A tour with its times, and what it violates where it was given and not planned. */
export interface TimedTour {
  readonly vehicle: number;
  readonly events: readonly TourEvent[];
  /** By event; empty for a tour of our own. */
  readonly violations?: readonly (readonly VroomViolation[])[];
  readonly routeViolations?: readonly VroomViolation[];
}

/** The answer in VROOM's JSON. Costs are rounded to whole numbers a route, as VROOM gives them. */
export function writeVroom(
  reading: VroomReading,
  tours: readonly TimedTour[],
  unassigned: readonly VroomUnassigned[],
): VroomAnswer {
  const routes = tours.map((tour) => routeOf(reading, tour));
  const sum = (of: (route: VroomRoute) => number) => routes.reduce((total, route) => total + of(route), 0);
  const sums = (of: (route: VroomRoute) => readonly number[] | undefined) =>
    routes.reduce<number[]>(
      (total, route) => total.map((each, d) => each + (of(route)?.[d] ?? 0)),
      new Array(dimsOf(reading)).fill(0),
    );
  const loaded = dimsOf(reading) > 0;
  return {
    code: 0,
    summary: {
      cost: sum(({ cost }) => cost),
      routes: routes.length,
      unassigned: unassigned.length,
      ...(loaded ? { delivery: sums(({ delivery }) => delivery), pickup: sums(({ pickup }) => pickup) } : {}),
      setup: sum(({ setup }) => setup),
      service: sum(({ service }) => service),
      duration: sum(({ duration }) => duration),
      waiting_time: sum(({ waiting_time }) => waiting_time),
      priority: sum(({ priority }) => priority),
      ...(reading.hasDistances ? { distance: sum(({ distance }) => distance ?? 0) } : {}),
      violations: merged(routes.flatMap(({ violations }) => violations)),
    },
    unassigned: [...unassigned],
    routes,
  };
}

/** Number of dimensions of amounts that the document uses. */
const dimsOf = ({ problem: { vehicles, jobs, shipments } }: VroomReading): number =>
  Math.max(
    0,
    ...vehicles.map(({ capacity }) => capacity.length),
    ...jobs.map(({ delivery, pickup }) => Math.max(delivery.length, pickup.length)),
    ...shipments.map(({ amount }) => amount.length),
  );

function routeOf(reading: VroomReading, tour: TimedTour): VroomRoute {
  const { problem, document } = reading;
  const vehicle = problem.vehicles[tour.vehicle];
  const { steps, cost, distance } = stepsOf(reading, tour);
  const tasks = tour.events.filter(({ kind }) => kind === "task").map(({ index }) => index);
  const total = (of: (step: VroomStep) => number) => steps.reduce((sum, step) => sum + of(step), 0);
  const serving = steps.filter(({ type }) => type !== "break");
  const served = serving.reduce((sum, { setup, service }) => sum + setup + service, 0);
  const amount = (side: "delivery" | "pickup") =>
    Array.from({ length: dimsOf(reading) }, (_, d) =>
      tasks.reduce((sum, task) => sum + amountOf(problem, task, side, d), 0),
    );
  const description = document.vehicles[tour.vehicle].description;
  return {
    vehicle: document.vehicles[tour.vehicle].id,
    ...(description === undefined ? {} : { description }),
    cost: Math.round(vehicle.costs.fixed + cost + (vehicle.costs.perTaskHour * served) / 3600),
    ...(dimsOf(reading) > 0 ? { delivery: amount("delivery"), pickup: amount("pickup") } : {}),
    setup: total(({ setup }) => setup),
    service: total(({ service }) => service),
    duration: steps[steps.length - 1].duration,
    waiting_time: total(({ waiting_time }) => waiting_time),
    priority: tasks.reduce((sum, task) => sum + demandOf(problem, task).priority, 0),
    ...(reading.hasDistances ? { distance } : {}),
    violations: merged([...steps.flatMap(({ violations }) => violations), ...(tour.routeViolations ?? [])]),
    steps,
  };
}

/** Steps with loads and distances; cost and distance of the drives. */
function stepsOf(reading: VroomReading, { vehicle: v, events, violations }: TimedTour) {
  const { problem, document, originS, hasDistances } = reading;
  const vehicle = problem.vehicles[v];
  const dims = dimsOf(reading);
  const tasks = events.filter(({ kind }) => kind === "task").map(({ index }) => index);
  const load = Array.from({ length: dims }, (_, d) =>
    tasks.reduce((sum, task) => sum + (task < problem.jobs.length ? (problem.jobs[task].delivery[d] ?? 0) : 0), 0),
  );
  let place = vehicle.start;
  let cost = 0;
  let distance = 0;
  const steps: VroomStep[] = [];
  /** Metres since the last call at a break on the way: in step with the time driven. */
  const gone = (at: number): number => {
    const before = events.slice(0, at).findLast(({ kind }) => kind !== "break") as TourEvent;
    const after = events.slice(at).find(({ kind }) => kind !== "break") as TourEvent;
    const to = after.kind === "task" ? visitOf(problem, after.index).place : vehicle.end;
    if (place === null || to === null || after.driveS === before.driveS) return 0;
    const leg = problem.matrices[vehicle.matrix].distancesM[place * problem.places + to];
    return Math.round((leg * (events[at].driveS - before.driveS)) / (after.driveS - before.driveS));
  };
  events.forEach((event, at) => {
    if (event.kind === "start" && vehicle.start === null) return;
    if (event.kind === "end" && vehicle.end === null) return;
    const visit = event.kind === "task" ? nameOf(document, event.index) : null;
    const to = event.kind === "task" ? visitOf(problem, event.index).place : event.kind === "end" ? vehicle.end : place;
    if (place !== null && to !== null && event.kind !== "break") {
      cost += driveCost(problem, vehicle, place * problem.places + to);
      distance += metres(problem.matrices[vehicle.matrix], place * problem.places + to);
    }
    if (event.kind !== "break") place = to;
    if (event.kind === "task") for (let d = 0; d < dims; d++) load[d] += changeOf(problem, event.index, d);
    steps.push({
      ...stepName(reading, v, event, visit),
      setup: event.setupS,
      service: event.serviceS,
      waiting_time: event.waitS,
      ...(dims > 0 ? { load: [...load] } : {}),
      arrival: event.arriveS + originS,
      duration: event.driveS,
      ...(hasDistances ? { distance: event.kind === "break" ? distance + gone(at) : distance } : {}),
      violations: [...(violations?.[at] ?? [])],
    });
  });
  return { steps, cost, distance };
}

function stepName(reading: VroomReading, v: number, event: TourEvent, named: ReturnType<typeof nameOf> | null) {
  const vehicle = reading.document.vehicles[v];
  const placed = (location: [number, number] | undefined, index: number | undefined) => ({
    ...(location === undefined ? {} : { location }),
    ...(index === undefined ? {} : { location_index: index }),
  });
  if (named) {
    const { id, description, location, location_index } = named.visit;
    return {
      type: named.type,
      id,
      ...(description === undefined ? {} : { description }),
      ...placed(location, location_index),
    };
  }
  if (event.kind === "break") {
    const { id, description } = vehicle.breaks?.[event.index] ?? { id: event.index };
    return { type: "break" as const, id, ...(description === undefined ? {} : { description }) };
  }
  return event.kind === "start"
    ? { type: "start" as const, ...placed(vehicle.start, vehicle.start_index) }
    : { type: "end" as const, ...placed(vehicle.end, vehicle.end_index) };
}

/** Load of the vehicle changes by this at a task. */
function changeOf(problem: VrpProblem, task: number, d: number): number {
  const { jobs, shipments } = problem;
  if (task < jobs.length) return (jobs[task].pickup[d] ?? 0) - (jobs[task].delivery[d] ?? 0);
  const amount = shipments[(task - jobs.length) >> 1].amount[d] ?? 0;
  return (task - jobs.length) % 2 === 0 ? amount : -amount;
}

function amountOf(problem: VrpProblem, task: number, side: "delivery" | "pickup", d: number): number {
  const { jobs, shipments } = problem;
  if (task < jobs.length) return jobs[task][side][d] ?? 0;
  const half = (task - jobs.length) % 2 === 0 ? "pickup" : "delivery";
  return half === side ? (shipments[(task - jobs.length) >> 1].amount[d] ?? 0) : 0;
}

const metres = ({ distancesM }: Matrix, at: number): number => distancesM[at];

/** One entry a cause, durations added up. */
function merged(violations: readonly VroomViolation[]): VroomViolation[] {
  const byCause = new Map<string, VroomViolation>();
  for (const each of violations) {
    const known = byCause.get(each.cause);
    const duration = (known?.duration ?? 0) + (each.duration ?? 0);
    byCause.set(each.cause, { cause: each.cause, ...(duration > 0 ? { duration } : {}) });
  }
  return [...byCause.values()];
}

/** Tasks in no tour. */
export function leftOut(problem: VrpProblem, tours: readonly TimedTour[]): number[] {
  const served = new Set(
    tours.flatMap(({ events }) => events.filter(({ kind }) => kind === "task").map(({ index }) => index)),
  );
  return Array.from({ length: taskCount(problem) }, (_, task) => task).filter((task) => !served.has(task));
}
