import { z } from "@hono/zod-openapi";
import { areaSchema, jobSchema as modelJob, prioritySchema } from "@trivium/model";

export const jobSchema = modelJob.meta({ id: "Job" });

export const newSolveSchema = z
  .strictObject({
    scenario_id: z.string(),
    area: areaSchema,
    start_plan_id: z.string().optional().describe("a plan to start the search from"),
    priority: prioritySchema.optional().describe("default normal; waiting solves of higher priority are begun first"),
  })
  .meta({ id: "NewSolve" });
export type NewSolve = z.infer<typeof newSolveSchema>;

export const jobId = z.strictObject({ job_id: z.string() });
