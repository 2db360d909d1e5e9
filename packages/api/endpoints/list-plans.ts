import { z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { planSummarySchema } from "../schemas/plan.ts";

const endpoint = listRoute({
  path: "/v1/plans",
  tags: ["plans"],
  summary: "List plans",
  item: planSummarySchema,
  page: "a page of plans, without their decisions",
  narrowed: { scenario_id: z.string().optional().describe("of this scenario only") },
});

export function listPlans(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { scenario_id, ...page } = c.req.valid("query");
    return c.json(await store.plans.list(page, scenario_id), 200);
  });
}
