import { type CreateTableBuilder, type Kysely, sql } from "kysely";
import type { Schema } from "../schema.ts";
import type { Migration } from "./index.ts";

/** Rows belong to a district: one that the installation serves without saying its name, or one of several. */
export const districts: Migration = {
  name: "0010-districts",
  async up(db) {
    const { schema } = db;
    await schema
      .createTable("dataset_districts")
      .addColumn("dataset_hash", "text", (column) => column.notNull().references("datasets.hash"))
      .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
      .addPrimaryKeyConstraint("dataset_districts_key", ["dataset_hash", "district"])
      .execute();
    await sql`insert into dataset_districts (dataset_hash) select hash from datasets`.execute(db);
    for (const [name, value] of [
      ["district", ""],
      ["created_by", "local"],
    ] as const)
      await schema
        .alterTable("scenarios")
        .addColumn(name, "text", (column) => column.notNull().defaultTo(value))
        .execute();
    await withDistrictInKey(db, "acknowledgements", ["dataset_hash", "finding_id"], (table) =>
      table
        .addColumn("dataset_hash", "text", (column) => column.notNull().references("datasets.hash"))
        .addColumn("finding_id", "text", (column) => column.notNull())
        .addColumn("acknowledged_by", "text", (column) => column.notNull())
        .addColumn("acknowledged_at", "text", (column) => column.notNull())
        .addColumn("reason", "text", (column) => column.notNull()),
    );
    await withDistrictInKey(db, "mappings", ["name"], (table) =>
      table
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("updated_by", "text", (column) => column.notNull())
        .addColumn("updated_at", "text", (column) => column.notNull()),
    );
  },
};

/** Makes a table anew with the district before its key, for SQLite changes no key; its rows stay. */
async function withDistrictInKey(
  db: Kysely<Schema>,
  name: string,
  key: readonly string[],
  columns: (table: CreateTableBuilder<string>) => CreateTableBuilder<string, string>,
): Promise<void> {
  const before = `${name}_before`;
  await db.schema.alterTable(name).renameTo(before).execute();
  const table = columns(db.schema.createTable(name));
  await table
    .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
    .addPrimaryKeyConstraint(`${name}_of_districts_key`, ["district", ...key])
    .execute();
  const kept = sql.join(table.toOperationNode().columns.map(({ column }) => sql.ref(column.column.name)));
  await sql`insert into ${sql.table(name)} (${kept}) select ${kept} from ${sql.table(before)}`.execute(db);
  await db.schema.dropTable(before).execute();
}
