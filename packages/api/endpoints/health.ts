import { createRoute, z } from "@hono/zod-openapi";
import { VERSION } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { json } from "../responses.ts";

const healthSchema = z.strictObject({ ok: z.literal(true), version: z.string() }).meta({ id: "Health" });
const readySchema = z
  .strictObject({
    ready: z.boolean(),
    store: z.boolean(),
    queue: z.boolean(),
    stopping: z.boolean().describe("the process ends what it has in hand and takes nothing new"),
  })
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

/** A store or queue that does not answer by then is away; whoever asks has a time-out of their own. */
const ANSWER_MS = 2000;

export function health(api: Api, { store, carrier, stopping }: ApiParts): void {
  api.openapi(healthz, (c) => c.json({ ok: true as const, version: VERSION }, 200));
  api.openapi(readyz, async (c) => {
    const [storeIs, queueIs] = await Promise.all([answers(store.ping()), answers(carrier.ping())]);
    const state = { store: storeIs, queue: queueIs, stopping: stopping?.aborted ?? false };
    const ready = state.store && state.queue && !state.stopping;
    return c.json({ ready, ...state }, ready ? 200 : 503);
  });
}

async function answers(ping: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, ANSWER_MS, false);
  const answered = ping.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
