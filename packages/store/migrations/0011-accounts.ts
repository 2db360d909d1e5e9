import type { CreateTableBuilder } from "kysely";
import type { Migration } from "./index.ts";

/** API keys, accounts with their sessions, and the names of people in a table of their own. */
export const accounts: Migration = {
  name: "0011-accounts",
  async up({ schema }) {
    await withGrant(schema.createTable("keys").addColumn("key_id", "text", (column) => column.primaryKey()))
      .addColumn("label", "text", (column) => column.notNull())
      .addColumn("secret_hash", "text", (column) => column.notNull())
      .addColumn("expires_at", "text")
      .addColumn("revoked_at", "text")
      .addColumn("last_used_on", "text")
      .execute();
    await withGrant(schema.createTable("accounts").addColumn("account_id", "text", (column) => column.primaryKey()))
      .addColumn("login", "text", (column) => column.notNull().unique())
      .addColumn("password", "text")
      .addColumn("issuer_subject", "text", (column) => column.unique())
      .addColumn("disabled_at", "text")
      .addColumn("failures", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("retry_ms", "bigint", (column) => column.notNull().defaultTo(0))
      .execute();
    await schema
      .createTable("sessions")
      .addColumn("token_hash", "text", (column) => column.primaryKey())
      .addColumn("account_id", "text", (column) => column.notNull().references("accounts.account_id"))
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("expires_ms", "bigint", (column) => column.notNull())
      .execute();
    await schema
      .createTable("names")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .execute();
  },
};

const withGrant = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
  table
    .addColumn("district", "text", (column) => column.notNull().defaultTo(""))
    .addColumn("roles", "text", (column) => column.notNull())
    .addColumn("areas", "text")
    .addColumn("schools", "text")
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull());
