import { createRoute, z } from "@hono/zod-openapi";
import { type Area, areaSchema, flagStateSchema } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { found, notFound } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { flagSchema } from "../schemas/scenario.ts";

const path = "/v1/flags";
const tags = ["feedback"];
const { kind, item_id } = flagSchema.shape;
const reason = z.string().trim().min(1).max(4000);

const newFlagSchema = z
  .strictObject({
    plan_id: z.string().optional(),
    dataset_hash: z.string().optional().describe("where it is of no plan"),
    area: areaSchema.optional().describe("of the data; a plan has its own"),
    kind,
    item_id,
    reason,
  })
  .refine(
    ({ plan_id, dataset_hash, area }) => (plan_id === undefined) === (dataset_hash !== undefined && area !== undefined),
    {
      message: "give plan_id, or dataset_hash and area",
      path: ["plan_id"],
    },
  )
  .meta({ id: "NewFlag" });
export type NewFlag = z.input<typeof newFlagSchema>;

const add = createRoute({
  method: "post",
  path,
  tags,
  summary: "Flag an item of a plan, or of the data, as wrong",
  description:
    "A route, section, asset or forecast of a plan (plan_id), or what a dataset says of an area (dataset_hash and area), with the reason. It shows beside the item, is triaged, and goes into the next scenarios, the reviews of their plans and the next import's integrity report until it is settled.",
  request: { body: jsonBody(newFlagSchema) },
  responses: { 201: json(flagSchema, "flagged"), ...problems(400, 404, 413, 415, 422) },
});

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "List what is flagged",
  request: {
    query: z.strictObject({
      ...pageQuery,
      plan_id: z.string().optional().describe("of this plan only"),
      dataset_hash: z.string().optional().describe("of this dataset only"),
      state: flagStateSchema.optional(),
    }),
  },
  responses: { 200: json(pageSchema(flagSchema), "a page of flags"), ...problems(422) },
});

const triage = createRoute({
  method: "post",
  path: `${path}/{flag_id}/triage`,
  tags,
  summary: "Say what becomes of a flag",
  request: {
    params: z.strictObject({ flag_id: z.string() }),
    body: jsonBody(z.strictObject({ state: flagStateSchema, answer: reason }).meta({ id: "Triage" })),
  },
  responses: { 200: json(flagSchema, "triaged"), ...problems(400, 404, 413, 415, 422) },
});

/** Feedback: what people who live with a plan say is wrong with it. */
export function flags(api: Api, { store }: ApiParts): void {
  api.openapi(add, async (c) => {
    const { plan_id, dataset_hash, area, ...said } = c.req.valid("json");
    const of = await flagged(store, plan_id, dataset_hash, area);
    const flag = await store.flags.add({ ...said, ...of });
    c.header("Location", `${path}/${flag.flag_id}`);
    return c.json(flag, 201);
  });
  api.openapi(list, async (c) => {
    const { limit, after, ...of } = c.req.valid("query");
    return c.json(await store.flags.list({ limit, after }, of), 200);
  });
  api.openapi(triage, async (c) => {
    const { flag_id } = c.req.valid("param");
    const { state, answer } = c.req.valid("json");
    const flag = found(await store.flags.triage(flag_id, state, answer), "flag", flag_id);
    return c.json(flag, 200);
  });
}

/** What a flag is of: a plan that is there, or an area of a dataset that is. */
async function flagged(store: ApiParts["store"], planId: string | undefined, datasetHash = "", area?: Area) {
  if (planId !== undefined) {
    const plan = found(await store.plans.summary(planId), "plan", planId);
    return { plan_id: planId, dataset_hash: plan.dataset_hash, area: plan.area };
  }
  if (area === undefined || !(await store.datasets.summary(datasetHash))) throw notFound("dataset", datasetHash);
  return { plan_id: null, dataset_hash: datasetHash, area };
}
