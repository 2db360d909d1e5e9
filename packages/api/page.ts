import { z } from "@hono/zod-openapi";

/** Items of a list at a time, at most. */
export const PAGE_MAX = 200;

/** The query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50).describe("at most this many, newest first"),
  after: z.string().optional().describe("cursor: the `next` of the page before"),
};

/** A page of a list, newest first. */
export const pageSchema = <S extends z.ZodType>(item: S) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().describe("cursor of the next page, null on the last"),
  });
