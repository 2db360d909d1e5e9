import type {
  LatLon,
  TravelMatrix,
  VroomAnswer,
  VroomDocument,
  VroomJob,
  VroomRoute,
  VroomShipment,
  VroomStep,
  VroomVehicle,
  VroomViolation,
} from "@trivium/model";

/** Drives between the document's locations, where it has no matrices. */
export interface VroomDrives {
  readonly locations: readonly LatLon[];
  readonly matrix: TravelMatrix;
}

export interface Leg {
  readonly durationS: number;
  readonly distanceM: number;
  /** Of the matrix of costs, where there is one. */
  readonly cost: number | undefined;
}

/** A task of the document: a job, or one half of a shipment. */
export interface Task {
  readonly key: string;
  readonly type: "job" | "pickup" | "delivery";
  readonly visit: VroomShipment["pickup"];
  readonly demand: VroomJob | VroomShipment;
  /** The other half's key. */
  readonly partner: string | undefined;
}

export interface RouteReading {
  readonly route: VroomRoute;
  readonly vehicle: VroomVehicle;
  readonly tasks: readonly Task[];
}

/** The document and its answer, joined by ids; nothing in it comes from the answer's figures. */
export class Reading {
  readonly document: VroomDocument;
  readonly answer: VroomAnswer;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly vehicles: ReadonlyMap<number, VroomVehicle>;
  readonly dims: number;
  readonly routes: RouteReading[];
  readonly #drives: VroomDrives | undefined;
  readonly #at: ReadonlyMap<string, number>;

  constructor(document: VroomDocument, answer: VroomAnswer, drives?: VroomDrives) {
    const { jobs = [], shipments = [], vehicles } = document;
    this.document = document;
    this.answer = answer;
    this.#drives = drives;
    this.#at = new Map(drives?.locations.map(({ lat, lon }, i) => [`${lon} ${lat}`, i]));
    this.vehicles = new Map(vehicles.map((vehicle) => [vehicle.id, vehicle]));
    const halves = shipments.flatMap((demand): Task[] => {
      const [pickup, delivery] = [`pickup ${demand.pickup.id}`, `delivery ${demand.delivery.id}`];
      return [
        { key: pickup, type: "pickup", visit: demand.pickup, demand, partner: delivery },
        { key: delivery, type: "delivery", visit: demand.delivery, demand, partner: pickup },
      ];
    });
    const single = jobs.map(
      (job): Task => ({ key: `job ${job.id}`, type: "job", visit: job, demand: job, partner: undefined }),
    );
    this.tasks = new Map([...single, ...halves].map((task) => [task.key, task]));
    this.dims = Math.max(
      0,
      ...vehicles.map(({ capacity = [] }) => capacity.length),
      ...jobs.flatMap(({ delivery = [], pickup = [] }) => [delivery.length, pickup.length]),
      ...shipments.map(({ amount = [] }) => amount.length),
    );
    this.routes = answer.routes.flatMap((route) => {
      const vehicle = this.vehicles.get(route.vehicle);
      return vehicle ? [{ route, vehicle, tasks: route.steps.flatMap((step) => this.taskOf(step) ?? []) }] : [];
    });
  }

  taskOf(step: Pick<VroomStep, "type" | "id">): Task | undefined {
    return this.tasks.get(`${step.type} ${step.id}`);
  }

  /** Place of a step: a row of the matrices, or of the drives; null for a break. */
  placeOf(vehicle: VroomVehicle, step: Pick<VroomStep, "type" | "id">): number | null {
    if (step.type === "start") return this.#place(vehicle.start, vehicle.start_index);
    if (step.type === "end") return this.#place(vehicle.end, vehicle.end_index);
    const task = this.taskOf(step);
    return task ? this.#place(task.visit.location, task.visit.location_index) : null;
  }

  /** One drive of a vehicle; NaN where no way leads. Drives are divided by the speed factor and rounded to whole seconds. */
  leg(vehicle: VroomVehicle, from: number, to: number): Leg {
    const whole = (durationS: number) => Math.round(durationS / (vehicle.speed_factor ?? 1));
    if (this.#drives) {
      const { targets, durationsS, distancesM } = this.#drives.matrix;
      const at = from * targets + to;
      return { durationS: whole(Math.round(durationsS[at])), distanceM: Math.round(distancesM[at]), cost: undefined };
    }
    const { durations, distances, costs } = this.#matrix(vehicle) ?? {};
    return {
      durationS: whole(durations?.[from][to] ?? Number.NaN),
      distanceM: distances?.[from][to] ?? 0,
      cost: costs?.[from][to] ?? undefined,
    };
  }

  get hasDistances(): boolean {
    return (
      this.#drives !== undefined ||
      this.document.vehicles.every((vehicle) => this.#matrix(vehicle)?.distances !== undefined)
    );
  }

  #matrix({ profile = "car" }: VroomVehicle) {
    const { matrices, matrix } = this.document;
    return (
      matrices?.[profile] ??
      (profile === "car" && matrix ? { durations: matrix, distances: undefined, costs: undefined } : undefined)
    );
  }

  #place(location: readonly [number, number] | undefined, index: number | undefined): number | null {
    if (this.#drives) return location ? (this.#at.get(location.join(" ")) ?? null) : null;
    return index ?? null;
  }
}

/** What a task adds to the load of its vehicle, and what it brings along from the start. */
export function amountsOf(task: Task, d: number): { readonly fromStart: number; readonly change: number } {
  if (task.type === "job") {
    const job = task.demand as VroomJob;
    const fromStart = job.delivery?.[d] ?? 0;
    return { fromStart, change: (job.pickup?.[d] ?? 0) - fromStart };
  }
  const amount = (task.demand as VroomShipment).amount?.[d] ?? 0;
  return { fromStart: 0, change: task.type === "pickup" ? amount : -amount };
}

/** Whether a moment lies in one of the windows; none = any. */
export const inWindows = (windows: readonly (readonly [number, number])[] | undefined, time: number): boolean =>
  !windows || windows.length === 0 || windows.some(([begin, end]) => begin <= time && time <= end);

/** Begin of what is done at a step. */
export const startOf = (step: VroomStep): number => step.arrival + step.waiting_time;

/** Moment when a step is left. */
export const leftAt = (step: VroomStep): number => startOf(step) + step.setup + step.service;

export const causes = (violations: readonly VroomViolation[]): string =>
  violations
    .map(({ cause }) => cause)
    .sort()
    .join(" ");
