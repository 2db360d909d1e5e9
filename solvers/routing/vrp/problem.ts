/**
 * Generic vehicle routing: what is asked. Seconds, metres and amounts are whole numbers; costs are in the caller's unit.
 * Tasks are numbered: jobs first, then pickup and delivery of each shipment in turn (`jobs + 2 i`, `jobs + 2 i + 1`).
 */

/** A span in which a service may begin, both ends inclusive. */
export type Window = readonly [open: number, close: number];

/** One call at a place. */
export interface Visit {
  /** Row and column of the matrices. */
  readonly place: number;
  /** Spent before the service where the vehicle comes from another place. */
  readonly setupS: number;
  readonly serviceS: number;
  /** Ascending and disjoint; empty = any time. */
  readonly windows: readonly Window[];
}

interface Demand {
  readonly skills: readonly number[];
  /** 0 to 100. Served first is the greater sum of priorities, then the greater number of tasks, then the lower cost. */
  readonly priority: number;
  /** Cost of leaving it out; undefined = it is left out only where it cannot be served. */
  readonly skipCost?: number;
  /** Only this vehicle (index) may serve it. */
  readonly onlyVehicle?: number;
}

export interface Job extends Demand {
  readonly visit: Visit;
  /** Loaded at the start of the tour. One entry a dimension, as in `capacity`. */
  readonly delivery: readonly number[];
  /** Brought to the end of the tour. */
  readonly pickup: readonly number[];
  /** First or last call of its tour. */
  readonly position?: "first" | "last";
}

export interface Shipment extends Demand {
  readonly pickup: Visit;
  readonly delivery: Visit;
  readonly amount: readonly number[];
  /** Longest time from the end of the pickup to the begin of the delivery. */
  readonly rideMaxS?: number;
}

export interface Break {
  /** Spans in which it may begin; empty = any time. */
  readonly windows: readonly Window[];
  readonly serviceS: number;
  /** Highest load at the break, by dimension. */
  readonly loadMax?: readonly number[];
}

export interface Costs {
  /** For a vehicle that serves anything. */
  readonly fixed: number;
  readonly perHour: number;
  readonly perKm: number;
  /** Per hour of setup and service. */
  readonly perTaskHour: number;
}

export interface Vehicle {
  /** Where it starts; null = at its first call. */
  readonly start: number | null;
  /** Where it ends; null = at its last call (an open tour). */
  readonly end: number | null;
  readonly capacity: readonly number[];
  readonly skills: readonly number[];
  readonly window: Window | null;
  /** Taken in this order. */
  readonly breaks: readonly Break[];
  readonly costs: Costs;
  /** Which of the matrices it drives on. */
  readonly matrix: number;
  /** Its drives take the matrix' durations divided by this. */
  readonly speedFactor: number;
  readonly tasksMax: number;
  readonly travelMaxS: number;
  readonly distanceMaxM: number;
  /** From departure to arrival at the end: driving, service, waiting and breaks. */
  readonly durationMaxS: number;
  /** Tasks of a tour to start from, in order. */
  readonly initial: readonly number[];
}

/** Row-major, places × places; `UNREACHABLE` where no way leads. */
export interface Matrix {
  readonly durationsS: Int32Array;
  readonly distancesM: Int32Array;
  /** Where given, a drive costs this, and not time and distance. */
  readonly costs?: Int32Array;
}

export interface VrpProblem {
  readonly places: number;
  readonly matrices: readonly Matrix[];
  readonly jobs: readonly Job[];
  readonly shipments: readonly Shipment[];
  readonly vehicles: readonly Vehicle[];
  /** Pairs of tasks: where one vehicle serves both, the first comes before the second. */
  readonly order: readonly (readonly [number, number])[];
  /** Fewest vehicles first, then cost. */
  readonly fewestVehicles: boolean;
}

/** Leg of a matrix that cannot be driven. Larger than any leg, small enough that two of them add up in 32 bits. */
export const UNREACHABLE = 2 ** 29;

export interface Tour {
  readonly vehicle: number;
  /** Tasks in order. */
  readonly tasks: readonly number[];
}

/** Tours of the vehicles that serve anything. Tasks in none of them are left out. */
export interface VrpPlan {
  readonly tours: readonly Tour[];
}

export const taskCount = (problem: VrpProblem): number => problem.jobs.length + 2 * problem.shipments.length;

/** The call that a task is. */
export function visitOf({ jobs, shipments }: VrpProblem, task: number): Visit {
  if (task < jobs.length) return jobs[task].visit;
  const shipment = shipments[(task - jobs.length) >> 1];
  return (task - jobs.length) & 1 ? shipment.delivery : shipment.pickup;
}

/** The job or shipment that a task belongs to. */
export function demandOf({ jobs, shipments }: VrpProblem, task: number): Job | Shipment {
  return task < jobs.length ? jobs[task] : shipments[(task - jobs.length) >> 1];
}
