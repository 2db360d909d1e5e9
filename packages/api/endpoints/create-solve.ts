import { createRoute } from "@hono/zod-openapi";
import { submitSolve } from "@trivium/jobs";
import type { Job } from "@trivium/model";
import { actorOf, currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { found, ProblemError } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { jobSchema, newSolveSchema } from "../schemas/job.ts";
import { mayStartFrom } from "../start-plan.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/solves",
  tags: ["jobs"],
  summary: "Start a solve",
  description:
    "Solves one area of a scenario. Answered at once with the job, which can be followed, cancelled and left alone.",
  request: { body: jsonBody(newSolveSchema) },
  responses: { 202: json(jobSchema, "accepted; Location names the job"), ...problems(400, 404, 415, 422, 429, 503) },
});

export function createSolve(api: Api, { store, carrier, queueLimit }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const solve = c.req.valid("json");
    const stored = found(await store.scenarios.get(solve.scenario_id), "scenario", solve.scenario_id);
    const { schools } = currentActor(c);
    if (schools !== null && !schools.includes(stored.scenario.settings.school_id ?? ""))
      throw new ProblemError(
        403,
        "some-schools-only",
        `solve one of your schools (settings.school_id): ${schools.join(", ")}`,
      );
    if (solve.start_plan_id !== undefined) await mayStartFrom(store, solve.start_plan_id, solve.area);
    const key = c.get("replyKey");
    const reply = key === undefined ? undefined : { key, of: answerWith };
    const job = await submitSolve(store, carrier, { ...solve, submitted_by: actorOf(c) }, queueLimit, reply);
    c.header("Location", locationOf(job));
    return c.json(job, 202);
  });
}

const locationOf = (job: Job): string => `/v1/jobs/${job.job_id}`;
const answerWith = (job: Job) => ({ status: 202, location: locationOf(job), body: JSON.stringify(job) });
