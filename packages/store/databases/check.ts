import { InternalError } from "@trivium/model";
import { type Kysely, sql } from "kysely";
import type { Schema } from "../schema.ts";
import { isPostgres } from "./rows.ts";

/** @throws InternalError store-damaged, with what the database itself says */
export async function checked(db: Kysely<Schema>): Promise<string> {
  const { rows: applied } = await sql<{ count: number }>`select count(*) as count from migrations`.execute(db);
  const schema = `${applied[0]?.count} migrations`;
  if (isPostgres(db)) {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
    return `Postgres ${rows[0]?.server_version}, ${schema}`;
  }
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  if (rows[0]?.integrity_check !== "ok")
    throw new InternalError("store-damaged", `the database is damaged: ${rows[0]?.integrity_check}`);
  return `embedded, whole, ${schema}`;
}
