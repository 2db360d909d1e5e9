import { z } from "zod";
import { paritySchema, weightsSchema } from "./shared.ts";

/** The names of the objective's weights; the solver's `MODEL.md` says what each is, and its default. */
export const SCHEDULING_WEIGHTS = [
  "required",
  "elective",
  "alternate",
  "complete",
  "unplaced",
  "inclusion",
  "section",
  "over_cap",
  "sections_min",
  "preference",
  "prep",
  "home_room",
  "balance",
  "term_balance",
  "hole",
  "moved_student",
  "moved_teacher",
  "moved_room",
  "moved_time",
] as const;

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
  parity: paritySchema
    .optional()
    .describe(
      "goal: each value of these group columns has its school's share of requests met, and its students are spread evenly over a course's sections",
    ),
  grade_factors: z
    .record(z.string(), z.number().positive())
    .optional()
    .describe("grade → factor on what its students' requests are worth; absent: 1"),
  seats_over_max: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe("students that a section may hold beyond its seats, each at the weight over_cap; absent: none"),
  price_moved_student: z
    .number()
    .min(0)
    .optional()
    .describe("price of one student moved to another section than today's"),
});
export type SchedulingSettings = z.infer<typeof schedulingSettingsSchema>;
