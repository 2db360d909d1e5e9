import { createRoute } from "@hono/zod-openapi";
import type { Comparison } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { asked } from "../questions.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { comparisonSchema, newComparisonSchema } from "../schemas/question.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/comparisons",
  tags: ["plans"],
  summary: "Compare two plans, or a plan and today's service",
  request: { body: jsonBody(newComparisonSchema) },
  responses: { 200: json(comparisonSchema, "side by side"), ...problems(400, 404, 415, 422, 503) },
});

export function comparePlans(api: Api, parts: ApiParts): void {
  api.openapi(endpoint, async (c) =>
    c.json(await asked<Comparison>(parts, currentActor(c), { op: "compare", ...c.req.valid("json") }), 200),
  );
}
