import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { json, problems } from "../responses.ts";
import { storedScenarioSchema } from "../schemas/scenario.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/scenarios",
  tags: ["scenarios"],
  summary: "List scenarios",
  request: {
    query: z.strictObject({ ...pageQuery, dataset_hash: z.string().optional().describe("of this dataset only") }),
  },
  responses: { 200: json(pageSchema(storedScenarioSchema), "a page of scenarios"), ...problems(422) },
});

export function listScenarios(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash, ...page } = c.req.valid("query");
    return c.json(await store.scenarios.list(page, dataset_hash), 200);
  });
}
