import { writeFundRoom, yearIsOpen } from "./constraints/index.ts";
import { add, baseCostUsd, type PlanState, remove, schoolOf } from "./state.ts";

/** What is left of a plan's money while it is filled up: says in O(1) whether a project still fits. */
export class Room {
  readonly #state: PlanState;
  readonly #room: Float64Array;
  readonly #ceilingUsd: number;

  /** @param ceilingUsd most optional spend of a year, for smoothing */
  constructor(state: PlanState, ceilingUsd: number) {
    this.#state = state;
    this.#room = new Float64Array(state.fundSpend.length);
    this.#ceilingUsd = ceilingUsd;
    this.#recount();
  }

  /**
   * Adds a project if every rule but equity still holds; smoothing as a ceiling on the year's optional spend.
   * Only its own fund can lack money: what others pay of the visit's mobilization falls.
   */
  tryAdd(a: number, year: number, fund: number): boolean {
    const state = this.#state;
    const { problem, years } = state;
    if (!yearIsOpen(problem, a, year) || state.projects[year] >= problem.rules.projectsMax) return false;
    if (this.#extraUsd(a, year, fund) > this.#room[fund * years + year]) return false;
    add(state, a, year, fund);
    if (state.optionalSpend[year] > this.#ceilingUsd) {
      remove(state, a);
      return false;
    }
    this.#recount();
    return true;
  }

  /** False when surely no fund of these has the money: a quick look, without the mobilization. */
  mayFit(a: number, year: number, funds: readonly number[]): boolean {
    const { problem, years } = this.#state;
    const cost = baseCostUsd(problem, a, year);
    for (const fund of funds) if (this.#room[fund * years + year] >= cost) return true;
    return false;
  }

  /** What the project makes its fund spend more, its share of the mobilization included. */
  #extraUsd(a: number, year: number, fund: number): number {
    const { problem, years, fundCount, visitBase } = this.#state;
    const from = (schoolOf(problem, a) * years + year) * fundCount;
    const cost = baseCostUsd(problem, a, year);
    const mobilizationUsd = problem.money.mobilizationUsd[year];
    let base = 0;
    for (let f = 0; f < fundCount; f++) base += visitBase[from + f];
    const own = visitBase[from + fund];
    const before = base > 0 ? own * (1 + mobilizationUsd / base) : 0;
    return (own + cost) * (1 + mobilizationUsd / (base + cost)) - before;
  }

  #recount(): void {
    for (let fund = 0; fund < this.#state.fundCount; fund++) writeFundRoom(this.#state, fund, this.#room);
  }
}
