/** Shapes of what a capital plan's questions answer: plain JSON, for exports and pages that draw them. Money in dollars of the year named, undiscounted unless said. */

/** Mean and percentiles of a figure over simulated futures. */
export interface Fan {
  readonly mean: number;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** `{ kind: "futures", futures?, seed?, reserve_usd? }`: the plan in simulated futures. */
export interface FuturesAnswer {
  readonly futures: number;
  readonly seed: number;
  /** Money a year, beside what the plan leaves unspent, that emergencies may take before the year counts as overrun. */
  readonly reserve_usd: number;
  readonly by_year: readonly FutureYear[];
  readonly failures: Fan;
  readonly emergency_usd: Fan;
  /** Share of futures in which at least one year is overrun. */
  readonly overrun_chance_any_year: number;
}

export interface FutureYear {
  readonly fiscal_year: number;
  readonly failures: Fan;
  readonly emergency_usd: Fan;
  /** Replacement cost of what has outlived its median life by the year's end, as a share of that of all. */
  readonly fci: Fan;
  /** The same as money, at that year's prices. */
  readonly backlog_usd: Fan;
  /** Left of that year's budgets by the plan, all funds. */
  readonly unspent_usd: number;
  readonly overrun_chance: number;
}

/** `{ kind: "baselines", futures?, seed? }`: the plan beside today's list and the rules of thumb, each under the same rules and money, on the same futures. */
export interface BaselinesAnswer {
  readonly futures: number;
  readonly seed: number;
  readonly lists: readonly BaselineList[];
}

export interface BaselineList {
  /** `plan`, `today`, `oldest first`, `past service life first`, `worst FCI school first`, `nothing`. */
  readonly name: string;
  readonly projects: number;
  readonly spend_usd: number;
  readonly objective_usd: number;
  readonly saved_usd: number;
  /** saved_usd as a share of the most that any plan could save, by the plan's proven bound; null where it has none. */
  readonly share_of_attainable: number | null;
  readonly fci_end: number;
  readonly failures: Fan;
  readonly emergency_usd: Fan;
  /** Share of futures in which the plan spends less on emergencies than this list. */
  readonly plan_cheaper_chance: number;
}

/**
 * `{ kind: "repair_or_replace", asset_id }`: what keeping the unit costs a year beside what a new one costs a year over its cheapest life, at the prices of
 * as_of_date and the discount rate. A year in service each; failures cost what an emergency costs more than a planned replacement.
 */
export interface RepairOrReplaceAnswer {
  readonly asset_id: string;
  readonly discount: number;
  readonly new_unit: { readonly economic_life_years: number; readonly annual_usd: number };
  /** The unit after a renewal, over its cheapest life from then on; null where its type is not renewed or it is younger than a renewed one. */
  readonly renewed_unit: { readonly economic_life_years: number; readonly annual_usd: number } | null;
  readonly keep: readonly KeptYear[];
  /** The first plan year from whose start on replacing is cheaper than keeping for however long; null = none within the horizon. */
  readonly replace_from: number | null;
  /** What the plan does; null = nothing. */
  readonly planned_year: number | null;
  readonly says: string;
}

export interface KeptYear {
  readonly fiscal_year: number;
  /** Given that it stands at the start of the year. */
  readonly p_fail: number;
  readonly failure_usd: number;
  readonly repair_usd: number;
  readonly energy_usd: number;
  /** Of keeping it for this year alone, and for as many more years of the horizon as cost least a year. */
  readonly annual_usd: number;
  readonly least_annual_usd: number;
}

/** `{ kind: "frontier", points?, least?, most? }`: what more or less money would do, every year's budgets scaled alike. */
export interface FrontierAnswer {
  readonly points: readonly FrontierPoint[];
}

export interface FrontierPoint {
  /** Of the present budgets. */
  readonly budget_share: number;
  readonly budget_usd: number;
  readonly spend_usd: number;
  readonly projects: number;
  readonly objective_usd: number;
  /** No plan with this money costs less. */
  readonly bound_usd: number;
  readonly saved_usd: number;
  readonly expected_failures: number;
  readonly emergency_usd: number;
  readonly fci_end: number;
  /** What one more dollar in the year where it does most would save. */
  readonly dollar_saves_usd: number;
  readonly must_do_unmet: number;
}

/** `{ kind: "what_if", … }`: the plan made anew under a change, and the change as a scenario that solves it in full. */
export interface WhatIfAnswer {
  readonly what: string;
  /** `changes` of a scenario: lay them on the plan's own and solve. */
  readonly changes: readonly unknown[];
  readonly before: WhatIfFigures;
  /** The present plan's projects, kept where the change allows, under the changed conditions. */
  readonly as_planned: WhatIfFigures;
  /** Planned anew. */
  readonly after: WhatIfFigures;
  readonly dropped: readonly string[];
  readonly added: readonly string[];
  readonly moved: readonly { readonly asset_id: string; readonly from: number; readonly to: number }[];
  /** The plan made anew. */
  readonly planned: readonly WhatIfProject[];
}

export interface WhatIfProject {
  readonly asset_id: string;
  readonly fiscal_year: number;
  readonly fund_id: string;
  readonly action: "replace" | "renew";
}

export interface WhatIfFigures {
  readonly projects: number;
  readonly spend_usd: number;
  readonly objective_usd: number;
  readonly saved_usd: number;
  readonly expected_failures: number;
  readonly emergency_usd: number;
  readonly fci_end: number;
  readonly must_do_unmet: number;
}
