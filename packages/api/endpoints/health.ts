import { createRoute, z } from "@hono/zod-openapi";
import { VERSION } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { json } from "../responses.ts";

const healthSchema = z.strictObject({ ok: z.literal(true), version: z.string() }).meta({ id: "Health" });
const readySchema = z
  .strictObject({ ready: z.boolean(), store: z.boolean(), queue: z.boolean() })
  .meta({ id: "Ready" });

const healthz = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["operation"],
  summary: "Is the process alive",
  responses: { 200: json(healthSchema, "yes") },
});

const readyz = createRoute({
  method: "get",
  path: "/readyz",
  tags: ["operation"],
  summary: "Can it do its work: store and queue",
  responses: { 200: json(readySchema, "yes"), 503: json(readySchema, "not at the moment") },
});

export function health(api: Api, { store, carrier }: ApiParts): void {
  api.openapi(healthz, (c) => c.json({ ok: true as const, version: VERSION }, 200));
  api.openapi(readyz, async (c) => {
    const [storeIs, queueIs] = await Promise.allSettled([store.ping(), carrier.ping()]);
    const state = { store: storeIs.status === "fulfilled", queue: queueIs.status === "fulfilled" };
    const ready = state.store && state.queue;
    return c.json({ ready, ...state }, ready ? 200 : 503);
  });
}
