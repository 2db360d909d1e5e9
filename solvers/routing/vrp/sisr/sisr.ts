import type { Random } from "@trivium/engine";
import type { Kernel } from "../kernel.ts";
import { meanNearCost, type Neighbours, narrowed, nearest } from "../neighbours.ts";
import type { VrpPlan } from "../problem.ts";
import { Tours } from "../tours.ts";
import { Fleet } from "./fleet.ts";
import { Recreate } from "./recreate.ts";
import { Ruin } from "./ruin.ts";

/** Neighbours next to which a task may be put back, and those around which strings are taken out. */
const NEAR_PLACES = 30;
const NEAR_STRINGS = 400;
const NEAR_MOVES = 20;
/** Temperatures in mean costs between near tasks. */
export const HOT = 2;
export const COLD = 0.02;

/** What a search is worth: tasks left out weigh first, then vehicles where they are to be few, then cost. */
export interface Worth {
  readonly absent: number;
  readonly vehicles: number;
  readonly cost: number;
}

export const better = (a: Worth, b: Worth): boolean =>
  a.absent !== b.absent ? a.absent < b.absent : a.vehicles !== b.vehicles ? a.vehicles < b.vehicles : a.cost < b.cost;

/**
 * Slack induction by string removals: ruin, recreate, accept by annealing; nothing is copied but a new best.
 * While tasks are left out, a plan with other tasks left out is taken when those have been left out less often so far.
 *
 * @see Christiaens & Vanden Berghe 2020, Transportation Science 54:417–433 (algorithm 1; fleet minimization §5.4)
 */
export class Sisr {
  readonly kernel: Kernel;
  readonly tours: Tours;
  readonly scale: number;
  readonly #random: Random;
  readonly #ruin: Ruin;
  readonly #recreate: Recreate;
  readonly #fleet: Fleet | null;
  /** How often each task was left out after a round. */
  readonly #missed: Float64Array;
  #bestNext: Int32Array;
  #best: Worth = { absent: Infinity, vehicles: Infinity, cost: Infinity };
  #bestPlan: VrpPlan = { tours: [] };
  #bestIsFresh = false;
  /** Absent tasks of the state to go back to. */
  readonly #keptAbsent: Int32Array;
  #keptCount = 0;
  iterations = 0;

  constructor(kernel: Kernel, random: Random, near: Neighbourhoods) {
    this.kernel = kernel;
    this.#random = random;
    const { places, strings } = near;
    this.tours = new Tours(kernel);
    this.scale = meanNearCost(kernel, places, NEAR_PLACES);
    this.#ruin = new Ruin(this.tours, strings, random);
    this.#recreate = new Recreate(this.tours, places, random);
    this.#fleet = Fleet.of(this.tours);
    this.#missed = new Float64Array(kernel.tasks);
    this.#keptAbsent = new Int32Array(kernel.tasks);
    this.#bestNext = new Int32Array(this.tours.next.length);
  }

  get best(): Worth {
    return this.#best;
  }

  /** The best plan since `start`. */
  bestPlan(): VrpPlan {
    if (!this.#bestIsFresh) this.#bestPlan = this.#planOf(this.#bestNext);
    this.#bestIsFresh = true;
    return this.#bestPlan;
  }

  worth(): Worth {
    const { absentWeight, used, cost } = this.tours;
    return { absent: absentWeight, vehicles: this.kernel.problem.fewestVehicles ? used : 0, cost };
  }

  /** Begins from a plan; tasks that it leaves out are placed where there is room. */
  start(plan: VrpPlan): void {
    this.#takeValid(plan);
    this.#recreate.adopt();
    this.#best = { absent: Infinity, vehicles: Infinity, cost: Infinity };
    this.#fill();
    this.tours.commit();
    this.#keep();
    this.#remember();
  }

  /**
   * Anneals for `iterations` rounds.
   * @param heat   temperature in the kernel's cost units
   * @param wander whether a plan that leaves out more may be taken for one that leaves out what was left out less often
   */
  run(iterations: number, heat: number, wander = true): void {
    const { tours } = this;
    for (let i = 0; i < iterations; i++) {
      const costBefore = tours.cost;
      const absentBefore = tours.absentWeight;
      this.#round();
      if (this.#accepts(costBefore, absentBefore, heat, wander)) {
        tours.commit();
        this.#keep();
        if (this.#improved()) this.#remember();
      } else {
        tours.rollback();
        this.#restore();
      }
    }
    this.iterations += iterations;
  }

  /** Goes back to the best plan. @param noMore no vehicle beyond those that it uses */
  toBest(noMore: boolean): void {
    this.tours.take(this.bestPlan());
    this.#recreate.adopt();
    if (noMore) this.tours.benchIdle();
    this.tours.commit();
    this.#keep();
  }

  /** Takes the tour whose tasks were left out least often apart, its vehicle out of use; none else may be opened. @returns whether there was one to close */
  closeTour(): boolean {
    const { tours, kernel } = this;
    let least = Infinity;
    let closed = -1;
    for (let vehicle = 0; vehicle < kernel.vehicles; vehicle++) {
      if (tours.count[vehicle] === 0) continue;
      let missed = 0;
      for (let node = tours.first(vehicle); node < kernel.tasks; node = tours.next[node]) missed += this.#missed[node];
      if (missed < least) {
        least = missed;
        closed = vehicle;
      }
    }
    if (closed < 0 || tours.used <= 1) return false;
    this.#ruin.count = 0;
    this.#ruin.whole(closed);
    tours.benchIdle();
    tours.settle();
    this.#recreate.run(this.#ruin.removed, this.#ruin.count);
    tours.commit();
    this.#keep();
    return true;
  }

  /** A tour that breaks a rule is not taken over: its tasks are placed anew. */
  #takeValid(plan: VrpPlan): void {
    const { tours, kernel } = this;
    tours.take(plan);
    const broken: number[] = [];
    for (let vehicle = 0; vehicle < kernel.vehicles; vehicle++)
      if (tours.count[vehicle] > 0 && !tours.valid(vehicle)) broken.push(vehicle);
    for (const vehicle of broken)
      for (let node = tours.first(vehicle); node < kernel.tasks; node = tours.first(vehicle)) {
        const other = kernel.partner[node];
        tours.remove(node);
        if (other >= 0 && tours.vehicleOf[other] >= 0) tours.remove(other);
      }
    tours.settle();
  }

  #round(): void {
    const { tours } = this;
    this.#ruin.run();
    tours.settle();
    this.#mendCut();
    this.#recreate.run(this.#ruin.removed, this.#ruin.count);
    if (this.#fleet) for (const vehicle of this.#ruin.vehicles) this.#fleet.refit(vehicle);
  }

  /** A tour can get later by losing a call where the direct way is the longer one: then it is taken apart. */
  #mendCut(): void {
    const { kernel } = this;
    if (!kernel.timed && !kernel.limited) return;
    for (const vehicle of this.#ruin.vehicles) {
      if (this.tours.holds(vehicle)) continue;
      this.#ruin.whole(vehicle);
      this.tours.settle();
    }
  }

  #accepts(costBefore: number, absentBefore: number, heat: number, wander: boolean): boolean {
    const { cost, absentWeight } = this.tours;
    if (absentWeight === absentBefore) return cost - costBefore < -heat * Math.log(this.#random.unit() + 1e-300);
    if (absentWeight < absentBefore) return true;
    if (!wander) return false;
    this.#countMissed();
    return (
      this.#sumMissed(this.#recreate.absent, this.#recreate.absentCount) <
      this.#sumMissed(this.#keptAbsent, this.#keptCount)
    );
  }

  #improved(): boolean {
    const { absentWeight, used, cost } = this.tours;
    const best = this.#best;
    if (absentWeight !== best.absent) return absentWeight < best.absent;
    if (this.kernel.problem.fewestVehicles && used !== best.vehicles) return used < best.vehicles;
    return cost < best.cost;
  }

  #countMissed(): void {
    const { absent, absentCount } = this.#recreate;
    for (let i = 0; i < absentCount; i++) this.#missed[absent[i]]++;
  }

  #sumMissed(tasks: Int32Array, count: number): number {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += this.#missed[tasks[i]];
    return sum;
  }

  #fill(): void {
    let before = -1;
    while (this.#recreate.absentCount > 0 && this.#recreate.absentCount !== before) {
      before = this.#recreate.absentCount;
      for (let i = 0; i < before; i += 10) this.#recreate.run(this.#ruin.removed, 0);
    }
  }

  #keep(): void {
    const { absent, absentCount } = this.#recreate;
    for (let i = 0; i < absentCount; i++) this.#keptAbsent[i] = absent[i];
    this.#keptCount = absentCount;
  }

  #restore(): void {
    for (let i = 0; i < this.#keptCount; i++) this.#recreate.absent[i] = this.#keptAbsent[i];
    this.#recreate.absentCount = this.#keptCount;
  }

  #remember(): void {
    this.#best = this.worth();
    this.#bestNext.set(this.tours.next);
    this.#bestIsFresh = false;
  }

  #planOf(next: Int32Array): VrpPlan {
    const { tasks, vehicles } = this.kernel;
    const tours = [];
    for (let vehicle = 0; vehicle < vehicles; vehicle++) {
      const list: number[] = [];
      for (let node = next[tasks + 2 * vehicle]; node < tasks; node = next[node]) list.push(node);
      if (list.length > 0) tours.push({ vehicle, tasks: list });
    }
    return { tours };
  }
}

/** Next to whom tasks are put back, around whom strings are taken out, whom moves bring together. */
export interface Neighbourhoods {
  readonly places: Neighbours;
  readonly strings: Neighbours;
  readonly moves: Neighbours;
}

export function neighbourhoods(kernel: Kernel): Neighbourhoods {
  const strings = nearest(kernel, NEAR_STRINGS, false);
  const timely = kernel.timed ? nearest(kernel, NEAR_PLACES, true) : strings;
  return { places: narrowed(timely, NEAR_PLACES), strings, moves: narrowed(timely, NEAR_MOVES) };
}
