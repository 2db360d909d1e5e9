import { z } from "zod";
import { areaSchema } from "./area.ts";

/** queued → running → succeeded / failed / cancelled. A cancelled job keeps the best plan it had. */
export const jobStatusSchema = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** Which of the waiting jobs are begun first. Among equals each person has a turn. */
export const PRIORITIES = ["low", "normal", "high"] as const;
export const prioritySchema = z.enum(PRIORITIES);
export type Priority = z.infer<typeof prioritySchema>;

/** What a running solve says of itself; `best` and `bound` are values of the area's headline figure. */
export const progressSchema = z.strictObject({
  phase: z.string(),
  share: z.number().min(0).max(1).describe("share of the budget spent"),
  iterations: z.number().int(),
  best: z.number().nullable(),
  best_label: z.string().describe("what `best` counts, for people: requests met, buses, objective"),
  bound: z.number().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const jobSchema = z.strictObject({
  job_id: z.string(),
  scenario_id: z.string(),
  area: areaSchema,
  priority: prioritySchema,
  submitted_by: z.string().nullable().describe("who asked for it; null where nobody had to say"),
  status: jobStatusSchema,
  attempt: z.number().int(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  progress: progressSchema.nullable(),
  plan_id: z.string().nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  cancel_requested: z.boolean(),
});
export type Job = z.infer<typeof jobSchema>;
