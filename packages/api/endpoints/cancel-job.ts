import { createRoute } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { jobId, jobSchema } from "../schemas/job.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/jobs/{job_id}/cancel",
  tags: ["jobs"],
  summary: "Cancel a job",
  description:
    "A queued job ends at once; a running one stops within about two seconds and keeps its best plan. A job that has ended stays as it is.",
  request: { params: jobId },
  responses: { 202: json(jobSchema, "the job, with cancel_requested"), ...problems(404) },
});

export function cancelJob(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { job_id } = c.req.valid("param");
    const job = found(await store.jobs.requestCancel(job_id), "job", job_id);
    return c.json(job, 202);
  });
}
