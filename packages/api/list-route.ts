import { createRoute, z } from "@hono/zod-openapi";
import { pageQuery, pageSchema } from "./page.ts";
import { json, problems } from "./responses.ts";

interface List<P extends string, S extends z.ZodType, Q extends z.ZodRawShape> {
  readonly path: P;
  readonly tags: string[];
  readonly summary: string;
  readonly item: S;
  /** What a page holds, in a few words. */
  readonly page: string;
  /** Further members of the query, that narrow the list. */
  readonly narrowed: Q;
}

/** The description of a list, paged by cursor. */
export const listRoute = <P extends string, S extends z.ZodType, Q extends z.ZodRawShape>({
  path,
  tags,
  summary,
  item,
  page,
  narrowed,
}: List<P, S, Q>) =>
  createRoute({
    method: "get",
    path,
    tags,
    summary,
    request: { query: z.strictObject({ ...pageQuery, ...narrowed }) },
    responses: { 200: json(pageSchema(item), page), ...problems(422) },
  });
