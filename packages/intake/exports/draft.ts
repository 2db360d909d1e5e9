import type { Plan } from "@trivium/model";

export const DRAFT_FILE = "DRAFT.txt";
export const DRAFT_MARK = "DRAFT: not approved";

/** What lies beside the tables of a plan that nobody has signed. */
export function draftNotice(plan: Plan): string {
  return [
    `${DRAFT_MARK}.`,
    `This ${plan.area} plan (${plan.scenario.name}, ${plan.provenance.plan_hash}) has been computed but not approved.`,
    "Do not publish it, and do not act on it, before it is signed off.",
    "",
  ].join("\n");
}
