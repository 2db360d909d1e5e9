import type { Migration } from "./index.ts";

/** Webhooks, what is on its way to them, and jobs by their end, from which it is derived. */
export const webhooks: Migration = {
  name: "0020-webhooks",
  async up({ schema }) {
    await schema
      .createTable("webhooks")
      .addColumn("webhook_id", "text", (column) => column.primaryKey())
      .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("url", "text", (column) => column.notNull())
      .addColumn("events", "text", (column) => column.notNull())
      .addColumn("secret", "text", (column) => column.notNull())
      .addColumn("created_by", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .execute();
    await schema
      .createTable("deliveries")
      .addColumn("delivery_id", "text", (column) => column.primaryKey())
      .addColumn("webhook_id", "text", (column) => column.notNull().references("webhooks.webhook_id"))
      .addColumn("event", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("next_ms", "bigint")
      .addColumn("outcome", "text")
      .addColumn("created_at", "text", (column) => column.notNull())
      .addUniqueConstraint("deliveries_once", ["webhook_id", "event", "subject"])
      .execute();
    await schema.createIndex("deliveries_due").on("deliveries").columns(["state", "next_ms"]).execute();
    await schema.createIndex("jobs_by_end").on("jobs").column("ended_at").execute();
  },
};
