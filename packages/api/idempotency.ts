import { sha256 } from "@trivium/model";
import type { Replies } from "@trivium/store";
import { createMiddleware } from "hono/factory";
import type { StatusCode } from "hono/utils/http-status";
import { ProblemError } from "./problem.ts";

/**
 * A creating call with an Idempotency-Key is done once: the same call again gets the first one's answer, another under the same key
 * is refused. Two at the same time in one process wait for each other.
 */
export function idempotent(replies: Replies) {
  const busy = new Map<string, Promise<void>>();
  return createMiddleware(async (c, next) => {
    const key = c.req.header("Idempotency-Key");
    if (c.req.method !== "POST" || key === undefined) return next();
    while (busy.has(key)) await busy.get(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    busy.set(key, promise);
    try {
      const hash = await requestHash(c.req.raw);
      const known = await replies.get(key);
      if (known && known.request_hash !== hash)
        throw new ProblemError(422, "idempotency-key-reused", `the Idempotency-Key ${key} was used for another call`);
      if (known) {
        c.res = new Response(known.body, {
          status: known.status as StatusCode,
          headers: { "Content-Type": "application/json", ...(known.location ? { Location: known.location } : {}) },
        });
        return;
      }
      await next();
      if (c.res.ok) {
        const { status, headers } = c.res;
        const body = await c.res.clone().text();
        await replies.add(key, { request_hash: hash, status, location: headers.get("Location"), body });
      }
    } finally {
      busy.delete(key);
      resolve();
    }
  });
}

/** Method, path and body; the boundary of a form differs between two sendings of the same. */
async function requestHash(request: Request): Promise<string> {
  const body = Buffer.from(await request.clone().arrayBuffer());
  const boundary = /boundary="?([^";]+)/.exec(request.headers.get("Content-Type") ?? "")?.[1];
  const content = boundary ? body.toString("latin1").split(boundary).join("") : body;
  return sha256(`${request.method} ${new URL(request.url).pathname} ${sha256(content)}`);
}
