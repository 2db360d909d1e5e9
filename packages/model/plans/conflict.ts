import { z } from "zod";
import { changeSchema } from "../scenario.ts";

/** A limit of the district's tables that a conflict needs. */
const limitSchema = z.strictObject({
  file: z.string(),
  row: z.string().describe("the row's key"),
  column: z.string(),
  value: z.string(),
});

/** Proven: these sections can't all be taught, and leaving any one of them out would do. */
export const conflictSchema = z.strictObject({
  sections: z.array(z.strictObject({ section_id: z.string(), course_id: z.string() })),
  limits: z.array(limitSchema).describe("limits of teachers, rooms and links without which they could be"),
  mends: z
    .array(z.strictObject({ words: z.string(), cost: z.number(), change: changeSchema }))
    .describe("single changes after which these sections can be taught, the least first"),
});
export type Conflict = z.infer<typeof conflictSchema>;
