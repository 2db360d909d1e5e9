import { createRoute, type z } from "@hono/zod-openapi";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { planId, planSchema } from "../schemas/plan.ts";
import { visiblePlan } from "../visible.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/plans/{plan_id}",
  tags: ["plans"],
  summary: "Get a plan",
  request: { params: planId },
  responses: { 200: json(planSchema, "the plan file: decisions, metrics, bound, verification"), ...problems(404) },
});

export function getPlan(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { plan_id } = c.req.valid("param");
    const plan = await store.plans.get(plan_id);
    if (!plan) throw notFound("plan", plan_id);
    const dataset = currentActor(c).schools === null ? undefined : await store.datasets.get(plan.dataset_hash);
    return c.json(visiblePlan(plan, dataset, currentActor(c)) as unknown as z.output<typeof planSchema>, 200);
  });
}
