import { z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { storedScenarioSchema } from "../schemas/scenario.ts";

const endpoint = listRoute({
  path: "/v1/scenarios",
  tags: ["scenarios"],
  summary: "List scenarios",
  item: storedScenarioSchema,
  page: "a page of scenarios",
  narrowed: { dataset_hash: z.string().optional().describe("of this dataset only") },
});

export function listScenarios(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash, ...page } = c.req.valid("query");
    return c.json(await store.scenarios.list(page, dataset_hash), 200);
  });
}
