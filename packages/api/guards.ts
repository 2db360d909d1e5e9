import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { createMiddleware } from "hono/factory";
import type { Api } from "./api.ts";
import { described } from "./described.ts";
import { ProblemError } from "./problem.ts";

const JSON_MAX_BYTES = 8 * 1024 * 1024;
/** A large district with a state's roads is some hundred megabytes. */
const UPLOAD_MAX_BYTES = 512 * 1024 * 1024;

/** What a body may be at each kind of endpoint, for those who ask before they send. */
export const BODY_LIMITS = { json_bytes: JSON_MAX_BYTES, upload_bytes: UPLOAD_MAX_BYTES } as const;

const WITH_BODY = new Set(["POST", "PUT", "PATCH"]);
const UPLOADS = new Set(["application/zip", "multipart/form-data"]);

/**
 * Refuses a body before it is parsed: sent as something else than what the endpoint reads, or too large for it. What an endpoint
 * reads is what its description says, so none can be forgotten.
 */
export function bodyGuard(api: Api): MiddlewareHandler {
  const find = described(api);
  return async (c, next) => {
    if (!WITH_BODY.has(c.req.method)) return next();
    const types = find(c.req.method, c.req.path)?.types ?? [];
    const given = (c.req.header("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
    if (types.length > 0 && !types.includes(given))
      throw new ProblemError(
        415,
        "wrong-content-type",
        `a body of type ${types.join(" or ")} is needed, not ${given || "one without a type"}`,
      );
    return (UPLOADS.has(given) && types.includes(given) ? uploadLimit : jsonLimit)(c, next);
  };
}

const tooLarge = (maxBytes: number) => () => {
  throw new ProblemError(413, "too-large", `a body may have ${maxBytes / 1024 / 1024} MB here`);
};
const jsonLimit = bodyLimit({ maxSize: JSON_MAX_BYTES, onError: tooLarge(JSON_MAX_BYTES) });
const uploadLimit = bodyLimit({ maxSize: UPLOAD_MAX_BYTES, onError: tooLarge(UPLOAD_MAX_BYTES) });

/** Answers name their content, so that a client which has it already is told so (304) and a change can be tied to what was seen. */
export const entityTags: MiddlewareHandler = (c, next) => (c.req.path.endsWith("/events") ? next() : named(c, next));
/** By this thread: the way by other threads and back takes longer than the answer itself, and on a busy machine far longer. */
const generateDigest = (body: Uint8Array): ArrayBuffer =>
  new Uint8Array(createHash("sha256").update(body).digest()).buffer;
const named = etag({ retainedHeaders: [...RETAINED_304_HEADERS, "x-request-id"], generateDigest });

/**
 * Refuses calls that a page of another site makes through the user's browser: a foreign Origin, or, where the server listens on the
 * loopback only, a Host name that is not the loopback's (DNS rebinding).
 */
export const ownOrigin = (loopbackOnly: boolean) =>
  createMiddleware(async (c, next) => {
    const host = c.req.header("Host") ?? "";
    const origin = c.req.header("Origin");
    const name = host.replace(/:\d+$/, "");
    const foreign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
    if (foreign || (loopbackOnly && host !== "" && !["localhost", "127.0.0.1", "[::1]"].includes(name)))
      throw new ProblemError(403, "foreign-origin", `calls by way of ${foreign ? origin : host} are not answered`);
    await next();
  });
