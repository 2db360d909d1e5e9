import { createRoute } from "@hono/zod-openapi";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { planId, planSchema } from "../schemas/plan.ts";
import { showPlan } from "../show-plan.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/plans/{plan_id}",
  tags: ["plans"],
  summary: "Get a plan",
  request: { params: planId },
  responses: {
    200: json(planSchema, "the plan file: decisions, metrics, bound, verification"),
    ...problems(404, 429),
  },
});

export function getPlan(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { plan_id } = c.req.valid("param");
    const summary = await store.plans.summary(plan_id);
    const bytes = summary && (await showPlan(store, currentActor(c), summary));
    if (!bytes) throw notFound("plan", plan_id);
    c.set("madeForActor", true);
    return c.body(bytes, 200, { "Content-Type": "application/json" }) as never;
  });
}
