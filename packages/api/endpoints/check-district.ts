import { createRoute } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { districtBody, districtQuery, received } from "../received.ts";
import { json, problems } from "../responses.ts";
import { checkedSchema } from "../schemas/dataset.ts";

const endpoint = createRoute({
  method: "post",
  path: "/v1/checks",
  tags: ["datasets"],
  summary: "Check a district without keeping it",
  description: "The integrity report of a zipped district folder, errors and all; nothing is stored.",
  request: { query: districtQuery, body: districtBody },
  responses: { 200: json(checkedSchema, "the report"), ...problems(400, 404, 413, 415, 422) },
});

export function checkDistrict(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, (c) =>
    received(c, store, c.req.valid("query").mapping, async ({ report, remembered }) =>
      c.json({ report, ...(remembered === undefined ? {} : { mapping: remembered }) }, 200),
    ),
  );
}
