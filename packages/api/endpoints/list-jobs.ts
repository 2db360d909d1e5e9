import { createRoute, z } from "@hono/zod-openapi";
import { jobStatusSchema } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { json, problems } from "../responses.ts";
import { jobSchema } from "../schemas/job.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/jobs",
  tags: ["jobs"],
  summary: "List jobs",
  request: { query: z.strictObject({ ...pageQuery, status: jobStatusSchema.optional() }) },
  responses: { 200: json(pageSchema(jobSchema), "a page of jobs"), ...problems(422) },
});

export function listJobs(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { status, ...page } = c.req.valid("query");
    return c.json(await store.jobs.list(page, status), 200);
  });
}
