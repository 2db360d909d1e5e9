import { setImmediate } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { SqliteFile } from "./sqlite-file.ts";
import { SqliteWriter } from "./sqlite-writer.ts";

/**
 * Kysely's SQLite dialect on node:sqlite, which waits: for the disk at each commit, for other processes that write. So a thread of its
 * own writes, one transaction after the other, and who answers calls never waits for it; what is read outside of a transaction is read
 * here, by a second connection, which sees all that was committed.
 */
export function nodeSqlite(path: string): Dialect {
  return {
    createAdapter: () => new ReadsBesideWrites(),
    createDriver: () => new NodeSqliteDriver(path),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class ReadsBesideWrites extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

const BEGIN = CompiledQuery.raw("begin immediate");
const COMMIT = CompiledQuery.raw("commit");
const ROLLBACK = CompiledQuery.raw("rollback");
const READS = /^\s*select\b/i;

class NodeSqliteDriver implements Driver {
  readonly #path: string;
  #writer: SqliteWriter | undefined;
  #reader: SqliteFile | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#writer = new SqliteWriter(this.#path);
  }

  async acquireConnection(): Promise<Connection> {
    if (!this.#writer) throw new Error("the database is not open");
    return new Connection(this.#writer, () => {
      this.#reader ??= new SqliteFile(this.#path, { readOnly: true });
      return this.#reader;
    });
  }

  /** As a writer from the beginning: a transaction that starts by reading could not wait for its turn to write. */
  async beginTransaction(connection: Connection): Promise<void> {
    await connection.takeTurn();
    await connection.executeQuery(BEGIN);
  }

  async commitTransaction(connection: Connection): Promise<void> {
    await connection.executeQuery(COMMIT);
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    await connection.executeQuery(ROLLBACK);
  }

  async releaseConnection(connection: Connection): Promise<void> {
    connection.endTurn();
  }

  async destroy(): Promise<void> {
    this.#reader?.close();
    await this.#writer?.close();
  }
}

/** A read is answered at once: who reads again and again would leave no turn to anything else, the writer's answers among it. */
const OTHERS_MS = 10;
let turnedMs = 0;

async function othersTurn(): Promise<void> {
  if (performance.now() - turnedMs < OTHERS_MS) return;
  await setImmediate();
  turnedMs = performance.now();
}

class Connection implements DatabaseConnection {
  readonly #writer: SqliteWriter;
  readonly #reader: () => SqliteFile;
  /** Within a transaction. */
  #endTurn: (() => void) | undefined;

  constructor(writer: SqliteWriter, reader: () => SqliteFile) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async takeTurn(): Promise<void> {
    this.#endTurn = await this.#writer.turn();
  }

  endTurn(): void {
    this.#endTurn?.();
    this.#endTurn = undefined;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return (await this.#executed(sql, parameters)) as QueryResult<R>;
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  async #executed(sql: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> {
    if (this.#endTurn) return this.#writer.run(sql, parameters);
    if (READS.test(sql)) {
      await othersTurn();
      return this.#reader().run(sql, parameters);
    }
    const endTurn = await this.#writer.turn();
    try {
      return await this.#writer.run(sql, parameters);
    } finally {
      endTurn();
    }
  }
}
