import { add, type PlanState, remove, UNPLANNED } from "../state.ts";

/** Changes to a plan that can be taken back. */
export class Trial {
  readonly state: PlanState;
  readonly #asset: number[] = [];
  readonly #year: number[] = [];
  readonly #fund: number[] = [];
  #savingBefore: number;

  constructor(state: PlanState) {
    this.state = state;
    this.#savingBefore = state.savingUsd;
  }

  /** Plans a live asset anew; UNPLANNED takes it out. */
  set(a: number, year: number, fund: number): void {
    this.#asset.push(a);
    this.#year.push(this.state.year[a]);
    this.#fund.push(this.state.fund[a]);
    this.#put(a, year, fund);
  }

  /** What the changes so far save more. */
  gainUsd(): number {
    return this.state.savingUsd - this.#savingBefore;
  }

  keep(): void {
    this.#asset.length = 0;
    this.#year.length = 0;
    this.#fund.length = 0;
    this.#savingBefore = this.state.savingUsd;
  }

  undo(): void {
    for (let k = this.#asset.length - 1; k >= 0; k--) this.#put(this.#asset[k], this.#year[k], this.#fund[k]);
    this.state.savingUsd = this.#savingBefore;
    this.keep();
  }

  #put(a: number, year: number, fund: number): void {
    if (this.state.year[a] !== UNPLANNED) remove(this.state, a);
    if (year !== UNPLANNED) add(this.state, a, year, fund);
  }
}
