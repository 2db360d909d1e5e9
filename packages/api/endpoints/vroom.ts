import { createRoute, z } from "@hono/zod-openapi";
import type { VroomDocument } from "@trivium/model";
import { actorOf } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { found, notFound, ProblemError } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { vroomAnswerSchema, vroomDocumentSchema, vroomSolveSchema } from "../schemas/vroom.ts";

/** Problems up to this size and time are answered at once. */
const SYNC_TASKS = 200;
const SYNC_S = 10;
/** Beyond, nobody waits: the answer is fetched. */
const TASKS_MAX = 5000;
const VEHICLES_MAX = 1000;
const TIME_MAX_S = 3600;
/** A small problem that gives no limit of its own. */
const USUAL_S = 3;
/** Beside the solve: reading, drives, verification. */
const AROUND_MS = 20_000;

const tags = ["plans"];

const solve = createRoute({
  method: "post",
  path: "/v1/vroom",
  tags,
  summary: "Solve a routing problem in VROOM's JSON",
  description:
    "Jobs, shipments, vehicles and matrices as VROOM has them; the answer as VROOM gives it, with a reason for every task left out. Without matrices, the roads of a dataset are driven. Up to 200 tasks and 10 s of search it is answered at once; larger ones, and any with `Prefer: respond-async`, are accepted and their answer is fetched.",
  request: {
    query: z.strictObject({
      dataset_hash: z.string().optional().describe("whose roads are driven where there are no matrices"),
    }),
    headers: z.object({ prefer: z.string().optional() }),
    body: jsonBody(vroomDocumentSchema),
  },
  responses: {
    200: json(vroomAnswerSchema, "the routes"),
    202: json(vroomSolveSchema, "accepted; Location names where the answer will be"),
    ...problems(400, 404, 413, 415, 422, 503),
  },
});

const get = createRoute({
  method: "get",
  path: "/v1/vroom/{vroom_id}",
  tags,
  summary: "Get the answer of a routing problem",
  request: { params: z.strictObject({ vroom_id: z.string() }) },
  responses: { 200: json(vroomSolveSchema, "how far it is, and its answer once it has one"), ...problems(404) },
});

export function vroom(api: Api, { store, carrier }: ApiParts): void {
  /** Asks a worker without waiting: what comes of it is in the store, and whoever fetches it asks again where nobody works on it. */
  const handOver = (vroom_id: string) => {
    carrier.ask({ op: "vroom", vroom_id }, TIME_MAX_S * 1000).catch(() => {});
  };
  api.openapi(solve, async (c) => {
    const { dataset_hash } = c.req.valid("query");
    const document = limited(c.req.valid("json"));
    if (dataset_hash !== undefined && !(await store.datasets.summary(dataset_hash)))
      throw notFound("dataset", dataset_hash);
    const vroom_id = await store.vroomSolves.add(document, dataset_hash ?? null, actorOf(c));
    const seconds = document.options.l;
    const small = tasksOf(document) <= SYNC_TASKS && seconds <= SYNC_S;
    if (small && !/respond-async/i.test(c.req.valid("header").prefer ?? "")) {
      const answer = await carrier.ask({ op: "vroom", vroom_id }, seconds * 1000 + AROUND_MS);
      if (answer !== null) return c.json(answer as z.infer<typeof vroomAnswerSchema>, 200);
    } else handOver(vroom_id);
    const stored = found(await store.vroomSolves.get(vroom_id), "vroom solve", vroom_id);
    c.header("Location", `/v1/vroom/${vroom_id}`);
    return c.json(stored, 202);
  });
  api.openapi(get, async (c) => {
    const { vroom_id } = c.req.valid("param");
    const stored = found(await store.vroomSolves.get(vroom_id), "vroom-solve", vroom_id);
    if (stored.waiting) handOver(vroom_id);
    return c.json(stored, 200);
  });
}

const tasksOf = ({ jobs = [], shipments = [] }: VroomDocument): number => jobs.length + 2 * shipments.length;

/** With a time limit, always; refused where it is more than this server does. */
function limited(document: VroomDocument): VroomDocument & { options: { l: number } } {
  const tasks = tasksOf(document);
  const errors = [
    ...(tasks > TASKS_MAX ? [{ path: "jobs", message: `${tasks} tasks; here at most ${TASKS_MAX}` }] : []),
    ...(document.vehicles.length > VEHICLES_MAX
      ? [{ path: "vehicles", message: `${document.vehicles.length} vehicles; here at most ${VEHICLES_MAX}` }]
      : []),
    ...((document.options?.l ?? 0) > TIME_MAX_S
      ? [{ path: "options.l", message: `at most ${TIME_MAX_S} s here` }]
      : []),
  ];
  if (errors.length > 0) throw new ProblemError(422, "too-large-a-problem", errors[0].message, { errors });
  const usual = tasks <= SYNC_TASKS ? USUAL_S : 60;
  return { ...document, options: { ...document.options, l: document.options?.l ?? usual } };
}
