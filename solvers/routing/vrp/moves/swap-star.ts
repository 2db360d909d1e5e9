import type { PenalizedTours } from "./penalized-tours.ts";

/** Cheapest three places of each task in each tour it was last looked up in. */
interface Places {
  readonly cost: Float64Array;
  readonly after: Int32Array;
  /** Change of the tour when this was found. */
  readonly when: Int32Array;
}

/**
 * A task of one tour and a task of another change tours, each going to its best place there rather than to that of the other.
 * For untimed problems; loads in O(1), places from the three cheapest ones.
 * @see Vidal 2022, Computers & OR 140:105643, §3.3 (SWAP*)
 */
export class SwapStar {
  readonly #tours: PenalizedTours;
  readonly #places: Places;
  readonly #width: number;

  constructor(tours: PenalizedTours) {
    const { tasks, vehicles } = tours.kernel;
    this.#tours = tours;
    this.#width = vehicles;
    const cells = tasks * vehicles;
    this.#places = {
      cost: new Float64Array(3 * cells),
      after: new Int32Array(3 * cells),
      when: new Int32Array(cells).fill(-1),
    };
  }

  /** Best exchange between two tours. @returns whether there was one that paid */
  run(a: number, b: number): boolean {
    const tours = this.#tours;
    const { next, load, amount, penalty } = tours;
    let best = -1e-7;
    let [bestU, bestV, uAfter, vAfter] = [-1, -1, -1, -1];
    for (let u = next[tours.startOf(a)]; tours.isTask(u); u = next[u])
      for (let v = next[tours.startOf(b)]; tours.isTask(v); v = next[v]) {
        const moved = amount[u] - amount[v];
        const loads = tours.overload(a, load[a] - moved) + tours.overload(b, load[b] + moved) - penalty[a] - penalty[b];
        const bound = loads + this.#removal(u) + this.#removal(v);
        if (bound >= 0) continue;
        const toB = this.#cheapest(u, v, b);
        if (bound + toB.cost >= best) continue;
        const toBCost = toB.cost;
        const toBAfter = toB.after;
        const toA = this.#cheapest(v, u, a);
        const change = bound + toBCost + toA.cost;
        if (change >= best) continue;
        best = change;
        [bestU, bestV, uAfter, vAfter] = [u, v, toBAfter, toA.after];
      }
    if (bestU < 0 || !tours.allowed(b, bestU) || !tours.allowed(a, bestV)) return false;
    const behindV = tours.prev[bestV];
    const behindU = tours.prev[bestU];
    tours.unlink(bestU);
    tours.unlink(bestV);
    tours.link(bestU, uAfter === bestV ? behindV : uAfter);
    tours.link(bestV, vAfter === bestU ? behindU : vAfter);
    tours.settle(a);
    tours.settle(b);
    return true;
  }

  /** What taking a task out adds (mostly less than nothing). */
  #removal(task: number): number {
    const tours = this.#tours;
    const vehicle = tours.vehicleOf[task];
    const [before, after] = [tours.prev[task], tours.next[task]];
    return tours.drive(vehicle, before, after) - (tours.costTo[after] - tours.costTo[before]);
  }

  readonly #found = { cost: 0, after: 0 };

  /** Cheapest place for a task in a tour from which another one leaves. */
  #cheapest(task: number, leaves: number, vehicle: number): { cost: number; after: number } {
    const tours = this.#tours;
    const cell = task * this.#width + vehicle;
    if (this.#places.when[cell] !== tours.changed[vehicle]) this.#look(task, vehicle, cell);
    const { cost, after } = this.#places;
    const found = this.#found;
    const [before, behind] = [tours.prev[leaves], tours.next[leaves]];
    found.cost =
      tours.drive(vehicle, before, task) + tours.drive(vehicle, task, behind) - tours.drive(vehicle, before, behind);
    found.after = before;
    for (let i = 0; i < 3; i++) {
      const at = after[3 * cell + i];
      if (at < 0 || at === leaves || tours.next[at] === leaves) continue;
      if (cost[3 * cell + i] < found.cost) {
        found.cost = cost[3 * cell + i];
        found.after = at;
      }
      break;
    }
    return found;
  }

  #look(task: number, vehicle: number, cell: number): void {
    const tours = this.#tours;
    const { cost, after, when } = this.#places;
    when[cell] = tours.changed[vehicle];
    const base = 3 * cell;
    for (let i = 0; i < 3; i++) {
      cost[base + i] = Infinity;
      after[base + i] = -1;
    }
    for (let node = tours.startOf(vehicle); ; node = tours.next[node]) {
      const following = tours.next[node];
      const added =
        tours.drive(vehicle, node, task) +
        tours.drive(vehicle, task, following) -
        (tours.costTo[following] - tours.costTo[node]);
      for (let i = 0; i < 3; i++) {
        if (added >= cost[base + i]) continue;
        for (let j = 2; j > i; j--) {
          cost[base + j] = cost[base + j - 1];
          after[base + j] = after[base + j - 1];
        }
        cost[base + i] = added;
        after[base + i] = node;
        break;
      }
      if (!tours.isTask(following)) return;
    }
  }
}
