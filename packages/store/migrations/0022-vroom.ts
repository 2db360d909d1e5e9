import type { Migration } from "./index.ts";

/** Routing problems in VROOM's JSON, and what came of them. */
export const vroom: Migration = {
  name: "0022-vroom",
  async up({ schema }) {
    await schema
      .createTable("vroom_solves")
      .addColumn("vroom_id", "text", (column) => column.primaryKey())
      .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("dataset_hash", "text")
      .addColumn("document", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("attempt", "integer", (column) => column.notNull())
      .addColumn("heartbeat_ms", "bigint")
      .addColumn("answer", "text")
      .addColumn("error", "text")
      .addColumn("created_by", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("ended_at", "text")
      .execute();
  },
};
