import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { datasetSchema } from "../schemas/dataset.ts";

const endpoint = listRoute({
  path: "/v1/datasets",
  tags: ["datasets"],
  summary: "List datasets",
  item: datasetSchema,
  page: "a page of datasets",
  narrowed: {},
});

export function listDatasets(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => c.json(await store.datasets.list(c.req.valid("query")), 200));
}
