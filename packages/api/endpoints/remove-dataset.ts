import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";

const removedSchema = z
  .strictObject({
    dataset_hash: z.string(),
    scenarios: z.number().int(),
    jobs: z.number().int(),
    plans: z.number().int(),
  })
  .meta({ id: "Removed" });
export type Removed = z.infer<typeof removedSchema>;

const endpoint = createRoute({
  method: "delete",
  path: "/v1/datasets/{dataset_hash}",
  tags: ["datasets"],
  summary: "Remove a dataset with all that derives from it",
  description:
    "Scenarios, jobs, plans, acknowledgements, flags. Not while one of its solves runs. That it was removed, and what was signed before, stays in the audit log.",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(removedSchema, "what went with it"), ...problems(404, 409) },
});

export function removeDataset(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const removed = found(await store.removal.remove(dataset_hash), "dataset", dataset_hash);
    return c.json(removed, 200);
  });
}
