import { createRoute, z } from "@hono/zod-openapi";
import { EXPORT_FORMATS, ZIP_LIMITS } from "@trivium/intake";
import { QUEUE_LIMIT } from "@trivium/jobs";
import { AREAS } from "@trivium/model";
import type { Api, ApiParts } from "../api.ts";
import { BODY_LIMITS } from "../guards.ts";
import { PAGE_MAX } from "../page.ts";
import { json } from "../responses.ts";

const limitsSchema = z
  .strictObject({
    json_bytes: z.number().int().describe("of a JSON body"),
    upload_bytes: z.number().int().describe("of an uploaded district"),
    zip_entries: z.number().int(),
    zip_unpacked_bytes: z.number().int(),
    page: z.number().int().describe("items of a list at a time"),
    solve_time_s: z.number().int(),
    solve_threads: z.number().int(),
    solves_waiting: z.number().int().describe("solves that may wait, of all"),
    solves_waiting_of_one: z.number().int().describe("of one person"),
    areas: z.array(z.string()),
    export_formats: z.array(z.string()),
  })
  .meta({ id: "Limits" });

export type Limits = z.infer<typeof limitsSchema>;

const endpoint = createRoute({
  method: "get",
  path: "/v1/limits",
  tags: ["operation"],
  summary: "What may be sent and asked at most",
  responses: { 200: json(limitsSchema, "the limits of this server") },
});

const LIMITS = {
  ...BODY_LIMITS,
  zip_entries: ZIP_LIMITS.entries,
  zip_unpacked_bytes: ZIP_LIMITS.totalBytes,
  page: PAGE_MAX,
  solve_time_s: 86_400,
  solve_threads: 64,
  areas: [...AREAS],
  export_formats: [...EXPORT_FORMATS],
};

export function getLimits(api: Api, { queueLimit = QUEUE_LIMIT }: ApiParts): void {
  const { waitingMax, waitingMaxOfOne } = queueLimit;
  const limits = { ...LIMITS, solves_waiting: waitingMax, solves_waiting_of_one: waitingMaxOfOne };
  api.openapi(endpoint, (c) => c.json(limits, 200));
}
