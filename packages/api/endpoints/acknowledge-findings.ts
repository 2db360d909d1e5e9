import { createRoute, z } from "@hono/zod-openapi";
import { type Finding, findingId } from "@trivium/model";
import { actorOf, currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { visibleFindings } from "../privacy/visible.ts";
import { found, ProblemError } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { acknowledgementsSchema, newAcknowledgementSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/datasets/{dataset_hash}/acknowledgements",
  tags: ["datasets"],
  summary: "Acknowledge warnings",
  description:
    "Says that a person has seen these warnings and lets plans rest on them, with the reason. Warnings stop no solve, but no plan is approved before those that it rests on are acknowledged. What was acknowledged stays so.",
  request: { params: z.strictObject({ dataset_hash: z.string() }), body: jsonBody(newAcknowledgementSchema) },
  responses: {
    201: json(acknowledgementsSchema, "all acknowledgements of the dataset"),
    ...problems(400, 404, 413, 415, 422),
  },
});

export function acknowledgeFindings(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const { finding_ids, codes, reason } = c.req.valid("json");
    const report = found(await store.datasets.report(dataset_hash), "dataset", dataset_hash);
    const named = report.findings.map((each) => ({ ...each, finding_id: findingId(each) }));
    const warnings = new Map(
      visibleFindings(named, currentActor(c))
        .filter(({ severity }) => severity === "warning")
        .map((each) => [each.finding_id, each]),
    );
    refuseUnknown(warnings, finding_ids, codes);
    const kinds = new Set(codes);
    const ofKinds = [...warnings].filter(([, { code }]) => kinds.has(code)).map(([id]) => id);
    await store.acknowledgements.add(dataset_hash, [...finding_ids, ...ofKinds], actorOf(c), reason);
    const items = await store.acknowledgements.list(dataset_hash);
    const open = (await store.acknowledgements.open(dataset_hash)).length;
    c.header("Location", `/v1/datasets/${dataset_hash}/acknowledgements`);
    return c.json({ open, items }, 201);
  });
}

function refuseUnknown(warnings: ReadonlyMap<string, Finding>, ids: readonly string[], codes: readonly string[]): void {
  const known = new Set([...warnings.values()].map(({ code }) => code));
  const errors = [
    ...ids.flatMap((id, i) =>
      warnings.has(id) ? [] : [{ path: `finding_ids.${i}`, message: `no warning of this dataset is named ${id}` }],
    ),
    ...codes.flatMap((code, i) =>
      known.has(code) ? [] : [{ path: `codes.${i}`, message: `no warning of this dataset is of kind ${code}` }],
    ),
  ];
  if (errors.length > 0)
    throw new ProblemError(422, "unknown-warning", `${errors.length} of these are no warnings: ${errors[0].message}`, {
      errors,
    });
}
