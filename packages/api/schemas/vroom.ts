import { z } from "@hono/zod-openapi";
import { vroomAnswerSchema as modelAnswer, vroomDocumentSchema as modelDocument } from "@trivium/model";

export const vroomDocumentSchema = modelDocument.meta({ id: "VroomDocument" });
export type NewVroom = z.input<typeof vroomDocumentSchema>;

export const vroomAnswerSchema = modelAnswer.meta({ id: "VroomAnswer" });

export const vroomSolveSchema = z
  .strictObject({
    vroom_id: z.string(),
    status: z.enum(["queued", "running", "succeeded", "failed"]),
    created_at: z.string(),
    ended_at: z.string().nullable(),
    answer: vroomAnswerSchema.nullable(),
    error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    waiting: z.boolean().describe("nobody works on it at the moment"),
  })
  .meta({ id: "VroomSolve" });
export type VroomSolveResource = z.infer<typeof vroomSolveSchema>;
