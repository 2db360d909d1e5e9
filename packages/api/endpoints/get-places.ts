import { createRoute, z } from "@hono/zod-openapi";
import { InternalError, maySee } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { json, problems } from "../responses.ts";
import { placesSchema } from "../schemas/places.ts";
import { ThreadPool } from "../threads/pool.ts";
import type { PlacesRequest } from "../threads/show-places.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}/places",
  tags: ["datasets"],
  summary: "Get the places of a dataset, for maps",
  description:
    "Schools, depots, stops and homes. Roles that need no homes are told how many students live in a square.",
  request: { params: z.strictObject({ dataset_hash: z.string() }) },
  responses: { 200: json(placesSchema, "where everything is"), ...problems(404, 429) },
});

const showers = new ThreadPool<PlacesRequest, Uint8Array<ArrayBuffer>>(
  new URL("../threads/show-places.ts", import.meta.url),
  {
    atOnce: 1,
    waitingMax: 100,
    timeoutMs: 120_000,
    memoryMb: 2048,
    full: ["exports-full", "too many maps are being drawn at the moment. Maybe come back in a few seconds"],
    failed: (why) => new InternalError("export-failed", `the dataset's places could not be read: ${why}`),
  },
);

export function getPlaces(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash } = c.req.valid("param");
    const actor = currentActor(c);
    const dataset = found(await store.datasets.packed(dataset_hash), "dataset", dataset_hash);
    const students = maySee(actor, "students") ? {} : { studentsKey: store.people.studentsKey(actor.district) };
    const bytes = await showers.run({ dataset, actor, ...students });
    c.set("madeForActor", true);
    return c.body(bytes, 200, { "Content-Type": "application/json" }) as never;
  });
}
