import type { VroomVehicle, VroomViolation } from "@trivium/model";
import { FAR, type Kernel } from "../kernel.ts";
import { demandOf, UNREACHABLE, type Window } from "../problem.ts";
import type { TourEvent } from "../schedule.ts";
import { tasksByName, type VroomReading } from "./read.ts";
import type { TimedTour } from "./write.ts";

type Step = NonNullable<VroomVehicle["steps"]>[number];

/**
 * Times the routes that the document gives, changing nothing in them, and names what they violate (VROOM's option `c`).
 * Each thing happens as soon as it can; a service that comes too late for its windows is a `delay`.
 */
export function timeGivenRoutes(reading: VroomReading, kernel: Kernel): TimedTour[] {
  return reading.document.vehicles.flatMap(({ steps = [] }, vehicle) => {
    const given = steps.filter(({ type }) => type !== "start" && type !== "end");
    return given.length === 0 ? [] : [new Timing(reading, kernel, vehicle).time(steps)];
  });
}

class Timing {
  readonly #reading: VroomReading;
  readonly #kernel: Kernel;
  readonly #vehicle: number;
  readonly #events: TourEvent[] = [];
  readonly #violations: VroomViolation[][] = [];
  readonly #served: number[] = [];
  readonly #endOf = new Map<number, number>();
  readonly #load: number[];
  #time: number;
  #node: number;
  #driven = 0;

  constructor(reading: VroomReading, kernel: Kernel, vehicle: number) {
    this.#reading = reading;
    this.#kernel = kernel;
    this.#vehicle = vehicle;
    this.#time = kernel.shiftOpen[vehicle];
    this.#node = kernel.tasks + 2 * vehicle;
    this.#load = new Array(kernel.dims).fill(0);
  }

  time(steps: readonly Step[]): TimedTour {
    const { document } = this.#reading;
    const taskOf = tasksByName(document);
    const tasks = steps.flatMap(({ type, id }) => taskOf.get(`${type} ${id}`) ?? []);
    const { dims, delivery, tasksMax, durationMax, travelMax, distanceMax } = this.#kernel;
    for (let d = 0; d < dims; d++) this.#load[d] = tasks.reduce((sum, task) => sum + delivery[task * dims + d], 0);
    const start = steps.find(({ type }) => type === "start");
    this.#time = Math.max(this.#time, this.#begin(start, this.#time));
    const startS = this.#time;
    this.#push(
      { kind: "start", index: 0, arriveS: startS, waitS: 0, setupS: 0, serviceS: 0, driveS: 0 },
      this.#overload(),
    );
    for (const step of steps) {
      if (step.type === "break") this.#pause(step);
      else if (step.type !== "start" && step.type !== "end")
        this.#call(taskOf.get(`${step.type} ${step.id}`) as number, step, tasks);
    }
    this.#finish();
    const routeViolations: VroomViolation[] = [];
    const vehicle = document.vehicles[this.#vehicle];
    const taken = steps.filter(({ type }) => type === "break").length;
    if (taken < (vehicle.breaks?.length ?? 0)) routeViolations.push({ cause: "missing_break" });
    if (tasks.length > tasksMax[this.#vehicle]) routeViolations.push({ cause: "max_tasks" });
    const over = (cause: VroomViolation["cause"], by: number) =>
      by > 0 && routeViolations.push({ cause, duration: by });
    over("max_travel_time", this.#driven - travelMax[this.#vehicle]);
    over("max_duration", this.#time - startS - durationMax[this.#vehicle]);
    if (this.#metres(tasks) > distanceMax[this.#vehicle]) routeViolations.push({ cause: "max_distance" });
    for (const task of tasks) {
      const { partner } = this.#kernel;
      if (partner[task] >= 0 && !tasks.includes(partner[task]))
        this.#violations[this.#eventOf(task)].push({ cause: "precedence" });
    }
    return { vehicle: this.#vehicle, events: this.#events, violations: this.#violations, routeViolations };
  }

  #eventOf(task: number): number {
    return this.#events.findIndex(({ kind, index }) => kind === "task" && index === task);
  }

  #call(task: number, step: Step, tasks: readonly number[]): void {
    const { dims, pickup, delivery, change, partner, rideMax, windows, windowFrom, service, setup, place } =
      this.#kernel;
    const arriveS = this.#drive(task);
    const spans: Window[] = [];
    for (let w = windowFrom[task]; w < windowFrom[task + 1]; w++) spans.push([windows[2 * w], windows[2 * w + 1]]);
    const { start, violations } = this.#startIn(arriveS, spans, step);
    const setupS = place[this.#node] === place[task] ? 0 : setup[task];
    const { skills, onlyVehicle } = demandOf(this.#reading.problem, task);
    const has = this.#reading.problem.vehicles[this.#vehicle].skills;
    if (skills.some((skill) => !has.includes(skill)) || (onlyVehicle !== undefined && onlyVehicle !== this.#vehicle))
      violations.push({ cause: "skills" });
    const pickupTask = partner[task] >= 0 && partner[task] < task ? partner[task] : -1;
    if (pickupTask >= 0 && tasks.includes(pickupTask)) {
      const left = this.#endOf.get(pickupTask);
      if (left === undefined) violations.push({ cause: "precedence" });
      else if (start - left > rideMax[pickupTask])
        violations.push({ cause: "max_ride_time", duration: start - left - rideMax[pickupTask] });
    }
    const { position } = this.#kernel;
    const misplaced =
      position[task] === 1 ? this.#served.length > 0 : position[task] === 2 && this.#served.length < tasks.length - 1;
    if (misplaced) violations.push({ cause: "precedence" });
    if (
      this.#reading.problem.order.some(
        ([first, second]) => second === task && tasks.includes(first) && !this.#served.includes(first),
      )
    )
      violations.push({ cause: "precedence" });
    for (let d = 0; d < dims; d++)
      this.#load[d] += pickup[task * dims + d] - delivery[task * dims + d] + change[task * dims + d];
    this.#time = start + setupS + service[task];
    this.#endOf.set(task, this.#time);
    this.#served.push(task);
    this.#node = task;
    this.#push(
      {
        kind: "task",
        index: task,
        arriveS,
        waitS: start - arriveS,
        setupS,
        serviceS: service[task],
        driveS: this.#driven,
      },
      [...violations, ...this.#overload()],
    );
  }

  #pause(step: Step): void {
    const breaks = this.#reading.document.vehicles[this.#vehicle].breaks ?? [];
    const index = breaks.findIndex(({ id }) => id === step.id);
    const pause = this.#reading.problem.vehicles[this.#vehicle].breaks[index];
    const arriveS = this.#time;
    const { start, violations } = this.#startIn(arriveS, pause.windows, step);
    if (pause.loadMax?.some((most, d) => this.#load[d] > most)) violations.push({ cause: "max_load" });
    this.#time = start + pause.serviceS;
    this.#push(
      {
        kind: "break",
        index,
        arriveS,
        waitS: start - arriveS,
        setupS: 0,
        serviceS: pause.serviceS,
        driveS: this.#driven,
      },
      [...violations, ...this.#overload()],
    );
  }

  #finish(): void {
    const arriveS = this.#drive(this.#kernel.tasks + 2 * this.#vehicle + 1);
    this.#time = arriveS;
    const late = arriveS - this.#kernel.shiftClose[this.#vehicle];
    const violations: VroomViolation[] = late > 0 ? [{ cause: "delay", duration: late }] : [];
    // A route without an end is over with its last call.
    if (this.#reading.problem.vehicles[this.#vehicle].end === null)
      this.#violations[this.#violations.length - 1].push(...violations);
    this.#push({ kind: "end", index: 0, arriveS, waitS: 0, setupS: 0, serviceS: 0, driveS: this.#driven }, [
      ...violations,
      ...this.#overload(),
    ]);
  }

  /** Drives to a node. A pair that no way joins is driven in no time: there is nothing better to say. */
  #drive(node: number): number {
    const { travel, travelBase, row, place } = this.#kernel;
    const drive = travel[travelBase[this.#vehicle] + row[this.#node] + place[node]];
    if (drive < UNREACHABLE) {
      this.#driven += drive;
      this.#time += drive;
    }
    return this.#time;
  }

  #startIn(arriveS: number, windows: readonly Window[], step: Step): { start: number; violations: VroomViolation[] } {
    const forced = this.#begin(step, arriveS);
    const violations: VroomViolation[] = [];
    const before = step.service_before ?? step.service_at;
    const due = before === undefined ? FAR : before - this.#reading.originS;
    const span = windows.find(([, close]) => forced <= close);
    const start = step.service_at === undefined && span ? Math.max(forced, span[0]) : forced;
    const late = Math.max(0, start - due, windows.length > 0 && !span ? start - windows[windows.length - 1][1] : 0);
    if (late > 0) violations.push({ cause: "delay", duration: late });
    const early = span ? span[0] - start : 0;
    if (early > 0) violations.push({ cause: "lead_time", duration: early });
    return { start, violations };
  }

  /** No sooner than the step asks for. */
  #begin(step: Step | undefined, time: number): number {
    const asked = step?.service_at ?? step?.service_after;
    return asked === undefined ? time : Math.max(time, asked - this.#reading.originS);
  }

  #overload(): VroomViolation[] {
    const { dims, capacity } = this.#kernel;
    return this.#load.some((each, d) => each > capacity[this.#vehicle * dims + d]) ? [{ cause: "load" }] : [];
  }

  #metres(tasks: readonly number[]): number {
    const { distance, distanceBase, row, place, tasks: first } = this.#kernel;
    const nodes = [first + 2 * this.#vehicle, ...tasks, first + 2 * this.#vehicle + 1];
    return nodes
      .slice(1)
      .reduce((sum, to, i) => sum + distance[distanceBase[this.#vehicle] + row[nodes[i]] + place[to]], 0);
  }

  #push(event: TourEvent, violations: VroomViolation[]): void {
    this.#events.push(event);
    this.#violations.push(violations);
  }
}
