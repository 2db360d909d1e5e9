import { createRoute } from "@hono/zod-openapi";
import { applyScenario, type Scenario, scenarioSchema } from "@trivium/model";
import type { StoredScenario } from "@trivium/store";
import type { z } from "zod";
import type { Api, ApiParts } from "../api.ts";
import { carriedFlags } from "../carried-flags.ts";
import { notFound } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { newScenarioSchema, openedScenarioSchema } from "../schemas/scenario.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/scenarios",
  tags: ["scenarios"],
  summary: "Make a scenario, or copy one and change it",
  description:
    "On a dataset, or copied `from` another scenario: its changes come first and its settings hold where none are given. Changes that cannot be made to the dataset are refused, all at once.",
  request: { body: jsonBody(newScenarioSchema) },
  responses: { 201: json(openedScenarioSchema, "stored; Location names it"), ...problems(400, 404, 415, 422) },
});

export function createScenario(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const given = c.req.valid("json");
    const original = given.from === undefined ? undefined : await store.scenarios.get(given.from);
    if (given.from !== undefined && !original) throw notFound("scenario", given.from);
    const datasetHash = given.dataset_hash ?? original?.dataset_hash ?? "";
    if (!(await store.datasets.summary(datasetHash))) throw notFound("dataset", datasetHash);
    const scenario = combined(original, given);
    const dataset = scenario.changes.length > 0 ? await store.datasets.get(datasetHash) : undefined;
    if (dataset) applyScenario(dataset, scenario);
    const stored = await store.scenarios.add(datasetHash, scenario, original?.scenario_id ?? null);
    c.header("Location", `/v1/scenarios/${stored.scenario_id}`);
    return c.json({ ...stored, flags: await carriedFlags(store, datasetHash) }, 201);
  });
}

function combined(original: StoredScenario | undefined, given: z.output<typeof newScenarioSchema>): Scenario {
  const base = original?.scenario;
  return scenarioSchema.parse({
    name: given.name ?? base?.name,
    changes: [...(base?.changes ?? []), ...(given.changes ?? [])],
    settings: { ...base?.settings, ...given.settings },
  });
}
