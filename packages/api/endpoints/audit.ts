import { createRoute, z } from "@hono/zod-openapi";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { json } from "../responses.ts";

const entrySchema = z
  .strictObject({
    seq: z.number().int(),
    at: z.string(),
    actor: z.string().describe("id of the account or key; `operator` at the machine itself"),
    district: z.string(),
    action: z.string(),
    subject: z.string().describe("id or path of what it was done to"),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditEntry" });

const verificationSchema = z
  .strictObject({
    ok: z.boolean(),
    entries: z.number().int(),
    head: z
      .strictObject({ seq: z.number().int(), hash: z.string() })
      .describe("note it elsewhere: it proves the length"),
    problem_count: z.number().int().describe("`trivium audit verify` names them"),
  })
  .meta({ id: "AuditVerification" });

export type AuditEntry = z.infer<typeof entrySchema>;
export type AuditVerification = z.infer<typeof verificationSchema>;

const list = listRoute({
  path: "/v1/audit",
  tags: ["access"],
  summary: "Who did what",
  item: entrySchema,
  page: "entries of the district, newest first",
  narrowed: {},
});

const verify = createRoute({
  method: "get",
  path: "/v1/audit/verification",
  tags: ["access"],
  summary: "Has the audit log been tampered with",
  description: "Recomputes the chain, and every key, account and sign-off that it answers for.",
  responses: { 200: json(verificationSchema, "what was found") },
});

export function audit(api: Api, { store }: ApiParts): void {
  api.openapi(list, async (c) => {
    const page = await store.audit.list(c.req.valid("query"));
    return c.json({ ...page, items: page.items.map((entry) => ({ ...entry, detail: { ...entry.detail } })) }, 200);
  });
  api.openapi(verify, async (c) => {
    const { ok, entries, head, problems: found } = await store.audit.verify();
    return c.json({ ok, entries, head, problem_count: found.length }, 200);
  });
}
