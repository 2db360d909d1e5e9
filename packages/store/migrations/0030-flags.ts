import type { Migration } from "./index.ts";

/** What people flag as wrong. */
export const flags: Migration = {
  name: "0030-flags",
  async up({ schema }) {
    await schema
      .createTable("flags")
      .addColumn("flag_id", "text", (column) => column.primaryKey())
      .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("dataset_hash", "text", (column) => column.notNull())
      .addColumn("plan_id", "text")
      .addColumn("area", "text", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("item_id", "text", (column) => column.notNull())
      .addColumn("reason", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("flagged_by", "text", (column) => column.notNull())
      .addColumn("flagged_at", "text", (column) => column.notNull())
      .addColumn("triaged_by", "text")
      .addColumn("triaged_at", "text")
      .addColumn("answer", "text")
      .execute();
  },
};
