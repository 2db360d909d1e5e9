import { z } from "zod";
import { mendSchema } from "./answers/scheduling.ts";
import { areaSchema } from "./area.ts";
import { verificationSchema } from "./plan.ts";
import { changeSchema } from "./scenario.ts";
import { routingWhatIfSchema } from "./what-if.ts";

/** One figure of two plans. `better` is null where neither is (a count that is no goal, or equal). */
export const figureComparisonSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  unit: z.string(),
  a: z.number().nullable(),
  b: z.number().nullable(),
  difference: z.number().nullable().describe("b − a"),
  better: z.enum(["a", "b"]).nullable(),
});
export type FigureComparison = z.infer<typeof figureComparisonSchema>;

/** Two plans side by side: what got better, what got worse, who is affected. */
export const comparisonSchema = z.strictObject({
  area: areaSchema,
  a: z.string().describe("plan hash, or `today`"),
  b: z.string(),
  headline: z.string().describe("one sentence for the board"),
  figures: z.array(figureComparisonSchema),
  affected: z
    .record(z.string(), z.array(z.string()))
    .describe("kind of thing (students, sections, stops, assets) → ids whose service differs"),
  differences: z
    .record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))))
    .optional()
    .describe("kind of thing → what differs, a row each, with a (before) and b (after); only differences are listed"),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** An answer to "why", in plain words with the numbers behind them. */
export const explanationSchema = z.strictObject({
  subject: z.string(),
  summary: z.string(),
  facts: z.array(z.strictObject({ label: z.string(), value: z.union([z.string(), z.number()]) })),
  mends: z.array(
    z.strictObject({
      change: z.string(),
      effect: z.string(),
      mend: mendSchema.optional().describe("scheduling: the same as steps on the plan's tables, with the cost"),
      changes: z
        .array(z.union([changeSchema, routingWhatIfSchema]))
        .optional()
        .describe("routing: the same as changes of the district, to be solved"),
      replayed: z.boolean().optional().describe("solved with these changes and verified: whether it did what it says"),
    }),
  ),
  proven: z.boolean(),
  verification: verificationSchema
    .omit({ figures: true })
    .optional()
    .describe("the independent verifier's: reasons replayed, mends laid on the plan and judged by every hard rule"),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** What an explanation is asked about: `trivium explain --request S12:BIO1 | --student S12 | --bus B7 | --asset A33`. */
export const subjectSchema = z.strictObject({ kind: z.enum(["request", "student", "bus", "asset"]), id: z.string() });
export type Subject = z.infer<typeof subjectSchema>;
