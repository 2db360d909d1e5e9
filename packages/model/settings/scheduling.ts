import { z } from "zod";
import { paritySchema, weightsSchema } from "./shared.ts";

/** `scheduling/settings.json`. */
export const schedulingSettingsSchema = z.looseObject({
  weights: weightsSchema.optional(),
  travel_min: z
    .union([z.number().min(0), z.record(z.string(), z.record(z.string(), z.number().min(0)))])
    .optional()
    .describe("minutes between two buildings (or schools): one number for all pairs, or from → to → minutes"),
  lunch: z
    .looseObject({
      waves: z
        .array(z.array(z.string()))
        .optional()
        .describe("lists of slots `day:period_id`; everyone is free in all slots of one wave"),
      grades: z.record(z.string(), z.number().int()).optional().describe("grade → index of its wave; absent: any wave"),
    })
    .optional(),
  parity: paritySchema.optional(),
  price_moved_student: z
    .number()
    .min(0)
    .optional()
    .describe("price of one student moved to another section than today's"),
});
export type SchedulingSettings = z.infer<typeof schedulingSettingsSchema>;
