import { z } from "@hono/zod-openapi";
import { BusyError, type Finding, findingSchema, InputError, InternalError, RoadError } from "@trivium/model";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** RFC 9457, with Trivium's own members: `code`, and what is wrong where. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe("urn:trivium:problem: and the code"),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().describe("the path that was called"),
    request_id: z.string().optional().describe("X-Request-Id of the call, as the log has it"),
    code: z.string().describe("stable, kebab-case: unknown-plan"),
    findings: z.array(findingSchema).optional().describe("every problem found in the data or the scenario"),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe("every place where the request does not keep to its schema"),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problemSchema>;

const TITLES: Readonly<Record<number, string>> = {
  400: "The request cannot be read",
  401: "Who is it",
  403: "Not allowed",
  404: "There is no such thing",
  409: "This stands against what is there",
  412: "It has changed since",
  405: "This cannot be done here",
  413: "Too large",
  415: "Content of another type is needed",
  422: "The request cannot be used",
  428: "The version that is meant must be named",
  429: "Too much at once",
  500: "A promise inside Trivium was broken",
  503: "Not at the moment",
  507: "There is no room left",
};

/** A failed call: thrown anywhere below an endpoint, answered as a problem. */
export class ProblemError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly more: Partial<Problem>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    detail: string,
    more: Partial<Problem> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
    this.headers = headers;
  }
}

export const notFound = (what: string, id: string): ProblemError =>
  new ProblemError(404, `unknown-${what}`, `there is no ${what} ${id}`);

/** What was looked for. @throws ProblemError unknown-… where it is not there */
export function found<T>(looked: T | undefined, what: string, id: string): T {
  if (looked === undefined) throw notFound(what, id);
  return looked;
}

const BUSY_STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  "queue-full": 429,
  "queue-share-full": 429,
  "uploads-full": 429,
  "exports-full": 429,
  "queue-away": 503,
};
/** Seconds after which a call that came at a bad moment may be tried again. */
const RETRY_AFTER = { "Retry-After": "5" };
/** Codes of what passes, by itself or by the operator's hand. */
const AT_THE_MOMENT: ReadonlyMap<string, 503 | 507> = new Map([
  ["unanswered", 503],
  ["store-away", 503],
  ["store-busy", 503],
  ["store-read-only", 503],
  ["store-full", 507],
]);

/** Any error as the problem that the caller is told. Of a bug only its code and message, never a stack. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof InputError) return inputProblem(error.code, error.message, error.findings);
  if (error instanceof RoadError) return new ProblemError(422, error.code, error.message);
  if (error instanceof InternalError)
    return new ProblemError(
      AT_THE_MOMENT.get(error.code) ?? 500,
      error.code,
      error.message,
      {},
      AT_THE_MOMENT.has(error.code) ? RETRY_AFTER : {},
    );
  if (error instanceof BusyError)
    return new ProblemError(
      BUSY_STATUS[error.code] ?? 503,
      error.code,
      error.message,
      {},
      { "Retry-After": String(error.retryAfterS) },
    );
  if (error instanceof HTTPException) return httpProblem(error);
  return new ProblemError(500, "unexpected", "something went wrong that should not have");
}

export function problemResponse(c: Context, error: ProblemError): Response {
  const problem: Problem = {
    type: `urn:trivium:problem:${error.code}`,
    title: TITLES[error.status] ?? "The call failed",
    status: error.status,
    detail: error.message,
    instance: c.req.path,
    code: error.code,
    request_id: c.get("requestId"),
    ...error.more,
  };
  return c.body(JSON.stringify(problem), error.status, {
    "Content-Type": "application/problem+json",
    ...error.headers,
  });
}

/** What a schema refused, all of it. */
export function invalidRequest(issues: readonly { path: readonly PropertyKey[]; message: string }[]): ProblemError {
  const errors = issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  const first = errors[0];
  const detail = `${errors.length} part(s) of the request are not as they should be: ${first?.path || "the body"}: ${first?.message}`;
  return new ProblemError(422, "invalid-request", detail, { errors });
}

function inputProblem(code: string, message: string, findings: readonly Finding[]): ProblemError {
  if (code === "not-granted") return new ProblemError(403, code, message);
  if (
    code === "wrong-step" ||
    code === "stale-plan" ||
    code === "open-warnings" ||
    code === "login-taken" ||
    code === "jobs-running"
  )
    return new ProblemError(409, code, message, findings.length > 0 ? { findings: [...findings] } : {});
  const status = code.startsWith("unknown-") && code !== "unknown-question" ? 404 : 422;
  return new ProblemError(status, code, message, findings.length > 0 ? { findings: [...findings] } : {});
}

function httpProblem(error: HTTPException): ProblemError {
  if (error.status === 400)
    return new ProblemError(400, "malformed-body", error.message || "the body cannot be parsed. Maybe it is not JSON");
  return new ProblemError(error.status as ContentfulStatusCode, `http-${error.status}`, error.message);
}
