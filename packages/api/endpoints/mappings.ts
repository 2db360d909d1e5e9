import { createRoute, type z } from "@hono/zod-openapi";
import { type Mapping, parseMapping } from "@trivium/intake";
import type { SavedMapping } from "@trivium/store";
import { actorOf } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { changedSince, versionNeeded, versionSeen, versionTag } from "../if-match.ts";
import { listRoute } from "../list-route.ts";
import { found, notFound } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { mappingName, mappingSchema, savedMappingSchema } from "../schemas/mapping.ts";

const path = "/v1/mappings/{name}";
const tags = ["datasets"];

const list = listRoute({
  path: "/v1/mappings",
  tags,
  summary: "List saved column mappings",
  item: savedMappingSchema,
  page: "a page of mappings, by name",
  narrowed: {},
});

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "Get a saved column mapping",
  request: { params: mappingName },
  responses: { 200: json(savedMappingSchema, "the mapping; ETag names its version"), ...problems(404, 422) },
});

const put = createRoute({
  method: "put",
  path,
  tags,
  summary: "Save a column mapping",
  description:
    "How a district's own files are read: other names, delimiters, no header. Saved once, it is used by itself whenever an upload holds all the files that it names. Replacing one needs its ETag as If-Match.",
  request: { params: mappingName, body: jsonBody(mappingSchema) },
  responses: {
    200: json(savedMappingSchema, "replaced"),
    201: json(savedMappingSchema, "saved"),
    ...problems(400, 412, 413, 415, 422, 428),
  },
});

const remove = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Forget a column mapping",
  description: "Needs its ETag as If-Match.",
  request: { params: mappingName },
  responses: { 204: { description: "forgotten" }, ...problems(404, 412, 422, 428) },
});

/** Column mappings under names: the one thing here that is changed in place, and so only by those who saw what they change. */
export function mappings(api: Api, { store }: ApiParts): void {
  api.openapi(list, async (c) => {
    const page = await store.mappings.list(c.req.valid("query"));
    return c.json({ ...page, items: page.items.map(resource) }, 200);
  });
  api.openapi(get, async (c) => {
    const { name } = c.req.valid("param");
    const saved = found(await store.mappings.get(name), "mapping", name);
    c.header("ETag", versionTag(saved.version));
    return c.json(resource(saved), 200);
  });
  api.openapi(put, async (c) => {
    const { name } = c.req.valid("param");
    const mapping = c.req.valid("json");
    parseMapping(mapping);
    const seen = versionSeen(c);
    const saved = await store.mappings.put(name, seen, mapping, actorOf(c));
    if (!saved) throw seen === 0 ? versionNeeded() : changedSince();
    c.header("ETag", versionTag(saved.version));
    return seen === 0 ? c.json(resource(saved), 201) : c.json(resource(saved), 200);
  });
  api.openapi(remove, async (c) => {
    const { name } = c.req.valid("param");
    if (!(await store.mappings.get(name))) throw notFound("mapping", name);
    const seen = versionSeen(c);
    if (seen === 0) throw versionNeeded();
    if (!(await store.mappings.remove(name, seen))) throw changedSince();
    return c.body(null, 204);
  });
}

/** As it was checked when it was saved. */
const resource = (saved: SavedMapping) => saved as SavedMapping<z.output<typeof mappingSchema>> & { mapping: Mapping };
