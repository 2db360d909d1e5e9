import { z } from "@hono/zod-openapi";
import { WEBHOOK_EVENTS } from "@trivium/store";

const eventSchema = z.enum(WEBHOOK_EVENTS);

export const newWebhookSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2000),
    events: z
      .array(eventSchema)
      .min(1)
      .default([...WEBHOOK_EVENTS]),
  })
  .meta({ id: "NewWebhook" });
export type NewWebhook = z.input<typeof newWebhookSchema>;

export const webhookSchema = z
  .strictObject({
    webhook_id: z.string(),
    url: z.string(),
    events: z.array(eventSchema),
    created_by: z.string(),
    created_at: z.string(),
  })
  .meta({ id: "Webhook" });
export type WebhookResource = z.infer<typeof webhookSchema>;

export const madeWebhookSchema = z
  .strictObject({ webhook: webhookSchema, secret: z.string().describe("shown here and never again") })
  .meta({ id: "MadeWebhook" });
export type MadeWebhook = z.infer<typeof madeWebhookSchema>;

export const deliverySchema = z
  .strictObject({
    delivery_id: z.string().describe("the webhook-id header, the same over retries"),
    webhook_id: z.string(),
    event: z.string(),
    subject: z.string().describe("the job"),
    state: z.enum(["waiting", "delivered", "given-up"]),
    attempts: z.number().int(),
    outcome: z.string().nullable().describe("the receiver's last status, or why there was none"),
    created_at: z.string(),
  })
  .meta({ id: "Delivery" });
export type DeliveryResource = z.infer<typeof deliverySchema>;
