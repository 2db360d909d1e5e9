import type { z } from "@hono/zod-openapi";
import { problemSchema } from "./problem.ts";

/** A JSON answer in an endpoint's description. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/** A JSON body that must be there. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { "application/json": { schema } },
});

const PROBLEMS = {
  400: "the body cannot be parsed",
  401: "neither a key nor a session",
  403: "not with these roles, or not yours",
  404: "there is no such thing",
  409: "it stands against what is there",
  412: "it has changed since it was seen",
  413: "the body is too large",
  415: "the body's content type is not the one needed",
  422: "the request does not keep to its schema, or names what cannot be used; every reason at once",
  428: "it is there already: its ETag is needed as If-Match",
  429: "too many at the moment: solves that wait, districts being read, plans written out, wrong passwords; see Retry-After",
  503: "the queue is away or no worker answered; see Retry-After",
} as const;

/** The problems that an endpoint may answer with. */
export function problems<S extends keyof typeof PROBLEMS>(...statuses: S[]) {
  const entries = statuses.map((status) => [
    status,
    { description: PROBLEMS[status], content: { "application/problem+json": { schema: problemSchema } } },
  ]);
  return Object.fromEntries(entries) as Record<
    S,
    { description: string; content: { "application/problem+json": { schema: typeof problemSchema } } }
  >;
}
