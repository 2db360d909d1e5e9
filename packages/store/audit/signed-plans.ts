import { sha256 } from "@trivium/model";
import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** Plans whose content is no longer what the sign-off saw. */
export async function alteredPlans(db: Kysely<Schema>): Promise<string[]> {
  const signed = await db
    .selectFrom("approvals")
    .select(["plan_id", "plan_hash", "content_sha256"])
    .distinct()
    .execute();
  const altered = new Set<string>();
  for (const { plan_id, plan_hash, content_sha256 } of signed) {
    const plan = await db
      .selectFrom("plans")
      .select(["plan_hash", "content"])
      .where("plan_id", "=", plan_id)
      .executeTakeFirst();
    // A plan that was deleted with its dataset is gone by right, and the log says by whom.
    if (plan && (plan.plan_hash !== plan_hash || sha256(plan.content) !== content_sha256)) altered.add(plan_id);
  }
  return [...altered];
}
