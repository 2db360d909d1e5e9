import { createRoute, z } from "@hono/zod-openapi";
import { actorOf, currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { grantedBy } from "../grant.ts";
import { found } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { keyId, keySchema, madeKeySchema, newKeySchema } from "../schemas/access.ts";

const path = "/v1/keys";
const tags = ["access"];

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "List API keys",
  responses: { 200: json(z.strictObject({ items: z.array(keySchema) }), "the district's keys, newest first") },
});

const make = createRoute({
  method: "post",
  path,
  tags,
  summary: "Make an API key",
  description:
    "For a program, or a person at a terminal. The token is in this answer and nowhere else afterwards, so no Idempotency-Key keeps it.",
  request: { body: jsonBody(newKeySchema) },
  responses: { 201: json(madeKeySchema, "made; note the token"), ...problems(400, 413, 415, 422) },
});

const revoke = createRoute({
  method: "delete",
  path: `${path}/{key_id}`,
  tags,
  summary: "Revoke an API key",
  request: { params: keyId },
  responses: { 200: json(keySchema, "it opens nothing any more"), ...problems(404, 422) },
});

/** API keys of the district. */
export function keys(api: Api, { store }: ApiParts): void {
  api.openapi(list, async (c) => c.json({ items: await store.keys.list() }, 200));
  api.openapi(make, async (c) => {
    const { label, expires_at, ...grant } = c.req.valid("json");
    const made = await store.keys.add({ ...grantedBy(currentActor(c), grant), label, expires_at }, actorOf(c));
    c.header("Cache-Control", "no-store");
    c.header("Location", `${path}/${made.key.key_id}`);
    return c.json(made, 201);
  });
  api.openapi(revoke, async (c) => {
    const { key_id } = c.req.valid("param");
    const revoked = found(await store.keys.revoke(key_id), "key", key_id);
    return c.json(revoked, 200);
  });
}
