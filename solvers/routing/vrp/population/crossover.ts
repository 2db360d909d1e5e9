import type { Random } from "@trivium/engine";
import type { Kernel } from "../kernel.ts";
import type { Tour, VrpPlan } from "../problem.ts";

/** Largest share of the tours that is exchanged. */
const EXCHANGED_MAX = 0.5;

export interface Child {
  readonly plan: VrpPlan;
  readonly missing: number[];
  /** Vehicles whose tours are not the first parent's. */
  readonly newcomers: readonly number[];
}

/**
 * Selective exchange of tours: some tours of the first parent that lie side by side give way to those of the second that hold the most of their tasks.
 * What would be served twice is dropped from the newcomers; what is served no more is named, to be put back.
 * @see Nagata & Kobayashi 2010, PPSN XI, LNCS 6239:536–545 (SREX)
 */
export function exchangeTours(kernel: Kernel, first: VrpPlan, second: VrpPlan, random: Random): Child {
  const { tasks } = kernel;
  const count =
    1 + random.below(Math.max(1, Math.min(first.tours.length - 1, Math.ceil(first.tours.length * EXCHANGED_MAX))));
  const leaving = sideBySide(kernel, first.tours, count, random);
  const leavingTasks = new Set([...leaving].flatMap((tour) => tour.tasks));
  const ranked = [...second.tours]
    .map((tour) => ({ tour, shared: tour.tasks.filter((task) => leavingTasks.has(task)).length / tour.tasks.length }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, count);
  const served = new Uint8Array(tasks);
  const tours: Tour[] = [];
  const stay = first.tours.filter((tour) => !leaving.has(tour));
  for (const tour of stay) for (const task of tour.tasks) served[task] = 1;
  tours.push(...stay);
  const free = new Set([...leaving].map(({ vehicle }) => vehicle));
  for (const { tour } of ranked) {
    const list = tour.tasks.filter((task) => served[task] === 0);
    if (list.length === 0) continue;
    const vehicle = likeVehicle(kernel, tour.vehicle, free, tours);
    if (vehicle < 0) continue;
    for (const task of list) served[task] = 1;
    free.delete(vehicle);
    tours.push({ vehicle, tasks: list });
  }
  const missing: number[] = [];
  for (let task = 0; task < tasks; task++) if (served[task] === 0) missing.push(task);
  return { plan: { tours }, missing, newcomers: tours.slice(stay.length).map(({ vehicle }) => vehicle) };
}

/** `count` tours around a random one, nearest middle first. */
function sideBySide(kernel: Kernel, tours: readonly Tour[], count: number, random: Random): Set<Tour> {
  const seed = tours[random.below(tours.length)];
  const { cost, costBase, row, place } = kernel;
  const middle = (tour: Tour) => tour.tasks[tour.tasks.length >> 1];
  const apart = (tour: Tour) => {
    let least = Infinity;
    for (const from of [seed.tasks[0], middle(seed), seed.tasks[seed.tasks.length - 1]])
      for (const to of [tour.tasks[0], middle(tour), tour.tasks[tour.tasks.length - 1]])
        least = Math.min(least, cost[costBase[0] + row[from] + place[to]]);
    return tour === seed ? -1 : least;
  };
  const byApart = tours.map((tour) => ({ tour, apart: apart(tour) })).sort((a, b) => a.apart - b.apart);
  return new Set(byApart.slice(0, count).map(({ tour }) => tour));
}

/** The vehicle itself where it is free, else a free one of its kind, else any of those given up. */
function likeVehicle(kernel: Kernel, wanted: number, free: ReadonlySet<number>, taken: readonly Tour[]): number {
  const used = new Set(taken.map(({ vehicle }) => vehicle));
  if (!used.has(wanted)) return wanted;
  const kin = kernel.vehiclesOfKind[kernel.kind[wanted]].find((each) => !used.has(each));
  if (kin !== undefined) return kin;
  for (const vehicle of free) if (!used.has(vehicle)) return vehicle;
  return -1;
}
