import type { Solution } from "@trivium/engine";
import { type Dataset, type Plan, planHash, VERSION } from "@trivium/model";

/** A solution as the plan file of an unchanged district, not yet verified. */
export const planOf = (dataset: Dataset, solution: Solution<"scheduling">): Plan<"scheduling"> => ({
  ...withoutConflicts(solution),
  area: "scheduling",
  trivium_version: VERSION,
  dataset_hash: dataset.hash,
  scenario: { name: "As it stands", changes: [], settings: {} },
  seed: 1,
  threads: 1,
  elapsed_s: 0,
  verification: null,
  provenance: {
    plan_hash: planHash(solution.decisions, solution.metrics),
    ...(solution.conflicts ? { conflicts: [...solution.conflicts] } : {}),
  },
});

function withoutConflicts({ conflicts: _, reason: __, ...solution }: Solution<"scheduling">) {
  return solution;
}
