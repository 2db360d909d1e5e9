import { createRoute } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { ProblemError } from "../problem.ts";
import { readUpload } from "../read-upload.ts";
import { json, problems } from "../responses.ts";
import { uploadedSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/demo",
  tags: ["datasets"],
  summary: "Load the sample district",
  description: "A made-up district with all three areas, to look around with before one's own data is there.",
  responses: { 201: json(uploadedSchema, "stored; Location names it"), ...problems(404) },
});

export function loadDemo(api: Api, { store, sampleDir }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    if (sampleDir === undefined) throw new ProblemError(404, "no-demo", "this server carries no sample district");
    const { dataset, report } = await readUpload({ path: sampleDir });
    if (!dataset) throw new ProblemError(404, "no-demo", "the sample district is not whole on this server");
    const summary = await store.datasets.add(dataset, report);
    c.header("Location", `/v1/datasets/${summary.dataset_hash}`);
    return c.json({ dataset: summary, report }, 201);
  });
}
