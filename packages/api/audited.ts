import type { Store } from "@trivium/store";
import type { MiddlewareHandler } from "hono";
import { writes } from "./access.ts";
import { currentActor } from "./actor.ts";
import type { Api } from "./api.ts";
import { described } from "./described.ts";

/**
 * Every call that changes something stands in the audit log before it is done, and how it ended after: a call that cannot be written
 * down is not done. Ids only: no body, no name, no address.
 */
export function audited(api: Api, store: Store): MiddlewareHandler {
  const find = described(api);
  return async (c, next) => {
    const endpoint = find(c.req.method, c.req.path);
    if (!endpoint || !c.get("actor") || !writes(endpoint)) return next();
    const { id: actor, district } = currentActor(c);
    const request_id = c.get("requestId");
    const call = { actor, district, action: `${endpoint.method} ${endpoint.path}`, subject: c.req.path };
    await store.audit.append({ ...call, detail: { request_id } });
    await next();
    const { status, headers } = c.res;
    const location = headers.get("Location");
    await store.audit.append({ ...call, detail: { request_id, status, ...(location ? { location } : {}) } });
  };
}
