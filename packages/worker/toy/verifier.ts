import type { Dataset, Plan, Verification } from "@trivium/model";

/** The toy engine's verifier: no project may cost a billion. */
export async function verifyPlan(_dataset: Dataset, plan: Plan<"facilities">): Promise<Verification> {
  const dear = plan.decisions.plan.filter((project) => (project.cost_usd ?? 0) >= 1e9);
  return {
    ok: dear.length === 0,
    checked: { "project-price": plan.decisions.plan.length },
    figures: {},
    violations: dear.map(({ asset_id }) => ({ rule: "project-price", message: `${asset_id} costs a billion` })),
    violation_count: dear.length,
  };
}
