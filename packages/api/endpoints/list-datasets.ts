import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { json, problems } from "../responses.ts";
import { datasetSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets",
  tags: ["datasets"],
  summary: "List datasets",
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(pageSchema(datasetSchema), "a page of datasets"), ...problems(422) },
});

export function listDatasets(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => c.json(await store.datasets.list(c.req.valid("query")), 200));
}
