import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { acknowledgementsSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}/acknowledgements",
  tags: ["datasets"],
  summary: "List the warnings that were acknowledged",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(acknowledgementsSchema, "who accepted which, when and why"), ...problems(404) },
});

export function listAcknowledgements(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    if (!(await store.datasets.summary(dataset_hash))) throw notFound("dataset", dataset_hash);
    const items = await store.acknowledgements.list(dataset_hash);
    return c.json({ open: (await store.acknowledgements.open(dataset_hash)).length, items }, 200);
  });
}
