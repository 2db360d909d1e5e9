import { createRoute, z } from "@hono/zod-openapi";
import { submitSolve } from "@trivium/jobs";
import { applyScenario, type Job, type Scenario } from "@trivium/model";
import type { Variant, WhatIf } from "@trivium/store";
import { actorOf } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { found } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { newWhatIfSchema, whatIfSchema, whatIfTableSchema } from "../schemas/what-if.ts";
import { mayStartFrom } from "../start-plan.ts";

const tags = ["scenarios"];

const create = createRoute({
  method: "post",
  path: "/v1/what-ifs",
  tags,
  summary: "Solve variants of a scenario side by side",
  description:
    "Each variant is a copy of the scenario with its own changes and settings, solved as a job of its own; the scenario itself is the first row. Changes that cannot be made are refused before anything starts.",
  request: { body: jsonBody(newWhatIfSchema) },
  responses: {
    202: json(whatIfSchema, "accepted; Location names the table"),
    ...problems(400, 404, 413, 415, 422, 503),
  },
});

const list = listRoute({
  path: "/v1/what-ifs",
  tags,
  summary: "List what-if tables",
  item: whatIfSchema,
  page: "a page of tables",
  narrowed: {},
});

const get = createRoute({
  method: "get",
  path: "/v1/what-ifs/{what_if_id}",
  tags,
  summary: "Get a what-if table",
  description:
    "A row a variant: how far its job is and, once it has a plan, its figures and their difference to the first row's.",
  request: { params: z.strictObject({ what_if_id: z.string() }) },
  responses: { 200: json(whatIfTableSchema, "the table as it stands"), ...problems(404) },
});

export function whatIfs(api: Api, parts: ApiParts): void {
  const { store } = parts;
  api.openapi(create, async (c) => {
    const { scenario_id, area, variants, start_plan_id } = c.req.valid("json");
    const base = found(await store.scenarios.get(scenario_id), "scenario", scenario_id);
    const dataset = found(await store.datasets.get(base.dataset_hash), "dataset", base.dataset_hash);
    if (start_plan_id !== undefined) await mayStartFrom(store, start_plan_id, area);
    const scenarios: Scenario[] = variants.map(({ name, changes, settings }) => ({
      name,
      changes: [...base.scenario.changes, ...changes],
      settings: { ...base.scenario.settings, ...settings },
    }));
    for (const scenario of scenarios) applyScenario(dataset, scenario);
    const copies = await Promise.all(
      scenarios.map((scenario) => store.scenarios.add(base.dataset_hash, scenario, scenario_id)),
    );
    const started = await startAll(parts, [base, ...copies], { area, submitted_by: actorOf(c), start_plan_id });
    const stored = await store.whatIfs.add({ scenario_id, area, created_by: actorOf(c), variants: started });
    c.header("Location", `/v1/what-ifs/${stored.what_if_id}`);
    return c.json(resource(stored), 202);
  });
  api.openapi(list, async (c) => {
    const page = await store.whatIfs.list(c.req.valid("query"));
    return c.json({ ...page, items: page.items.map(resource) }, 200);
  });
  api.openapi(get, async (c) => {
    const { what_if_id } = c.req.valid("param");
    const stored = found(await store.whatIfs.get(what_if_id), "what-if", what_if_id);
    const rows = await Promise.all(stored.variants.map((variant) => rowOf(parts, variant)));
    return c.json(
      { ...resource(stored), rows: rows.map((row) => ({ ...row, difference: difference(row, rows[0]) })) },
      200,
    );
  });
}

const resource = (stored: WhatIf) => ({ ...stored, variants: [...stored.variants] });

/** All variants' jobs, or none: where one is refused (the queue is full), those before it are cancelled. */
async function startAll(
  { store, carrier, queueLimit }: ApiParts,
  scenarios: readonly { scenario_id: string; scenario: Scenario }[],
  job: { readonly area: Job["area"]; readonly submitted_by: string; readonly start_plan_id?: string },
): Promise<Variant[]> {
  const started: Variant[] = [];
  try {
    for (const { scenario_id, scenario } of scenarios) {
      const { job_id } = await submitSolve(store, carrier, { scenario_id, ...job }, queueLimit);
      started.push({ name: scenario.name, scenario_id, job_id });
    }
    return started;
  } catch (error) {
    await Promise.allSettled(started.map(({ job_id }) => store.jobs.requestCancel(job_id)));
    throw error;
  }
}

async function rowOf({ store }: ApiParts, variant: Variant) {
  const job = await store.jobs.get(variant.job_id);
  const plan = job?.plan_id ? await store.plans.summary(job.plan_id) : undefined;
  return {
    ...variant,
    status: job?.status ?? ("failed" as const),
    plan_id: job?.plan_id ?? null,
    error: job?.error ?? null,
    metrics: plan?.metrics ?? null,
  };
}

/** Row − first row, for the figures that both have as numbers. */
function difference(row: Awaited<ReturnType<typeof rowOf>>, first: Awaited<ReturnType<typeof rowOf>>) {
  if (!row.metrics || !first.metrics) return null;
  const { metrics } = first;
  return Object.fromEntries(
    Object.entries(row.metrics).flatMap(([name, value]) => {
      const base = metrics[name];
      return typeof value === "number" && typeof base === "number" ? [[name, value - base]] : [];
    }),
  );
}
