import type { VroomUnassigned } from "@trivium/model";
import type { Kernel } from "../kernel.ts";
import { demandOf, type Tour, UNREACHABLE, type VrpPlan } from "../problem.ts";
import { Schedule } from "../schedule.ts";
import { nameOf, type VroomReading } from "./read.ts";

type Reason = VroomUnassigned["reason"];

/** What stands against a set of tasks on one vehicle, and by how much. */
interface Obstacle {
  readonly reason: Reason;
  readonly text: string;
  readonly needed?: number;
  readonly available?: number;
}

/** From what rules a vehicle out for good to what a little more would mend: the last one reached is the reason. */
const REACH: readonly Reason[] = [
  "skills",
  "pinned_vehicle",
  "capacity",
  "unreachable",
  "max_tasks",
  "max_travel_time",
  "max_distance",
  "time_window",
  "schedule",
];

/** Vehicles named in a `no_room`. */
const BLOCKED_MAX = 10;

/**
 * Why each task is left out, with a witness: the vehicle that comes nearest to serving it alone and what is lacking there; or, where a vehicle could
 * serve it alone, what stands against it in the tours as planned.
 */
export class Reasons {
  readonly #reading: VroomReading;
  readonly #kernel: Kernel;
  readonly #tourOf: ReadonlyMap<number, Tour>;
  readonly #schedule: Schedule;

  constructor(reading: VroomReading, kernel: Kernel, plan: VrpPlan) {
    this.#reading = reading;
    this.#kernel = kernel;
    this.#tourOf = new Map(plan.tours.map((tour) => [tour.vehicle, tour]));
    this.#schedule = new Schedule(kernel);
  }

  /** @param tasks left out, both halves of a shipment among them */
  all(tasks: readonly number[]): VroomUnassigned[] {
    const { partner } = this.#kernel;
    const first = new Map<number, ReturnType<Reasons["why"]>>();
    return tasks.map((task) => {
      const head = partner[task] >= 0 && partner[task] < task ? partner[task] : task;
      if (!first.has(head)) first.set(head, this.why(head));
      const { type, visit } = nameOf(this.#reading.document, task);
      const { id, location, location_index, description } = visit;
      return {
        id,
        type,
        ...(location === undefined ? {} : { location }),
        ...(location_index === undefined ? {} : { location_index }),
        ...(description === undefined ? {} : { description }),
        ...(first.get(head) as ReturnType<Reasons["why"]>),
      };
    });
  }

  why(task: number): Pick<VroomUnassigned, "reason" | "witness"> {
    const { vehicles } = this.#reading.problem;
    const own = this.#kernel.partner[task] >= 0 ? [task, task + 1] : [task];
    const alone = vehicles.map((_, v) => this.#obstacle(v, own));
    const able = alone.flatMap((obstacle, v) => (obstacle === null ? [v] : []));
    if (able.length === 0) {
      const reach = alone.map((obstacle) => REACH.indexOf((obstacle as Obstacle).reason));
      const nearest = reach.indexOf(Math.max(...reach));
      const { reason, ...rest } = alone[nearest] as Obstacle;
      return { reason, witness: { vehicle: this.#idOf(nearest), ...rest } };
    }
    const skipCost = demandOf(this.#reading.problem, task).skipCost;
    const blocked: { vehicle: number; cause: string }[] = [];
    for (const v of able) {
      const cause = this.#blockage(v, own);
      if (cause === null && skipCost !== undefined)
        return {
          reason: "skip_cost",
          witness: {
            vehicle: this.#idOf(v),
            text: `serving it costs more than leaving it out, ${skipCost}`,
            available: skipCost,
          },
        };
      if (cause !== null && blocked.length < BLOCKED_MAX) blocked.push({ vehicle: this.#idOf(v), cause });
    }
    return {
      reason: "no_room",
      witness: {
        vehicle: this.#idOf(able[0]),
        text: `${able.length} ${able.length === 1 ? "vehicle" : "vehicles"} could serve it alone, none beside what is planned`,
        blocked,
      },
    };
  }

  #idOf(vehicle: number): number {
    return this.#reading.document.vehicles[vehicle].id;
  }

  /** What blocks the vehicle's tour: the cause at the place that gets furthest. Null where there is a place. */
  #blockage(vehicle: number, own: readonly number[]): string | null {
    const planned = this.#tourOf.get(vehicle)?.tasks ?? [];
    let furthest: Obstacle | null = null;
    for (let at = 0; at <= planned.length; at++)
      for (let to = own.length > 1 ? at : planned.length; to <= planned.length; to++) {
        const tasks =
          own.length > 1
            ? [...planned.slice(0, at), own[0], ...planned.slice(at, to), own[1], ...planned.slice(to)]
            : [...planned.slice(0, at), own[0], ...planned.slice(at)];
        const obstacle = this.#obstacle(vehicle, tasks);
        if (obstacle === null) return null;
        if (furthest === null || REACH.indexOf(obstacle.reason) > REACH.indexOf(furthest.reason)) furthest = obstacle;
      }
    return furthest?.reason ?? null;
  }

  /** First rule that a vehicle with these tasks in this order breaks. */
  #obstacle(vehicle: number, tasks: readonly number[]): Obstacle | null {
    return (
      this.#skills(vehicle, tasks) ??
      this.#loads(vehicle, tasks) ??
      this.#drives(vehicle, tasks) ??
      this.#windows(vehicle, tasks) ??
      this.#rest(vehicle, tasks)
    );
  }

  #skills(vehicle: number, tasks: readonly number[]): Obstacle | null {
    const { problem } = this.#reading;
    const has = problem.vehicles[vehicle].skills;
    for (const task of tasks) {
      const { skills, onlyVehicle } = demandOf(problem, task);
      const lacking = skills.filter((skill) => !has.includes(skill));
      if (lacking.length > 0) return { reason: "skills", text: `the vehicle lacks skill ${lacking.join(", ")}` };
      if (onlyVehicle !== undefined && onlyVehicle !== vehicle)
        return { reason: "pinned_vehicle", text: `it is pinned to vehicle ${this.#idOf(onlyVehicle)}` };
    }
    return null;
  }

  #loads(vehicle: number, tasks: readonly number[]): Obstacle | null {
    const { dims, delivery, pickup, change, capacity } = this.#kernel;
    for (let d = 0; d < dims; d++) {
      let load = 0;
      for (const task of tasks) load += delivery[task * dims + d];
      let peak = load;
      for (const task of tasks) {
        load += pickup[task * dims + d] - delivery[task * dims + d] + change[task * dims + d];
        peak = Math.max(peak, load);
      }
      const available = capacity[vehicle * dims + d];
      if (peak > available)
        return {
          reason: "capacity",
          text: `load ${peak} in dimension ${d + 1}, capacity ${available}`,
          needed: peak,
          available,
        };
    }
    return null;
  }

  #drives(vehicle: number, tasks: readonly number[]): Obstacle | null {
    const { travel, travelBase, distance, distanceBase, tasksMax, travelMax, distanceMax } = this.#kernel;
    const time = this.#sum(vehicle, tasks, travel, travelBase[vehicle]);
    const metres = this.#sum(vehicle, tasks, distance, distanceBase[vehicle]);
    if (time >= UNREACHABLE) return { reason: "unreachable", text: "no way leads there, or none back" };
    const over = (reason: Reason, needed: number, available: number, what: string): Obstacle | null =>
      needed > available ? { reason, text: `${what} ${needed}, at most ${available}`, needed, available } : null;
    return (
      over("max_tasks", tasks.length, tasksMax[vehicle], "tasks") ??
      over("max_travel_time", time, travelMax[vehicle], "seconds of driving") ??
      over("max_distance", metres, distanceMax[vehicle], "metres")
    );
  }

  #sum(vehicle: number, tasks: readonly number[], matrix: Int32Array, base: number): number {
    const { row, place, tasks: first } = this.#kernel;
    const nodes = [first + 2 * vehicle, ...tasks, first + 2 * vehicle + 1];
    return nodes.slice(1).reduce((sum, to, i) => sum + matrix[base + row[nodes[i]] + place[to]], 0);
  }

  /** Windows and shift alone, without breaks and the rest. */
  #windows(vehicle: number, tasks: readonly number[]): Obstacle | null {
    const { originS } = this.#reading;
    const kernel = this.#kernel;
    const { row, place, travel, travelBase, windows, windowFrom, service, shiftOpen, shiftClose } = kernel;
    const base = travelBase[vehicle];
    let time = shiftOpen[vehicle];
    let from = kernel.tasks + 2 * vehicle;
    for (const task of tasks) {
      time += travel[base + row[from] + place[task]];
      let w = windowFrom[task];
      while (w < windowFrom[task + 1] && time > windows[2 * w + 1]) w++;
      if (w === windowFrom[task + 1]) {
        const { type, visit } = nameOf(this.#reading.document, task);
        const available = windows[2 * w - 1] + originS;
        return {
          reason: "time_window",
          text: `${type} ${visit.id} is reached at ${time + originS} at the earliest, its last window ends at ${available}`,
          needed: time + originS,
          available,
        };
      }
      time = Math.max(time, windows[2 * w]) + service[task];
      from = task;
    }
    time += travel[base + row[from] + place[kernel.tasks + 2 * vehicle + 1]];
    if (time <= shiftClose[vehicle]) return null;
    const available = shiftClose[vehicle] + originS;
    return {
      reason: "time_window",
      text: `the vehicle is back at ${time + originS} at the earliest, its time window ends at ${available}`,
      needed: time + originS,
      available,
    };
  }

  #rest(vehicle: number, tasks: readonly number[]): Obstacle | null {
    this.#schedule.set(tasks);
    return this.#schedule.feasible(vehicle)
      ? null
      : {
          reason: "schedule",
          text: "breaks, setups, the longest ride, the longest duration or the order leave no time for it",
        };
  }
}
