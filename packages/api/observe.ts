import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

const QUIET = new Set(["/healthz", "/readyz", "/metrics"]);

/** Counts and logs every call by its endpoint's pattern, status and duration: neither queries, bodies nor addresses. */
export function observed(metrics: () => Promise<Metrics>, log: Log): MiddlewareHandler {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const seconds = (performance.now() - begun) / 1000;
    const found = routePath(c, -1);
    const route = found === "" || found.includes("*") ? "none" : found;
    const { status } = c.res;
    const { method } = c.req;
    (await metrics()).answered({ method, route, status, seconds });
    const fields = { request_id: c.get("requestId"), method, route, status, ms: Math.round(seconds * 1000) };
    if (status >= 500) log.warn(fields, "call failed");
    else if (!QUIET.has(route)) log.info(fields, "call answered");
  };
}
