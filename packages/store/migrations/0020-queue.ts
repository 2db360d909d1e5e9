import type { Migration } from "./index.ts";

/** Priorities and who asked, children of a solveand workers. */
export const queue: Migration = {
  name: "0020-queue",
  async up(db, { bytes }) {
    const { schema } = db;
    await schema
      .alterTable("jobs")
      .addColumn("priority", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await schema
      .alterTable("jobs")
      .addColumn("submitted_by", "text", (column) => column.notNull().defaultTo(""))
      .execute();
    await schema
      .createTable("children")
      .addColumn("child_id", "text", (column) => column.primaryKey())
      .addColumn("job_id", "text", (column) => column.notNull().references("jobs.job_id"))
      .addColumn("job_attempt", "integer", (column) => column.notNull())
      .addColumn("version", "text", (column) => column.notNull())
      .addColumn("task", "text", (column) => column.notNull())
      .addColumn("input", bytes, (column) => column.notNull())
      .addColumn("spec", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("attempt", "integer", (column) => column.notNull())
      .addColumn("heartbeat_ms", "bigint")
      .addColumn("progress", "text")
      .addColumn("outcome", bytes)
      .addColumn("error", "text")
      .execute();
    await schema.createIndex("children_by_job").on("children").columns(["job_id", "child_id"]).execute();
    await schema
      .createTable("workers")
      .addColumn("worker_id", "text", (column) => column.primaryKey())
      .addColumn("version", "text", (column) => column.notNull())
      .addColumn("slots", "integer", (column) => column.notNull())
      .addColumn("busy", "integer", (column) => column.notNull())
      .addColumn("seen_ms", "bigint", (column) => column.notNull())
      .execute();
  },
};
