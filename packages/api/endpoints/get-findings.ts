import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { reportSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}/findings",
  tags: ["datasets"],
  summary: "Get a dataset's integrity report",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(reportSchema, "every finding, with where it stands and how to mend it"), ...problems(404) },
});

export function getFindings(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const report = await store.datasets.report(dataset_hash);
    if (!report) throw notFound("dataset", dataset_hash);
    return c.json(report, 200);
  });
}
