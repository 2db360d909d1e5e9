import { z } from "@hono/zod-openapi";
import {
  analysisAnswerSchema,
  comparisonSchema as modelComparison,
  explanationSchema as modelExplanation,
  subjectSchema,
} from "@trivium/model";

export const comparisonSchema = modelComparison.meta({ id: "Comparison" });
export const explanationSchema = modelExplanation.meta({ id: "Explanation" });

export const analysisSchema = analysisAnswerSchema.meta({ id: "Analysis" });
export const newAnalysisSchema = z
  .strictObject({ scenario_id: z.string().describe("its school's only where settings.school_id names one") })
  .meta({ id: "NewAnalysis" });
export type NewAnalysis = z.infer<typeof newAnalysisSchema>;

const side = z.string().describe("a plan_id, or `today` for today's service");
export const newComparisonSchema = z.strictObject({ a: side, b: side }).meta({ id: "NewComparison" });
export type NewComparison = z.infer<typeof newComparisonSchema>;

export const newExplanationSchema = z
  .strictObject({ plan_id: z.string(), subject: subjectSchema.meta({ id: "Subject" }) })
  .meta({ id: "NewExplanation" });
export type NewExplanation = z.infer<typeof newExplanationSchema>;

export const newQuestionSchema = z
  .strictObject({
    plan_id: z.string(),
    dataset_hash: z
      .string()
      .optional()
      .describe("a later dataset of the same district, for questions that look back: what came of a forecast"),
    question: z.looseObject({ kind: z.string() }).describe("the area's questions: see its MODEL.md"),
  })
  .meta({ id: "NewQuestion" });
export type NewQuestion = z.infer<typeof newQuestionSchema>;

export const answerSchema = z.record(z.string(), z.unknown()).meta({ id: "Answer" });
