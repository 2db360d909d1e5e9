import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { compile, type Kernel } from "../kernel.ts";
import { nearest } from "../neighbours.ts";
import type { VrpPlan } from "../problem.ts";
import { dealt, randomProblem } from "../testing/random-problem.ts";
import { Exchange } from "./exchange.ts";
import { LocalSearch } from "./local-search.ts";
import { PenalizedTours } from "./penalized-tours.ts";
import { SwapStar } from "./swap-star.ts";
import { twoOpt } from "./two-opt.ts";
import { twoOptStar } from "./two-opt-star.ts";

const LOAD_PRICE = 7;
const WARP_PRICE = 3;

/** Drives, vehicles, overload and lateness of a plan, counted call by call: lateness given back at each late call. */
function priced({ problem }: Kernel, plan: VrpPlan): number {
  const { places, matrices, vehicles, jobs } = problem;
  return plan.tours.reduce((sum, { vehicle, tasks }) => {
    const { costs, capacity, window } = vehicles[vehicle];
    let [place, drives, load, warp] = [0, 0, 0, 0];
    // The best begin of a tour is found by trying all: waiting costs nothing, so the earliest is as good as any.
    let time = window?.[0] ?? 0;
    for (const to of [...tasks.map((task) => jobs[task].visit), null]) {
      const drive = matrices[0].durationsS[place * places + (to?.place ?? 0)];
      drives += drive;
      time += drive;
      const [open, close] = to === null ? (window ?? [0, Infinity]) : (to.windows[0] ?? [0, Infinity]);
      if (time > close) {
        warp += time - close;
        time = close;
      }
      time = Math.max(time, open) + (to?.serviceS ?? 0);
      place = to?.place ?? 0;
    }
    for (const task of tasks) load += jobs[task].delivery[0];
    const over = Math.max(0, load - capacity[0]);
    return sum + costs.fixed + (costs.perHour * drives) / 3600 + over * LOAD_PRICE + warp * WARP_PRICE;
  }, 0);
}

const shapes = [
  { tasks: 24 },
  { tasks: 24, symmetric: false },
  { tasks: 24, timed: true },
  { tasks: 24, timed: true, symmetric: false },
  { tasks: 24, timed: true, kinds: 3 },
  { tasks: 24, kinds: 3 },
];

function prepared(seed: number, shape: (typeof shapes)[number]) {
  const kernel = compile(randomProblem(seed, shape));
  const tours = new PenalizedTours(kernel, nearest(kernel, 10, true));
  tours.loadPrice = LOAD_PRICE;
  tours.warpPrice = WARP_PRICE;
  tours.take(dealt(kernel.problem, seed));
  return { kernel, tours };
}

const total = (tours: PenalizedTours) =>
  tours.cost() + tours.excess().load * LOAD_PRICE + tours.excess().warp * WARP_PRICE;

test("loads, time warp by concatenation and costs equal those counted call by call", () => {
  for (const shape of shapes)
    for (let seed = 1; seed <= 20; seed++) {
      const { kernel, tours } = prepared(seed, shape);
      expect(total(tours)).toBeCloseTo(priced(kernel, tours.plan()), 6);
    }
});

test("a move is made exactly when the tours counted anew are cheaper for it, and keeps every task", () => {
  for (const shape of shapes)
    for (let seed = 1; seed <= 8; seed++) {
      const { kernel, tours } = prepared(seed, shape);
      const exchange = new Exchange(tours);
      const random = new Random(seed);
      const symmetric = shape.symmetric !== false;
      const moves: (() => boolean)[] = [];
      for (let i = 0; i < 150; i++) {
        const [u, v] = [random.below(kernel.tasks), random.below(kernel.tasks)];
        if (u === v) continue;
        const start = tours.startOf(random.below(kernel.vehicles));
        const length = 1 + random.below(3);
        const other = 1 + random.below(length);
        moves.push(
          () => exchange.relocate(u, length, v, symmetric && random.unit() < 0.5),
          () => exchange.relocate(u, length, start, false),
          () => exchange.swap(u, length, v, other),
          () => tours.vehicleOf[u] !== tours.vehicleOf[v] && twoOptStar(tours, u, v),
          () => tours.vehicleOf[u] !== tours.vehicleOf[start] && twoOptStar(tours, u, start),
          () => symmetric && tours.vehicleOf[u] === tours.vehicleOf[v] && twoOpt(tours, u, v),
        );
      }
      for (const move of moves) {
        const before = priced(kernel, tours.plan());
        const made = move();
        const after = priced(kernel, tours.plan());
        if (made) expect(after).toBeLessThan(before);
        else expect(after).toBe(before);
        expect(total(tours)).toBeCloseTo(after, 6);
      }
      const served = tours.plan().tours.flatMap(({ tasks }) => tasks);
      expect(served.sort((a, b) => a - b)).toEqual(Array.from({ length: kernel.tasks }, (_, task) => task));
    }
});

test("SWAP* makes two tours cheaper or leaves them", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { kernel, tours } = prepared(seed, { tasks: 24 });
    const swapStar = new SwapStar(tours);
    for (let a = 0; a < 4; a++)
      for (let b = a + 1; b < 4; b++) {
        const before = priced(kernel, tours.plan());
        if (swapStar.run(a, b)) expect(priced(kernel, tours.plan())).toBeLessThan(before);
        else expect(priced(kernel, tours.plan())).toBe(before);
      }
  }
});

test("local search ends, and no single relocation would still pay", () => {
  for (const shape of shapes) {
    const { kernel, tours } = prepared(3, shape);
    const before = total(tours);
    const search = new LocalSearch(tours, new Random(1));
    search.forget();
    search.run();
    expect(total(tours)).toBeLessThan(before);
    const exchange = new Exchange(tours);
    for (let u = 0; u < kernel.tasks; u++)
      for (let k = 0; k < tours.near.width; k++)
        expect(exchange.relocate(u, 1, tours.near.of[u * tours.near.width + k], false)).toBe(false);
  }
});
