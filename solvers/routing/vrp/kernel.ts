import { driveCost, scaledDuration } from "./drives.ts";
import { demandOf, taskCount, UNREACHABLE, type Vehicle, type VrpProblem, visitOf } from "./problem.ts";

/**
 * The problem in flat arrays. Nodes: tasks 0 … T−1, then for vehicle v its start T + 2v and its end T + 2v + 1.
 * Costs are whole numbers in units of 1 / `costScale`. Longer than most files because it lists every array once.
 */
export interface Kernel {
  readonly problem: VrpProblem;
  readonly tasks: number;
  readonly vehicles: number;
  readonly dims: number;
  readonly places: number;
  /** Column of a node in the matrices, and its row × places. A missing start or end stands at an extra place from which all is near. */
  readonly place: Int32Array;
  readonly row: Int32Array;
  /** All cost matrices one after the other; a vehicle's begins at `costBase`. Same for durations and distances. */
  readonly cost: Int32Array;
  /** The same with rows and columns exchanged, so that what leads to a node lies side by side in memory; `cost` itself where it is symmetric. */
  readonly costTo: Int32Array;
  readonly costBase: Int32Array;
  readonly travel: Int32Array;
  readonly travelBase: Int32Array;
  readonly distance: Int32Array;
  readonly distanceBase: Int32Array;
  readonly costScale: number;
  /** Cost of a node's service by kind, kinds × tasks; empty where service costs nothing. */
  readonly taskCost: Int32Array;
  /** Vehicles that differ in nothing are of one kind. */
  readonly kind: Int32Array;
  readonly kinds: number;
  readonly vehiclesOfKind: readonly (readonly number[])[];
  readonly fixedCost: Float64Array;
  /** vehicles × dims */
  readonly capacity: Int32Array;
  readonly tasksMax: Int32Array;
  readonly travelMax: Float64Array;
  readonly distanceMax: Float64Array;
  readonly durationMax: Float64Array;
  readonly shiftOpen: Int32Array;
  readonly shiftClose: Int32Array;
  /** kinds × tasks: 1 where a vehicle of the kind may serve the task (skills, pins, capacity). */
  readonly allowed: Uint8Array;
  readonly service: Int32Array;
  readonly setup: Int32Array;
  /** Windows of node i: `windows[2 j], windows[2 j + 1]` for j from windowFrom[i] to windowFrom[i + 1] − 1; every task has at least one. */
  readonly windowFrom: Int32Array;
  readonly windows: Int32Array;
  /** tasks × dims: carried from the start, carried to the end, change of a shipment's load. */
  readonly delivery: Int32Array;
  readonly pickup: Int32Array;
  readonly change: Int32Array;
  /** The other half of a shipment, −1 for a job. */
  readonly partner: Int32Array;
  readonly rideMax: Float64Array;
  /** 1 first, 2 last, 0 anywhere */
  readonly position: Uint8Array;
  /** Weight of leaving the demand of a task out (a shipment's stands at its pickup): priorities over numbers over costs. */
  readonly absentWeight: Float64Array;
  /** Price of leaving a task out (a shipment's stands at its pickup), Infinity where it is to be served if at all possible. */
  readonly skipCost: Float64Array;
  /** Some tasks have such a price. */
  readonly optional: boolean;
  /** Loads need only be summed: nothing but deliveries, or nothing but pickups. */
  readonly summedLoads: boolean;
  /** Windows or shifts bind. */
  readonly timed: boolean;
  /** Travel, distance or number of tasks of a vehicle is limited. */
  readonly limited: boolean;
  /** Breaks, rides, durations, setups, positions or orders: a candidate is scheduled in full before it is believed. */
  readonly exact: boolean;
  /** One start, one end, one matrix, no shipments, one window each, no exact rule: penalties in segments apply. */
  readonly segmentable: boolean;
}

/** Ends of an unlimited span: far, yet sums of a few stay whole in 32 bits. */
export const FAR = 2 ** 30 - 1;

const COST_LIMIT = UNREACHABLE / 2;

export function compile(problem: VrpProblem): Kernel {
  const { vehicles, jobs, shipments } = problem;
  const tasks = taskCount(problem);
  const open = vehicles.some(({ start, end }) => start === null || end === null);
  const places = problem.places + (open ? 1 : 0);
  const nowhere = problem.places;
  const nodes = tasks + 2 * vehicles.length;
  const place = new Int32Array(nodes);
  for (let task = 0; task < tasks; task++) place[task] = visitOf(problem, task).place;
  vehicles.forEach(({ start, end }, v) => {
    place[tasks + 2 * v] = start ?? nowhere;
    place[tasks + 2 * v + 1] = end ?? nowhere;
  });
  const dims = Math.max(
    0,
    ...vehicles.map(({ capacity }) => capacity.length),
    ...jobs.map((job) => Math.max(job.delivery.length, job.pickup.length)),
    ...shipments.map(({ amount }) => amount.length),
  );
  const { kind, kinds } = kindsOf(problem);
  const matrices = matricesOf(problem, places);
  const amounts = amountsOf(problem, tasks, dims);
  const windows = windowsOf(problem, tasks);
  const setup = Int32Array.from({ length: tasks }, (_, task) => visitOf(problem, task).setupS);
  const rideMax = new Float64Array(tasks).fill(Infinity);
  const partner = new Int32Array(tasks).fill(-1);
  shipments.forEach((shipment, i) => {
    const at = jobs.length + 2 * i;
    partner[at] = at + 1;
    partner[at + 1] = at;
    rideMax[at] = shipment.rideMaxS ?? Infinity;
  });
  const position = Uint8Array.from({ length: tasks }, (_, task) => {
    const at = task < jobs.length ? jobs[task].position : undefined;
    return at === "first" ? 1 : at === "last" ? 2 : 0;
  });
  const windowed = windows.spans.some((each) => each !== 0 && each !== FAR);
  const shifted = vehicles.some(({ window }) => window !== null);
  const exact =
    vehicles.some(({ breaks, durationMaxS }) => breaks.length > 0 || durationMaxS < Infinity) ||
    shipments.some(({ rideMaxS }) => rideMaxS !== undefined) ||
    setup.some((each) => each > 0) ||
    position.some((each) => each > 0) ||
    problem.order.length > 0;
  const limited = vehicles.some(
    ({ tasksMax, travelMaxS, distanceMaxM }) => tasksMax < Infinity || travelMaxS < Infinity || distanceMaxM < Infinity,
  );
  const vehiclesOfKind: number[][] = Array.from({ length: kinds }, () => []);
  kind.forEach((k, v) => {
    vehiclesOfKind[k].push(v);
  });
  const capacity = new Int32Array(vehicles.length * dims);
  vehicles.forEach((vehicle, v) => {
    for (let d = 0; d < dims; d++) capacity[v * dims + d] = Math.min(FAR, vehicle.capacity[d] ?? FAR);
  });
  const deliveries = amounts.delivery.some((each) => each > 0);
  const pickups = amounts.pickup.some((each) => each > 0);
  const service = Int32Array.from({ length: tasks }, (_, task) => visitOf(problem, task).serviceS);
  return {
    problem,
    tasks,
    vehicles: vehicles.length,
    dims,
    places,
    place,
    row: place.map((each) => each * places),
    ...matrices,
    taskCost: taskCostsOf(problem, tasks, vehiclesOfKind, matrices.costScale),
    kind,
    kinds,
    vehiclesOfKind,
    fixedCost: Float64Array.from(vehicles, ({ costs }) => Math.round(costs.fixed * matrices.costScale)),
    capacity,
    tasksMax: Int32Array.from(vehicles, ({ tasksMax }) => Math.min(FAR, tasksMax)),
    travelMax: Float64Array.from(vehicles, ({ travelMaxS }) => travelMaxS),
    distanceMax: Float64Array.from(vehicles, ({ distanceMaxM }) => distanceMaxM),
    durationMax: Float64Array.from(vehicles, ({ durationMaxS }) => durationMaxS),
    shiftOpen: Int32Array.from(vehicles, ({ window }) => window?.[0] ?? 0),
    shiftClose: Int32Array.from(vehicles, ({ window }) => Math.min(FAR, window?.[1] ?? FAR)),
    allowed: allowedOf(problem, tasks, vehiclesOfKind, amounts, dims),
    service,
    setup,
    windowFrom: windows.from,
    windows: windows.spans,
    ...amounts,
    partner,
    rideMax,
    position,
    ...weightsOf(problem, tasks, matrices),
    summedLoads: shipments.length === 0 && !(deliveries && pickups),
    timed: windowed || shifted || exact,
    limited,
    exact,
    segmentable:
      !exact &&
      !limited &&
      !open &&
      shipments.length === 0 &&
      !(deliveries && pickups) &&
      dims <= 1 &&
      windows.spans.length === 2 * tasks &&
      new Set(vehicles.map(({ start, end }) => `${start} ${end}`)).size === 1,
  };
}

function kindsOf({ vehicles, jobs, shipments }: VrpProblem): { kind: Int32Array; kinds: number } {
  const pinned = new Set([...jobs, ...shipments].map(({ onlyVehicle }) => onlyVehicle));
  const byKey = new Map<string, number>();
  const kind = Int32Array.from(vehicles, ({ initial: _, ...vehicle }, v) => {
    const limits = [vehicle.tasksMax, vehicle.travelMaxS, vehicle.distanceMaxM, vehicle.durationMaxS].join();
    const key = `${JSON.stringify(vehicle)} ${limits} ${pinned.has(v) ? v : ""}`;
    if (!byKey.has(key)) byKey.set(key, byKey.size);
    return byKey.get(key) as number;
  });
  return { kind, kinds: byKey.size };
}

type Matrices = Pick<
  Kernel,
  "cost" | "costTo" | "costBase" | "travel" | "travelBase" | "distance" | "distanceBase" | "costScale"
>;

/** One matrix for each set of vehicles that share it. */
function matricesOf(problem: VrpProblem, places: number): Matrices {
  const { vehicles } = problem;
  const size = places * places;
  const costs = new Pool(
    vehicles,
    (each) => `${each.matrix} ${each.speedFactor} ${each.costs.perHour} ${each.costs.perKm}`,
  );
  const travels = new Pool(vehicles, (each) => `${each.matrix} ${each.speedFactor}`);
  const distances = new Pool(vehicles, (each) => `${each.matrix}`);
  const price = (vehicle: Vehicle, at: number) => driveCost(problem, vehicle, at);
  const costScale = scaleOf(problem, costs.samples);
  const spread = (pool: Pool, of: (vehicle: Vehicle, at: number) => number) => {
    const all = new Int32Array(pool.samples.length * size);
    pool.samples.forEach((vehicle, c) => {
      for (let i = 0; i < problem.places; i++)
        for (let j = 0; j < problem.places; j++) all[c * size + i * places + j] = of(vehicle, i * problem.places + j);
    });
    return all;
  };
  const bases = (pool: Pool) => pool.of.map((each) => each * size);
  const cost = spread(costs, (vehicle, at) => {
    const value = price(vehicle, at);
    return value >= UNREACHABLE ? UNREACHABLE : Math.round(value * costScale);
  });
  return {
    costScale,
    cost,
    costTo: transposed(cost, places),
    costBase: bases(costs),
    travel: spread(travels, ({ matrix, speedFactor }, at) =>
      scaledDuration(problem.matrices[matrix].durationsS[at], speedFactor),
    ),
    travelBase: bases(travels),
    distance: spread(distances, ({ matrix }, at) => problem.matrices[matrix].distancesM[at]),
    distanceBase: bases(distances),
  };
}

/** Every places × places block with rows and columns exchanged; the same array where that changes nothing. */
function transposed(blocks: Int32Array, places: number): Int32Array {
  const size = places * places;
  const turned = Int32Array.from(blocks, (_, at) => {
    const inside = at % size;
    return blocks[at - inside + (inside % places) * places + Math.floor(inside / places)];
  });
  return turned.every((each, at) => each === blocks[at]) ? blocks : turned;
}

class Pool {
  readonly of: Int32Array;
  readonly samples: Vehicle[] = [];

  constructor(vehicles: readonly Vehicle[], keyOf: (vehicle: Vehicle) => string) {
    const byKey = new Map<string, number>();
    this.of = Int32Array.from(vehicles, (vehicle) => {
      const key = keyOf(vehicle);
      if (!byKey.has(key)) {
        byKey.set(key, this.samples.length);
        this.samples.push(vehicle);
      }
      return byKey.get(key) as number;
    });
  }
}

/** Hundredths where a cost is not whole and there is room for them. */
function scaleOf(problem: VrpProblem, samples: readonly Vehicle[]): number {
  let whole = true;
  let highest = 0;
  for (const vehicle of samples)
    for (let at = 0; at < problem.places ** 2; at++) {
      const value = driveCost(problem, vehicle, at);
      if (value >= UNREACHABLE) continue;
      whole &&= Number.isInteger(value);
      highest = Math.max(highest, value);
    }
  return (whole && problem.vehicles.every(({ costs }) => Number.isInteger(costs.fixed))) || highest * 100 > COST_LIMIT
    ? 1
    : 100;
}

function taskCostsOf(
  problem: VrpProblem,
  tasks: number,
  vehiclesOfKind: readonly (readonly number[])[],
  costScale: number,
): Int32Array {
  const perHour = vehiclesOfKind.map(([v]) => problem.vehicles[v].costs.perTaskHour);
  if (perHour.every((each) => each === 0)) return new Int32Array(0);
  return Int32Array.from({ length: vehiclesOfKind.length * tasks }, (_, at) => {
    const { serviceS } = visitOf(problem, at % tasks);
    return Math.round((perHour[Math.floor(at / tasks)] * serviceS * costScale) / 3600);
  });
}

function amountsOf({ jobs, shipments }: VrpProblem, tasks: number, dims: number) {
  const delivery = new Int32Array(tasks * dims);
  const pickup = new Int32Array(tasks * dims);
  const change = new Int32Array(tasks * dims);
  jobs.forEach((job, task) => {
    delivery.set(job.delivery, task * dims);
    pickup.set(job.pickup, task * dims);
  });
  shipments.forEach(({ amount }, i) => {
    const at = (jobs.length + 2 * i) * dims;
    change.set(amount, at);
    change.set(
      amount.map((each) => -each),
      at + dims,
    );
  });
  return { delivery, pickup, change };
}

function windowsOf(problem: VrpProblem, tasks: number) {
  const from = new Int32Array(tasks + 1);
  const spans: number[] = [];
  for (let task = 0; task < tasks; task++) {
    const { windows } = visitOf(problem, task);
    if (windows.length === 0) spans.push(0, FAR);
    for (const [open, close] of windows) spans.push(open, Math.min(FAR, close));
    from[task + 1] = spans.length / 2;
  }
  return { from, spans: Int32Array.from(spans) };
}

function allowedOf(
  problem: VrpProblem,
  tasks: number,
  vehiclesOfKind: readonly (readonly number[])[],
  { delivery, pickup, change }: Pick<Kernel, "delivery" | "pickup" | "change">,
  dims: number,
): Uint8Array {
  const allowed = new Uint8Array(vehiclesOfKind.length * tasks);
  vehiclesOfKind.forEach(([v], k) => {
    const vehicle = problem.vehicles[v];
    const skills = new Set(vehicle.skills);
    for (let task = 0; task < tasks; task++) {
      const { skills: needs, onlyVehicle } = demandOf(problem, task);
      let fits = needs.every((skill) => skills.has(skill)) && (onlyVehicle === undefined || onlyVehicle === v);
      for (let d = 0; d < dims; d++) {
        const most = Math.max(delivery[task * dims + d], pickup[task * dims + d], change[task * dims + d]);
        fits &&= most <= (vehicle.capacity[d] ?? Infinity);
      }
      allowed[k * tasks + task] = fits ? 1 : 0;
    }
  });
  return allowed;
}

/** Lexicographic by weights: one task outweighs all costs, one priority point outweighs all tasks. */
function weightsOf(problem: VrpProblem, tasks: number, { cost, costScale }: Matrices) {
  let highest = 0;
  for (const each of cost) if (each < UNREACHABLE && each > highest) highest = each;
  const fixed = problem.vehicles.reduce((sum, { costs }) => sum + costs.fixed * costScale, 0);
  const perTask = 1 + fixed + highest * 2 * (tasks + problem.vehicles.length);
  const perPoint = perTask * (tasks + 1);
  const absentWeight = new Float64Array(tasks);
  const skipCost = new Float64Array(tasks).fill(Infinity);
  for (let task = 0; task < tasks; task++) {
    const second = task >= problem.jobs.length && (task - problem.jobs.length) % 2 === 1;
    const demand = demandOf(problem, task);
    if (second) continue;
    if (demand.skipCost === undefined) absentWeight[task] = perTask + perPoint * demand.priority;
    else skipCost[task] = Math.round(demand.skipCost * costScale);
  }
  return { absentWeight, skipCost, optional: skipCost.some((each) => each < Infinity) };
}
