import { createRoute } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { jobId, jobSchema } from "../schemas/job.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/jobs/{job_id}",
  tags: ["jobs"],
  summary: "Get a job",
  request: { params: jobId },
  responses: { 200: json(jobSchema, "the job, with its latest progress"), ...problems(404) },
});

export function getJob(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { job_id } = c.req.valid("param");
    const job = found(await store.jobs.get(job_id), "job", job_id);
    return c.json(job, 200);
  });
}
