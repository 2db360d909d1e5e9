import { createRoute, z } from "@hono/zod-openapi";
import type { Webhook } from "@trivium/store";
import { actorOf } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { listRoute } from "../list-route.ts";
import { pageQuery, pageSchema } from "../page.ts";
import { notFound } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { deliverySchema, madeWebhookSchema, newWebhookSchema, webhookSchema } from "../schemas/webhook.ts";
import { newSecret } from "../webhooks/signature.ts";
import { Targets } from "../webhooks/target.ts";

const path = "/v1/webhooks/{webhook_id}";
const tags = ["operation"];
const webhookId = z.strictObject({ webhook_id: z.string() });

const create = createRoute({
  method: "post",
  path: "/v1/webhooks",
  tags,
  summary: "Have another system told when jobs end",
  description:
    "Each end is sent once as JSON, signed with the secret that is shown here and never again (Standard Webhooks: HMAC-SHA256 of id.timestamp.body), and tried again with growing pauses for a day and a half. Only https, only public addresses, unless the operator allows others; redirects are not followed.",
  request: { body: jsonBody(newWebhookSchema) },
  responses: { 201: json(madeWebhookSchema, "made; Location names it"), ...problems(400, 413, 415, 422) },
});

const list = listRoute({
  path: "/v1/webhooks",
  tags,
  summary: "List webhooks",
  item: webhookSchema,
  page: "a page of webhooks, without their secrets",
  narrowed: {},
});

const deliveries = createRoute({
  method: "get",
  path: `${path}/deliveries`,
  tags,
  summary: "List what a webhook was told",
  request: { params: webhookId, query: z.strictObject(pageQuery) },
  responses: { 200: json(pageSchema(deliverySchema), "a page of deliveries, newest first"), ...problems(404, 422) },
});

const remove = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Remove a webhook",
  request: { params: webhookId },
  responses: { 204: { description: "removed, with what was still on its way" }, ...problems(404) },
});

export function webhooks(api: Api, { store, targets = new Targets() }: ApiParts): void {
  api.openapi(create, async (c) => {
    const { url, events } = c.req.valid("json");
    await targets.judge(new URL(url));
    const secret = newSecret();
    const made = await store.webhooks.add({ url, events, secret, created_by: actorOf(c) });
    c.header("Location", `/v1/webhooks/${made.webhook_id}`);
    return c.json({ webhook: resource(made), secret }, 201);
  });
  api.openapi(list, async (c) => {
    const page = await store.webhooks.list(c.req.valid("query"));
    return c.json({ ...page, items: page.items.map(resource) }, 200);
  });
  api.openapi(deliveries, async (c) => {
    const { webhook_id } = c.req.valid("param");
    if (!(await store.webhooks.get(webhook_id))) throw notFound("webhook", webhook_id);
    return c.json(await store.webhooks.deliveries(webhook_id, c.req.valid("query")), 200);
  });
  api.openapi(remove, async (c) => {
    const { webhook_id } = c.req.valid("param");
    if (!(await store.webhooks.remove(webhook_id))) throw notFound("webhook", webhook_id);
    return c.body(null, 204);
  });
}

const resource = (webhook: Webhook) => ({ ...webhook, events: [...webhook.events] });
