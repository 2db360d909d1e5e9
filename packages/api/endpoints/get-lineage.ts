import { createRoute, z } from "@hono/zod-openapi";
import type { StoredScenario } from "@trivium/store";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { lineageSchema } from "../schemas/scenario.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/scenarios/{scenario_id}/lineage",
  tags: ["scenarios"],
  summary: "Where a scenario came from, and what was made of it",
  request: { params: z.strictObject({ scenario_id: z.string() }) },
  responses: {
    200: json(
      lineageSchema,
      "its line from the first scenario down, each with the changes that it added, and its copies",
    ),
    ...problems(404),
  },
});

export function getLineage(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { scenario_id } = c.req.valid("param");
    const scenario = found(await store.scenarios.get(scenario_id), "scenario", scenario_id);
    const line = await store.scenarios.ancestors(scenario);
    const copies = await store.scenarios.copies(scenario_id);
    return c.json(
      {
        line: line.map((each, i) => relative(each, line[i - 1])),
        copies: copies.map((each) => relative(each, scenario)),
      },
      200,
    );
  });
}

/** A copy keeps its original's changes in front: what comes after them is its own. */
function relative({ scenario_id, created_at, scenario }: StoredScenario, original: StoredScenario | undefined) {
  const added = scenario.changes.slice(original?.scenario.changes.length ?? 0);
  return { scenario_id, name: scenario.name, created_at, added };
}
