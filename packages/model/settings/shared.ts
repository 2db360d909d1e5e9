import { z } from "zod";

/** Objective weights by name; each engine documents its names and defaults in its MODEL.md. */
export const weightsSchema = z.record(z.string(), z.number().min(0));

/** A parity goal names the `group_*` columns that the optimizer may see, and how much it minds a gap. */
export const paritySchema = z.looseObject({
  columns: z.array(z.string().startsWith("group_")),
  weight: z.number().min(0).optional(),
  requests_met_weight: z
    .number()
    .min(0)
    .optional()
    .describe("scheduling: points for each request that a group lacks to its school's share of requests met; 100"),
});
