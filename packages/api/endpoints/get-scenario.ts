import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { carriedFlags } from "../carried-flags.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { openedScenarioSchema } from "../schemas/scenario.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/scenarios/{scenario_id}",
  tags: ["scenarios"],
  summary: "Get a scenario",
  request: { params: z.strictObject({ scenario_id: z.string() }) },
  responses: { 200: json(openedScenarioSchema, "the scenario"), ...problems(404) },
});

export function getScenario(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { scenario_id } = c.req.valid("param");
    const scenario = found(await store.scenarios.get(scenario_id), "scenario", scenario_id);
    return c.json({ ...scenario, flags: await carriedFlags(store, scenario.dataset_hash) }, 200);
  });
}
