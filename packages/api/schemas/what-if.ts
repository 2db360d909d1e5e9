import { z } from "@hono/zod-openapi";
import { areaSchema, jobSchema, jobStatusSchema, metricsSchema } from "@trivium/model";
import { changes, settings } from "./scenario.ts";

const VARIANTS_MAX = 50;

export const newWhatIfSchema = z
  .strictObject({
    scenario_id: z.string().describe("the scenario that is varied"),
    area: areaSchema,
    start_plan_id: z
      .string()
      .optional()
      .describe("a plan that every variant starts from: most of what a small change can win is won in seconds"),
    variants: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          changes: changes.default([]).describe("after those of the scenario"),
          settings: settings.default({}).describe("over those of the scenario"),
        }),
      )
      .min(1)
      .max(VARIANTS_MAX),
  })
  .meta({ id: "NewWhatIf" });
export type NewWhatIf = z.input<typeof newWhatIfSchema>;

const variant = { name: z.string(), scenario_id: z.string(), job_id: z.string() };

export const whatIfSchema = z
  .strictObject({
    what_if_id: z.string(),
    scenario_id: z.string(),
    area: areaSchema,
    created_by: z.string(),
    created_at: z.string(),
    variants: z.array(z.strictObject(variant)).describe("the scenario itself first"),
  })
  .meta({ id: "WhatIf" });
export type WhatIfResource = z.infer<typeof whatIfSchema>;

export const whatIfTableSchema = whatIfSchema
  .extend({
    rows: z.array(
      z.strictObject({
        ...variant,
        status: jobStatusSchema,
        plan_id: z.string().nullable(),
        error: jobSchema.shape.error,
        metrics: metricsSchema.nullable(),
        difference: z.record(z.string(), z.number()).nullable().describe("figure − the first row's"),
      }),
    ),
  })
  .meta({ id: "WhatIfTable" });
export type WhatIfTable = z.infer<typeof whatIfTableSchema>;
