import { createRoute } from "@hono/zod-openapi";
import type { IntegrityReport } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { ProblemError } from "../problem.ts";
import { districtBody, districtQuery, received } from "../received.ts";
import { json, problems } from "../responses.ts";
import { uploadedSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/datasets",
  tags: ["datasets"],
  summary: "Upload a district",
  description:
    "A zipped district folder, as the body or as the part `district` of a form (with an optional part `mapping`, a column mapping as JSON). Errors in the data refuse it, all findings at once, and nothing is stored; the same content again is the same dataset.",
  request: { query: districtQuery, body: districtBody },
  responses: {
    201: json(uploadedSchema, "stored; Location names it"),
    ...problems(400, 404, 413, 415, 422),
  },
});

export function uploadDataset(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, (c) =>
    received(c, store, c.req.valid("query").mapping, async ({ dataset, report, remembered }) => {
      if (!dataset) throw dataErrors(report);
      const summary = await store.datasets.add(dataset, report);
      c.header("Location", `/v1/datasets/${summary.dataset_hash}`);
      return c.json({ dataset: summary, report, ...(remembered === undefined ? {} : { mapping: remembered }) }, 201);
    }),
  );
}

function dataErrors(report: IntegrityReport): ProblemError {
  return new ProblemError(422, "data-errors", `the district has ${report.errors} error(s); nothing was stored`, {
    findings: report.findings,
    report,
  });
}
