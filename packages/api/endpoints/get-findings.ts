import { createRoute, z } from "@hono/zod-openapi";
import { findingId } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { visibleCounts, visibleFindings } from "../privacy/visible.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { findingsSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}/findings",
  tags: ["datasets"],
  summary: "Get a dataset's integrity report",
  description:
    "Every finding by name, where it stands, how to mend it, and who has acknowledged it; of the areas and schools of whoever asks.",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(findingsSchema, "the report"), ...problems(404) },
});

export function getFindings(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const report = found(await store.datasets.report(dataset_hash), "dataset", dataset_hash);
    const given = new Map(
      (await store.acknowledgements.list(dataset_hash)).map(({ finding_id, ...rest }) => [finding_id, rest]),
    );
    const findings = report.findings.map((finding) => {
      const finding_id = findingId(finding);
      return { ...finding, finding_id, acknowledgement: given.get(finding_id) ?? null };
    });
    const actor = currentActor(c);
    const seen = visibleFindings(findings, actor);
    const open = seen.filter(({ severity, acknowledgement }) => severity === "warning" && !acknowledgement).length;
    return c.json({ ...report, ...visibleCounts(report, actor), findings: seen, open }, 200);
  });
}
