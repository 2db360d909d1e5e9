import type { LatLon, TravelMatrix, VroomDocument, VroomVehicle, VroomVisit } from "@trivium/model";
import {
  type Job,
  type Matrix,
  type Shipment,
  UNREACHABLE,
  type Vehicle,
  type Visit,
  type VrpProblem,
  type Window,
} from "../problem.ts";
import { matricesOf, profileOf, usesMatrices, visitsOf } from "./check.ts";

/** A document as our problem, with what leads back to its ids. */
export interface VroomReading {
  readonly document: VroomDocument;
  readonly problem: VrpProblem;
  /** Our second 0 in the document's time. */
  readonly originS: number;
  readonly hasDistances: boolean;
}

/** Ids and kinds of a task. */
export interface TaskName {
  readonly type: "job" | "pickup" | "delivery";
  readonly visit: VroomVisit;
}

/** Times later than this are counted from just before the first one, so that they stay whole in 32 bits. */
const LATE_S = 2 ** 28;
const MARGIN_S = 10_000_000;

/** Distinct coordinates of a document without matrices, in the order in which `readVroom` expects the drives between them. */
export function locationsOf(document: VroomDocument): LatLon[] {
  if (usesMatrices(document)) return [];
  return [...placesByKey(document).keys()].map((key) => {
    const [lon, lat] = key.split(" ").map(Number);
    return { lat, lon };
  });
}

/**
 * @param document checked by `checkVroom`
 * @param drives   between all of `locationsOf(document)`; needed where there are no matrices
 */
export function readVroom(document: VroomDocument, drives?: TravelMatrix): VroomReading {
  const { jobs = [], shipments = [], vehicles } = document;
  const originS = originOf(document);
  const byKey = placesByKey(document);
  const placeOf = (location: readonly [number, number] | undefined, index: number | undefined) =>
    index !== undefined && usesMatrices(document) ? index : (byKey.get(keyOf(location)) as number);
  const profiles = drives ? ["roads"] : Object.keys(matricesOf(document));
  const vehicleAt = new Map(vehicles.map(({ id }, v) => [id, v]));
  const visit = (each: VroomVisit): Visit => ({
    place: placeOf(each.location, each.location_index),
    setupS: each.setup ?? 0,
    serviceS: each.service ?? 0,
    windows: windowsOf(each.time_windows, originS),
  });
  const pinned = (id: number | undefined) => (id === undefined ? undefined : vehicleAt.get(id));
  const readJobs = jobs.map(
    (job): Job => ({
      visit: visit(job),
      delivery: job.delivery ?? [],
      pickup: job.pickup ?? [],
      skills: job.skills ?? [],
      priority: job.priority ?? 0,
      skipCost: job.skip_cost,
      onlyVehicle: pinned(job.vehicle),
      position: job.position,
    }),
  );
  const readShipments = shipments.map(
    (shipment): Shipment => ({
      pickup: visit(shipment.pickup),
      delivery: visit(shipment.delivery),
      amount: shipment.amount ?? [],
      skills: shipment.skills ?? [],
      priority: shipment.priority ?? 0,
      skipCost: shipment.skip_cost,
      onlyVehicle: pinned(shipment.vehicle),
      rideMaxS: shipment.max_ride_time,
    }),
  );
  const taskOf = tasksByName(document);
  const readVehicle = (each: VroomVehicle): Vehicle => ({
    start: each.start === undefined && each.start_index === undefined ? null : placeOf(each.start, each.start_index),
    end: each.end === undefined && each.end_index === undefined ? null : placeOf(each.end, each.end_index),
    capacity: each.capacity ?? [],
    skills: each.skills ?? [],
    window: each.time_window ? windowsOf([each.time_window], originS)[0] : null,
    breaks: (each.breaks ?? []).map(({ service = 0, time_windows, max_load }) => ({
      serviceS: service,
      windows: windowsOf(time_windows, originS),
      loadMax: max_load,
    })),
    costs: {
      fixed: each.costs?.fixed ?? 0,
      perHour: each.costs?.per_hour ?? 3600,
      perKm: each.costs?.per_km ?? 0,
      perTaskHour: each.costs?.per_task_hour ?? 0,
    },
    matrix: drives ? 0 : profiles.indexOf(profileOf(each.profile)),
    speedFactor: each.speed_factor ?? 1,
    tasksMax: each.max_tasks ?? Infinity,
    travelMaxS: each.max_travel_time ?? Infinity,
    distanceMaxM: each.max_distance ?? Infinity,
    durationMaxS: each.max_duration ?? Infinity,
    initial: (each.steps ?? []).flatMap(({ type, id }) => taskOf.get(`${type} ${id}`) ?? []),
  });
  return {
    document,
    originS,
    hasDistances:
      drives !== undefined || Object.values(matricesOf(document)).every(({ distances }) => distances !== undefined),
    problem: {
      places: drives ? byKey.size : (Object.values(matricesOf(document))[0].durations?.length ?? 0),
      matrices: drives ? [driven(drives)] : profiles.map((profile) => given(matricesOf(document)[profile])),
      jobs: readJobs,
      shipments: readShipments,
      vehicles: vehicles.map(readVehicle),
      order: jobs.flatMap(({ after }, i) =>
        after === undefined ? [] : [[taskOf.get(`job ${after}`) as number, i] as const],
      ),
      fewestVehicles: document.options?.fewest_vehicles ?? false,
    },
  };
}

/** What a task of the problem is called in the document. */
export function nameOf({ jobs = [], shipments = [] }: VroomDocument, task: number): TaskName {
  if (task < jobs.length) return { type: "job", visit: jobs[task] };
  const type = (task - jobs.length) % 2 === 0 ? "pickup" : "delivery";
  return { type, visit: shipments[(task - jobs.length) >> 1][type] };
}

/** Tasks by `job 7`, `pickup 7`, `delivery 7`. */
export function tasksByName({ jobs = [], shipments = [] }: VroomDocument): Map<string, number> {
  return new Map([
    ...jobs.map(({ id }, i): [string, number] => [`job ${id}`, i]),
    ...shipments.flatMap(({ pickup, delivery }, i): [string, number][] => [
      [`pickup ${pickup.id}`, jobs.length + 2 * i],
      [`delivery ${delivery.id}`, jobs.length + 2 * i + 1],
    ]),
  ]);
}

const keyOf = (location: readonly [number, number] | undefined): string => location?.join(" ") ?? "";

function placesByKey(document: VroomDocument): Map<string, number> {
  const byKey = new Map<string, number>();
  const add = (location: readonly [number, number] | undefined) => {
    if (location && !byKey.has(keyOf(location))) byKey.set(keyOf(location), byKey.size);
  };
  for (const { visit } of visitsOf(document)) add(visit.location);
  for (const { start, end } of document.vehicles) {
    add(start);
    add(end);
  }
  return byKey;
}

function windowsOf(windows: readonly (readonly [number, number])[] | undefined, originS: number): Window[] {
  return (windows ?? []).map(([begin, end]) => [Math.max(0, begin - originS), end - originS] as const);
}

function originOf(document: VroomDocument): number {
  let first = Infinity;
  let last = 0;
  const see = (windows: readonly (readonly [number, number])[] | undefined) =>
    windows?.forEach(([begin, end]) => {
      first = Math.min(first, begin);
      last = Math.max(last, begin, Math.min(end, begin + LATE_S));
    });
  for (const { visit } of visitsOf(document)) see(visit.time_windows);
  for (const { time_window, breaks = [] } of document.vehicles) {
    if (time_window) see([time_window]);
    for (const { time_windows } of breaks) see(time_windows);
  }
  return last <= LATE_S || first <= MARGIN_S ? 0 : first - MARGIN_S;
}

function given(each: NonNullable<VroomDocument["matrices"]>[string]): Matrix {
  const flat = (rows: readonly (readonly (number | null)[])[] | undefined, size: number, blocked: number) => {
    const all = new Int32Array(size * size);
    rows?.forEach((row, r) => {
      row.forEach((value, c) => {
        all[r * size + c] = value === null ? blocked : Math.min(value, UNREACHABLE);
      });
    });
    return all;
  };
  const size = each.durations?.length ?? 0;
  return {
    durationsS: flat(each.durations, size, UNREACHABLE),
    distancesM: flat(each.distances, size, UNREACHABLE),
    ...(each.costs ? { costs: flat(each.costs, size, UNREACHABLE) } : {}),
  };
}

function driven({ durationsS, distancesM }: TravelMatrix): Matrix {
  const rounded = (values: Float64Array) =>
    Int32Array.from(values, (value) => (Number.isNaN(value) ? UNREACHABLE : Math.round(value)));
  return { durationsS: rounded(durationsS), distancesM: rounded(distancesM) };
}
