import { type Area, type DecisionsOf, PLAN_TABLES, type Plan, planHash, VERSION } from "@trivium/model";
import { seedOf, threadsOf } from "./limits.ts";
import type { SolveRequest } from "./solve-here.ts";

/** What a solve returns that was cancelled before there was anything to keep: status no_plan, every table empty. */
export function noPlan(request: SolveRequest, elapsedS: number): Plan {
  const decisions = emptyDecisions(request.area);
  return {
    area: request.area,
    trivium_version: VERSION,
    dataset_hash: request.dataset.hash,
    scenario: request.scenario,
    seed: seedOf(request.scenario.settings),
    iterations: 0,
    threads: threadsOf(request.scenario.settings),
    elapsed_s: Math.round(elapsedS * 1000) / 1000,
    status: "no_plan",
    metrics: {},
    bound: null,
    decisions,
    unmet: [],
    verification: null,
    provenance: { plan_hash: planHash(decisions, {}), node: process.version },
  };
}

function emptyDecisions(area: Area): DecisionsOf[Area] {
  return Object.fromEntries(Object.keys(PLAN_TABLES[area]).map((name) => [name, []])) as unknown as DecisionsOf[Area];
}
