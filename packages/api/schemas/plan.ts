import { z } from "@hono/zod-openapi";
import { areaSchema, boundSchema, metricsSchema, planSchema as modelPlan, planStatusSchema } from "@trivium/model";

/** `plan.json`, the same in all three areas. */
export const planSchema = modelPlan.meta({ id: "Plan" });

export const planSummarySchema = z
  .strictObject({
    plan_id: z.string(),
    job_id: z.string(),
    scenario_id: z.string(),
    dataset_hash: z.string(),
    area: areaSchema,
    status: planStatusSchema,
    plan_hash: z.string(),
    created_at: z.string(),
    metrics: metricsSchema,
    bound: boundSchema.nullable(),
  })
  .meta({ id: "PlanSummary" });
export type PlanSummaryResource = z.infer<typeof planSummarySchema>;

export const planId = z.strictObject({ plan_id: z.string() });
