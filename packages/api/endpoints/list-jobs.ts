import { jobStatusSchema } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { jobSchema } from "../schemas/job.ts";

const endpoint = listRoute({
  path: "/v1/jobs",
  tags: ["jobs"],
  summary: "List jobs",
  item: jobSchema,
  page: "a page of jobs",
  narrowed: { status: jobStatusSchema.optional() },
});

export function listJobs(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { status, ...page } = c.req.valid("query");
    return c.json(await store.jobs.list(page, status), 200);
  });
}
