import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { json, problems } from "../responses.ts";
import { planSummarySchema } from "../schemas/plan.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/plans",
  tags: ["plans"],
  summary: "List plans",
  request: {
    query: z.strictObject({ ...pageQuery, scenario_id: z.string().optional().describe("of this scenario only") }),
  },
  responses: { 200: json(pageSchema(planSummarySchema), "a page of plans, without their decisions"), ...problems(422) },
});

export function listPlans(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { scenario_id, ...page } = c.req.valid("query");
    return c.json(await store.plans.list(page, scenario_id), 200);
  });
}
