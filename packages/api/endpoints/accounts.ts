import { createRoute, z } from "@hono/zod-openapi";
import { actorOf, currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { grantedBy } from "../grant.ts";
import { found } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { accountChangeSchema, accountId, accountSchema, newAccountSchema } from "../schemas/access.ts";

const path = "/v1/accounts";
const tags = ["access"];

const list = createRoute({
  method: "get",
  path,
  tags,
  summary: "List accounts",
  responses: { 200: json(z.strictObject({ items: z.array(accountSchema) }), "the district's accounts, by login") },
});

const add = createRoute({
  method: "post",
  path,
  tags,
  summary: "Add an account",
  description:
    "With a password, or as an invitation of somebody whom the district's identity provider knows by this login.",
  request: { body: jsonBody(newAccountSchema) },
  responses: { 201: json(accountSchema, "added"), ...problems(400, 413, 415, 422) },
});

const change = createRoute({
  method: "patch",
  path: `${path}/{account_id}`,
  tags,
  summary: "Change an account's rights, set its password, or disable it",
  description: "Its open sessions end.",
  request: { params: accountId, body: jsonBody(accountChangeSchema) },
  responses: { 200: json(accountSchema, "changed"), ...problems(400, 404, 413, 415, 422) },
});

/** People who sign in by a browser. */
export function accounts(api: Api, { store }: ApiParts): void {
  api.openapi(list, async (c) => c.json({ items: await store.accounts.list() }, 200));
  api.openapi(add, async (c) => {
    const { login, name, password, ...grant } = c.req.valid("json");
    const account = { ...grantedBy(currentActor(c), grant), login, name, password };
    const added = await store.accounts.add(account, actorOf(c));
    c.header("Location", `${path}/${added.account_id}`);
    return c.json(added, 201);
  });
  api.openapi(change, async (c) => {
    const { account_id } = c.req.valid("param");
    const { disabled, password, ...rights } = c.req.valid("json");
    const before = found(await store.accounts.get(account_id), "account", account_id);
    const { district: _same, ...grant } = grantedBy(currentActor(c), { ...before, ...rights });
    const changed = found(
      await store.accounts.change(account_id, { ...grant, password, disabled }),
      "account",
      account_id,
    );
    return c.json(changed, 200);
  });
}
