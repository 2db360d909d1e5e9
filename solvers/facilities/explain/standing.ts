import type { Plan } from "@trivium/model";
import { replacedBy } from "../decisions.ts";
import { budgetsMissingUsd, projectsExcess, yearIsOpen } from "../plan/constraints/index.ts";
import { outlookOf } from "../plan/outlook.ts";
import { priceAsset, pricingWork } from "../plan/price-projects.ts";
import { add, baseCostUsd, emptyPlan, type PlanState, remove, schoolOf, UNPLANNED } from "../plan/state.ts";
import type { FacilitiesProblem } from "../problem.ts";
import { dollarPriceIn } from "../questions/dollar.ts";
import { startOf } from "../questions/figures-of.ts";
import { planFrom } from "../solve.ts";

/** What is supposed of an asset: its hazard rate and its cost, as multiples of what the problem says. */
export interface Supposed {
  readonly hazardRate: number;
  readonly cost: number;
}

export const AS_IT_IS: Supposed = { hazardRate: 1, cost: 1 };

/** What keeps a project out of a year: dollars that the fund which lacks least would need, or the room for one more project. */
export interface Obstacle {
  readonly fund: string;
  readonly missingUsd: number;
  readonly projectsFull: boolean;
}

/**
 * One asset before the rest of its plan: what each year is worth to it at the plan's own prices of dollars. A year's worth is what replacing then saves less
 * what its money (the mobilization too, where it would be alone in its visit) saves elsewhere; leaving it is worth 0. Years that no rule allows are −∞.
 */
export class Standing {
  readonly problem: FacilitiesProblem;
  readonly a: number;
  /** Plan year (0 first) or −1. */
  readonly year: number;
  readonly prices: Float64Array;
  readonly #others: PlanState;

  constructor(problem: FacilitiesProblem, plan: Plan<"facilities">, a: number) {
    this.problem = problem;
    this.a = a;
    const replaced = replacedBy(problem, plan.decisions.plan);
    this.year = replaced[a];
    this.prices = Float64Array.from(problem.calendar.years, (year) => dollarPriceIn(plan, year));
    const rows = plan.decisions.plan.map(startOf);
    this.#others = planFrom(problem, rows, emptyPlan(problem)).state;
    if (this.#others.year[a] !== UNPLANNED) remove(this.#others, a);
  }

  /** Must the rules have it replaced by a year of the plan? Then leaving it is no choice. */
  get obliged(): boolean {
    const by = this.problem.rules.mustDoBy[this.a];
    return by > 0 && by <= this.problem.calendar.years[this.prices.length - 1];
  }

  /** May it be replaced in this year: no blackout, a fund that may pay, in time for its must-do? */
  allowed(t: number): boolean {
    const { problem, a } = this;
    const by = problem.rules.mustDoBy[a];
    const funds = problem.funds.ids.length;
    const payable = problem.payable.subarray(a * funds, (a + 1) * funds).some((each) => each === 1);
    return payable && yearIsOpen(problem, a, t) && (!this.obliged || problem.calendar.years[t] <= by);
  }

  /** What the year's money would be spent on it: its cost, and the visit's mobilization where it would be the only project. */
  costUsd(t: number, supposed = AS_IT_IS): number {
    const { problem, a } = this;
    const alone = this.#others.visitProjects[schoolOf(problem, a) * this.#others.years + t] === 0;
    return supposed.cost * baseCostUsd(problem, a, t) + (alone ? problem.money.mobilizationUsd[t] : 0);
  }

  /** Objective saved by replacing it in each year. The hazard rate is multiplied in each stretch: q' = 1 − (1 − q)^hazardRate. */
  savingUsd({ hazardRate, cost }: Supposed = AS_IT_IS): Float64Array {
    const { problem, a } = this;
    const outlook = outlookOf(problem, a);
    const supposed = {
      ...outlook,
      pKept: outlook.pKept.map((p) => 1 - (1 - p) ** hazardRate),
      costUsd: cost * outlook.costUsd,
    };
    const savingUsd = new Float64Array(this.prices.length);
    priceAsset(supposed, problem.money, savingUsd, pricingWork(savingUsd.length), problem.renews[a] === 1);
    return savingUsd;
  }

  /** Worth of each year. */
  worthUsd(supposed: Supposed = AS_IT_IS): Float64Array {
    const saving = this.savingUsd(supposed);
    return saving.map((usd, t) => (this.allowed(t) ? usd - this.prices[t] * this.costUsd(t, supposed) : -Infinity));
  }

  /** What stands in the way of placing it in this year beside all other projects; undefined = neither money nor the number of projects. */
  obstacle(t: number): Obstacle | undefined {
    const { problem, a } = this;
    const others = this.#others;
    const before = budgetsMissingUsd(others);
    let least: Obstacle | undefined;
    for (let fund = 0; fund < others.fundCount; fund++) {
      if (problem.payable[a * others.fundCount + fund] === 0) continue;
      add(others, a, t, fund);
      const missingUsd = budgetsMissingUsd(others) - before;
      const projectsFull = projectsExcess(others) > 0;
      remove(others, a);
      if (least === undefined || missingUsd < least.missingUsd)
        least = { fund: problem.funds.ids[fund], missingUsd, projectsFull };
    }
    return least && (least.missingUsd > 1 || least.projectsFull) ? least : undefined;
  }
}
