import type { Migration } from "./index.ts";

/** Names of the people in a dataset, in a table of their own; and a dataset's students by id, to be known wherever they are quoted. */
export const people: Migration = {
  name: "0031-people",
  async up({ schema }, { bytes }) {
    await schema
      .createTable("people")
      .addColumn("dataset_hash", "text", (column) => column.notNull().references("datasets.hash"))
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("people_key", ["dataset_hash", "person"])
      .execute();
    await schema.alterTable("datasets").addColumn("students", bytes).execute();
  },
};
