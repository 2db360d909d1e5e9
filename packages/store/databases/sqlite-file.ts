import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { QueryResult } from "kysely";

/** How long a writer waits for another process's transaction before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;
/** Statements that are kept prepared: more than there are kinds of queries, unless somebody asks with lists of many lengths. */
const PREPARED_MAX = 1000;

/** One connection to a database file: write-ahead log, every commit on disk before it is acknowledged (synchronous FULL). */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, { readonly statement: StatementSync; readonly reads: boolean }>();

  constructor(path: string, { readOnly = false } = {}) {
    this.#database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly });
    if (readOnly) return;
    this.#database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
  }

  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown> {
    // Where the disk is full SQLite has rolled back by itself: the error that is told is the first one.
    if (sql === "rollback" && !this.#database.isTransaction) return { rows: [] };
    const { statement, reads } = this.#prepare(sql);
    const values = parameters as SQLInputValue[];
    if (reads) return { rows: statement.all(...values) };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string) {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const made = { statement, reads: statement.columns().length > 0 };
    if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear();
    this.#prepared.set(sql, made);
    return made;
  }
}
