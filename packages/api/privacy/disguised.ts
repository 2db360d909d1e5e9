import type { Store } from "@trivium/store";
import type { MiddlewareHandler } from "hono";
import { disguiseFor } from "./students.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** The answer was made for whoever asks, students and all. */
    readonly madeForActor: boolean | undefined;
  }
}

/** Whoever need not know who the students are is told pseudonyms, in every answer of JSON, problems too: no endpoint can forget it. */
export function disguised(store: Store): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const actor = c.get("actor");
    if (!actor || c.get("madeForActor") || !/json/.test(c.res.headers.get("Content-Type") ?? "")) return;
    const disguise = await disguiseFor(store, actor);
    if (!disguise) return;
    const told = disguise.told(await c.res.json());
    const headers = new Headers(c.res.headers);
    headers.delete("Content-Length");
    c.res = new Response(JSON.stringify(told), { status: c.res.status, headers });
  };
}
