import type { Area } from "@trivium/model";
import type { Store } from "@trivium/store";
import { found, ProblemError } from "./problem.ts";

/** @throws ProblemError where a solve of the area cannot start from the plan */
export async function mayStartFrom(store: Store, planId: string, area: Area): Promise<void> {
  const start = found(await store.plans.summary(planId), "plan", planId);
  if (start.area !== area)
    throw new ProblemError(422, "areas-differ", `a solve of ${area} cannot start from a plan of ${start.area}`);
}
