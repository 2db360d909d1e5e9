import type { Migration } from "./index.ts";

/** Saved column mappings, and what-if tables. */
export const mappingsAndWhatIfs: Migration = {
  name: "0003-mappings-what-ifs",
  async up({ schema }) {
    await schema
      .createTable("mappings")
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("updated_by", "text", (column) => column.notNull())
      .addColumn("updated_at", "text", (column) => column.notNull())
      .execute();
    await schema
      .createTable("what_ifs")
      .addColumn("what_if_id", "text", (column) => column.primaryKey())
      .addColumn("scenario_id", "text", (column) => column.notNull().references("scenarios.scenario_id"))
      .addColumn("area", "text", (column) => column.notNull())
      .addColumn("created_by", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("variants", "text", (column) => column.notNull())
      .execute();
  },
};
