import { createRoute } from "@hono/zod-openapi";
import type { AnalysisAnswer } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { asked } from "../questions.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { analysisSchema, newAnalysisSchema } from "../schemas/question.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/analyses",
  tags: ["scenarios"],
  summary: "Analyse a scenario before solving it",
  description:
    "Scheduling: tallies and sections needed, the conflict matrix with its severity, singletons, seat slack, loads of teachers and rooms, and requests that can never be met.",
  request: { body: jsonBody(newAnalysisSchema) },
  responses: { 200: json(analysisSchema, "the analysis"), ...problems(400, 404, 415, 422, 503) },
});

export function analyseScenario(api: Api, parts: ApiParts): void {
  api.openapi(endpoint, async (c) =>
    c.json(
      await asked<AnalysisAnswer>(parts, currentActor(c), {
        op: "analysis",
        area: "scheduling",
        ...c.req.valid("json"),
      }),
      200,
    ),
  );
}
