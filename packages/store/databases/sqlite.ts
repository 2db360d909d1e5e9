import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { SqliteDialect } from "kysely";

/** How long a writer waits for another process's transaction before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Kysely's SQLite dialect on node:sqlite: write-ahead log, every commit on disk before it is acknowledged (synchronous FULL).
 * Transactions begin as writers: one that starts by reading could not wait for its turn to write.
 */
export function nodeSqlite(file: string): SqliteDialect {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
  return new SqliteDialect({
    database: {
      prepare: (sql) =>
        sql === "rollback"
          ? rollback(database)
          : statement(database.prepare(sql === "begin" ? "begin immediate" : sql)),
      close: () => database.close(),
    },
  });
}

function statement(prepared: StatementSync) {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: prepared.columns().length > 0,
    all: (parameters: readonly unknown[]) => prepared.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => prepared.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]) =>
      prepared.iterate(...values(parameters)) as IterableIterator<Record<string, unknown>>,
  };
}

/** Where the disk is full SQLite has rolled back by itself: the error that is told is the first one. */
const rollback = (database: DatabaseSync) => ({
  ...statement(database.prepare("rollback")),
  run: () => {
    if (database.isTransaction) database.exec("rollback");
    return { changes: 0n, lastInsertRowid: 0n };
  },
});
