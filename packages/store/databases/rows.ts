import { type Kysely, PostgresAdapter, sql, type Transaction } from "kysely";
import type { Schema } from "../schema.ts";

export type Db = Kysely<Schema> | Transaction<Schema>;

export const isPostgres = (db: Db): boolean => db.getExecutor().adapter instanceof PostgresAdapter;

/** Transactions that do the same thing take turns until each ends: one word, one turn. The embedded database's do so anyway. */
export async function takeTurn(transaction: Db, word: "migrate" | "audit" | "queue"): Promise<void> {
  if (isPostgres(transaction))
    await sql`select pg_advisory_xact_lock(hashtext(${`trivium ${word}`}))`.execute(transaction);
}
