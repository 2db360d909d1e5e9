import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { ProblemError } from "./problem.ts";

const JSON_MAX_BYTES = 8 * 1024 * 1024;
/** A large district with a state's roads is some hundred megabytes. */
const UPLOAD_MAX_BYTES = 512 * 1024 * 1024;

const tooLarge = (maxBytes: number) => () => {
  throw new ProblemError(413, "too-large", `a body may have ${maxBytes / 1024 / 1024} MB here`);
};
export const jsonLimit = bodyLimit({ maxSize: JSON_MAX_BYTES, onError: tooLarge(JSON_MAX_BYTES) });
export const uploadLimit = bodyLimit({ maxSize: UPLOAD_MAX_BYTES, onError: tooLarge(UPLOAD_MAX_BYTES) });

/** A body that is sent as something else than what the endpoint reads is refused before it is parsed. */
export const contentType = (...types: string[]) =>
  createMiddleware(async (c, next) => {
    const given = (c.req.header("Content-Type") ?? "").split(";")[0].trim().toLowerCase();
    if (c.req.method === "POST" && !types.includes(given))
      throw new ProblemError(
        415,
        "wrong-content-type",
        `a body of type ${types.join(" or ")} is needed, not ${given || "one without a type"}`,
      );
    await next();
  });

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
