import { createRoute } from "@hono/zod-openapi";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { asked } from "../questions.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { answerSchema, newQuestionSchema } from "../schemas/question.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/questions",
  tags: ["plans"],
  summary: "Ask a plan a what-if question",
  description:
    "Short and read-only: a late student, one more section, two more years of waiting. Kinds and members by area.",
  request: { body: jsonBody(newQuestionSchema) },
  responses: { 200: json(answerSchema, "the engine's answer"), ...problems(400, 404, 415, 422, 503) },
});

export function askPlan(api: Api, parts: ApiParts): void {
  api.openapi(endpoint, async (c) =>
    c.json(await asked<Record<string, unknown>>(parts, currentActor(c), { op: "ask", ...c.req.valid("json") }), 200),
  );
}
