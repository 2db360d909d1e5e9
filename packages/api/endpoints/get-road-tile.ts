import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { problems } from "../responses.ts";

const TYPE = "application/vnd.mapbox-vector-tile";
const ZOOM_MAX = 14;

const part = (name: string) =>
  z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** ZOOM_MAX - 1)
    .meta({ param: { name, in: "path" } });

const endpoint = createRoute({
  method: "get",
  path: "/v1/datasets/{dataset_hash}/roads/{z}/{x}/{y}",
  tags: ["datasets"],
  summary: "Get a tile of the district's roads",
  description:
    "A vector tile (MVT 2.1) cut from the dataset's own road map: layers highways, main, through, streets and ways; lines with class (OSM's highway) and name.",
  request: {
    params: z.strictObject({
      dataset_hash: z.string(),
      z: z.coerce
        .number()
        .int()
        .min(0)
        .max(ZOOM_MAX)
        .meta({ param: { name: "z", in: "path" } }),
      x: part("x"),
      y: part("y"),
    }),
  },
  responses: {
    200: {
      description: "the tile",
      content: { [TYPE]: { schema: z.string().meta({ type: "string", format: "binary" }) } },
    },
    204: { description: "no road is there" },
    ...problems(404, 422),
  },
});

export function getRoadTile(api: Api, { store, roadTile }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { dataset_hash, ...address } = c.req.valid("param");
    const map = await store.datasets.mapPath(dataset_hash);
    if (map === undefined || roadTile === undefined) throw notFound("road-map", `of dataset ${dataset_hash}`);
    const tile = await roadTile(map, address);
    // A dataset never changes, so nor do its roads.
    c.header("Cache-Control", "private, max-age=86400, immutable");
    if (tile === null) return c.body(null, 204);
    return c.body(new Uint8Array(tile), 200, { "Content-Type": TYPE }) as never;
  });
}
