import type { Migration } from "./index.ts";

/** Datasets, scenarios, jobs with their events, plans, and replies to creating calls. */
export const nouns: Migration = {
  name: "0001-nouns",
  async up(db, { bytes }) {
    const { schema } = db;
    await schema
      .createTable("datasets")
      .addColumn("hash", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("school_year", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("warnings", "integer", (column) => column.notNull())
      .addColumn("map_sha256", "text")
      .addColumn("map_bytes", "bigint")
      .addColumn("content", bytes, (column) => column.notNull())
      .addColumn("report", bytes, (column) => column.notNull())
      .execute();
    await schema
      .createTable("scenarios")
      .addColumn("scenario_id", "text", (column) => column.primaryKey())
      .addColumn("dataset_hash", "text", (column) => column.notNull().references("datasets.hash"))
      .addColumn("from_scenario_id", "text", (column) => column.references("scenarios.scenario_id"))
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await schema
      .createTable("jobs")
      .addColumn("job_id", "text", (column) => column.primaryKey())
      .addColumn("scenario_id", "text", (column) => column.notNull().references("scenarios.scenario_id"))
      .addColumn("area", "text", (column) => column.notNull())
      .addColumn("start_plan_id", "text")
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("attempt", "integer", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("started_at", "text")
      .addColumn("ended_at", "text")
      .addColumn("heartbeat_ms", "bigint")
      .addColumn("progress", "text")
      .addColumn("plan_id", "text")
      .addColumn("error", "text")
      .addColumn("cancel_requested", "integer", (column) => column.notNull())
      .execute();
    await schema.createIndex("jobs_by_status").on("jobs").columns(["status", "job_id"]).execute();
    await schema
      .createTable("plans")
      .addColumn("plan_id", "text", (column) => column.primaryKey())
      .addColumn("job_id", "text", (column) => column.notNull().unique().references("jobs.job_id"))
      .addColumn("scenario_id", "text", (column) => column.notNull())
      .addColumn("dataset_hash", "text", (column) => column.notNull())
      .addColumn("area", "text", (column) => column.notNull())
      .addColumn("status", "text", (column) => column.notNull())
      .addColumn("plan_hash", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("metrics", "text", (column) => column.notNull())
      .addColumn("bound", "text")
      .addColumn("content", bytes, (column) => column.notNull())
      .execute();
    await schema
      .createTable("events")
      .addColumn("job_id", "text", (column) => column.notNull().references("jobs.job_id"))
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("data", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("events_key", ["job_id", "seq"])
      .execute();
    await schema
      .createTable("replies")
      .addColumn("idempotency_key", "text", (column) => column.primaryKey())
      .addColumn("request_hash", "text", (column) => column.notNull())
      .addColumn("status", "integer", (column) => column.notNull())
      .addColumn("location", "text")
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .execute();
  },
};
