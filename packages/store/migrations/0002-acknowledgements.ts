import type { Migration } from "./index.ts";

/** Warnings of a dataset that a person has accepted. */
export const acknowledgements: Migration = {
  name: "0002-acknowledgements",
  async up({ schema }) {
    await schema
      .createTable("acknowledgements")
      .addColumn("dataset_hash", "text", (column) => column.notNull().references("datasets.hash"))
      .addColumn("finding_id", "text", (column) => column.notNull())
      .addColumn("acknowledged_by", "text", (column) => column.notNull())
      .addColumn("acknowledged_at", "text", (column) => column.notNull())
      .addColumn("reason", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("acknowledgements_key", ["dataset_hash", "finding_id"])
      .execute();
  },
};
