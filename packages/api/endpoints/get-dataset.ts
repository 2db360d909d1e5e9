import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { datasetSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}",
  tags: ["datasets"],
  summary: "Get a dataset",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(datasetSchema, "the dataset"), ...problems(404) },
});

export function getDataset(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const dataset = found(await store.datasets.summary(dataset_hash), "dataset", dataset_hash);
    return c.json(dataset, 200);
  });
}
