import { createRoute } from "@hono/zod-openapi";
import type { Explanation } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { asked } from "../questions.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { explanationSchema, newExplanationSchema } from "../schemas/question.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/explanations",
  tags: ["plans"],
  summary: "Ask why, and what it would take",
  request: { body: jsonBody(newExplanationSchema) },
  responses: { 200: json(explanationSchema, "in plain words, with the numbers"), ...problems(400, 404, 415, 422, 503) },
});

export function explainPlan(api: Api, parts: ApiParts): void {
  api.openapi(endpoint, async (c) =>
    c.json(await asked<Explanation>(parts, currentActor(c), { op: "explain", ...c.req.valid("json") }), 200),
  );
}
