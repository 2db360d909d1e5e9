import type { Random } from "@trivium/engine";
import type { Kernel } from "../kernel.ts";
import { LocalSearch } from "../moves/local-search.ts";
import { PenalizedTours } from "../moves/penalized-tours.ts";
import type { VrpPlan } from "../problem.ts";
import { COLD, type Neighbourhoods, Sisr, type Worth } from "../sisr/sisr.ts";
import { type Child, exchangeTours } from "./crossover.ts";
import { individualOf } from "./individual.ts";
import { insertMissing } from "./insert-missing.ts";
import { Population } from "./population.ts";
import { Prices } from "./prices.ts";

/** Rounds of ruin and recreate that a child without faults gets, and where they begin to cool. */
const POLISH = 1500;
const POLISH_HOT = 0.1;
const POLISH_STEPS = 15;
/** A local search costs about as much as so many rounds of ruin and recreate a task. */
const ROUNDS_PER_TASK = 0.5;
/** Chance that a child with faults is mended at ten times the prices. */
const MEND = 0.5;
/** Children without a new best after which the population begins anew. */
const STALE = 1200;

/**
 * Evolves a small population: founders that were annealed each for itself, tours exchanged between parents, local search with penalties, ruin and recreate on children that keep all rules.
 * For segmentable problems of some hundred tasks, where annealing alone stalls.
 */
export class Memetic {
  readonly kernel: Kernel;
  readonly #random: Random;
  readonly #tours: PenalizedTours;
  readonly #search: LocalSearch;
  readonly #sisr: Sisr;
  readonly #prices: Prices;
  readonly #population: Population;
  #best: { plan: VrpPlan; worth: Worth } | null = null;
  #sinceBest = 0;
  iterations = 0;

  constructor(kernel: Kernel, random: Random, near: Neighbourhoods) {
    this.kernel = kernel;
    this.#random = random;
    this.#tours = new PenalizedTours(kernel, near.moves);
    this.#search = new LocalSearch(this.#tours, random);
    this.#sisr = new Sisr(kernel, random, near);
    this.#prices = new Prices(this.#tours, this.#sisr.scale);
    this.#population = new Population(random);
  }

  get best(): { plan: VrpPlan; worth: Worth } | null {
    return this.#best;
  }

  elites(count: number): VrpPlan[] {
    return this.#population.elites(count).map(({ plan }) => plan);
  }

  /** Takes plans of others in. */
  admit(plans: readonly VrpPlan[]): void {
    for (const plan of plans) this.#polish(plan, 1);
  }

  /** Begins a founder, from the plan given. */
  beginFounder(plan: VrpPlan): void {
    this.#sisr.start(plan);
  }

  /** Anneals the founder begun. */
  annealFounder(rounds: number, heat: number): void {
    this.#sisr.run(rounds, heat * this.#sisr.scale);
    this.iterations += rounds;
  }

  /** Takes the founder into the population. */
  endFounder(): void {
    this.#enter();
  }

  /** A child of two of the population. */
  step(): void {
    const { kernel } = this;
    if (this.#population.size < 2) {
      const missing = Array.from({ length: kernel.tasks }, (_, task) => task);
      this.#search.forget();
      this.#raise({ plan: { tours: [] }, missing, newcomers: [] });
      return;
    }
    const [first, second] = this.#population.parents();
    const child = exchangeTours(kernel, first.plan, second.plan, this.#random);
    const bestBefore = this.#best;
    this.#raise(child);
    if (this.#best !== bestBefore) this.#sinceBest = 0;
    else if (++this.#sinceBest > STALE) {
      this.#sinceBest = 0;
      this.#population.clear();
    }
  }

  /** Tours of the first parent went through a local search already: only what differs from them is looked at. */
  #raise({ plan, missing, newcomers }: Child): void {
    const tours = this.#tours;
    tours.take(plan);
    this.#search.trust();
    for (const vehicle of newcomers) tours.touch(vehicle);
    insertMissing(tours, missing, this.#random);
    this.#search.run();
    this.iterations += Math.ceil(ROUNDS_PER_TASK * this.kernel.tasks);
    const excess = tours.excess();
    this.#prices.note(excess);
    if (this.#enroll(excess)) return;
    if (this.#random.unit() >= MEND) return;
    const [loadPrice, warpPrice] = [tours.loadPrice, tours.warpPrice];
    tours.loadPrice *= 10;
    tours.warpPrice *= 10;
    tours.take(tours.plan());
    this.#search.forget();
    this.#search.run();
    this.iterations += Math.ceil(ROUNDS_PER_TASK * this.kernel.tasks);
    tours.loadPrice = loadPrice;
    tours.warpPrice = warpPrice;
    this.#enroll(tours.excess());
  }

  /** @returns whether the plan keeps all rules; then it was polished and taken in, else it was taken in with its penalties */
  #enroll(excess: { load: number; warp: number }): boolean {
    const tours = this.#tours;
    if (excess.load === 0 && excess.warp === 0) {
      this.#polish(tours.plan(), POLISH);
      return true;
    }
    const cost = tours.cost() + excess.load * tours.loadPrice + excess.warp * tours.warpPrice;
    this.#population.add(individualOf(this.kernel, tours.plan(), cost, false));
    return false;
  }

  #polish(plan: VrpPlan, rounds: number): void {
    const sisr = this.#sisr;
    sisr.start(plan);
    const hot = sisr.scale * POLISH_HOT;
    const steps = Math.min(POLISH_STEPS, rounds);
    for (let step = 0; step < steps; step++)
      sisr.run(Math.ceil(rounds / steps), hot * (COLD / POLISH_HOT) ** (step / steps));
    this.iterations += rounds;
    this.#enter();
  }

  /** The best plan of the annealing joins the population. */
  #enter(): void {
    const worth = this.#sisr.best;
    const polished = this.#sisr.bestPlan();
    if (worth.absent === 0) this.#population.add(individualOf(this.kernel, polished, worth.cost, true));
    const best = this.#best?.worth;
    if (!best || worth.absent < best.absent || (worth.absent === best.absent && worth.cost < best.cost))
      this.#best = { plan: polished, worth };
  }
}
