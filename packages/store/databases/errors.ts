import { InputError, InternalError } from "@trivium/model";
import type { DatabaseConnection, Dialect, Driver } from "kysely";

/** Codes of SQLite's results, and of Postgres (SQLSTATE, whole or its class) and Node for lost connections. */
const SQLITE = { busy: 5, readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 } as const;
const AWAY = /^(08|57P0|ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH)|^53300$/;
const FULL = /^(53100|ENOSPC)$/;
/** Text that no database text may hold, or a number beyond its column. */
const UNUSABLE = /^(22021|22003)$/;
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Connection ended/;

/**
 * What went wrong at the database, in the words of the store: `store-away` and `store-busy` pass by themselves, `store-full` and
 * `store-read-only` are the operator's to mend. Anything else stays as it is: a bug.
 */
function storeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { errcode, code } = error as Error & { errcode?: number; code?: string };
  // SQLite's extended codes carry the primary one in their low byte.
  const sqlite = errcode === undefined ? undefined : errcode & 0xff;
  const sqlState = code ?? "";
  if (sqlite === SQLITE.full || FULL.test(sqlState))
    return told("store-full", "the disk of the database is full", error);
  if (sqlite === SQLITE.readOnly) return told("store-read-only", "the database cannot be written to", error);
  if (sqlite === SQLITE.busy) return told("store-busy", "another process holds the database for long", error);
  if (sqlite === SQLITE.ioError || sqlite === SQLITE.cannotOpen)
    return told("store-away", "the database file cannot be reached", error);
  if (AWAY.test(sqlState) || LOST.test(error.message)) return told("store-away", "the database does not answer", error);
  if (UNUSABLE.test(sqlState))
    return new InputError("unusable-value", "a value that was given cannot be stored or looked for");
  return error;
}

const told = (code: string, message: string, cause: Error): InternalError =>
  Object.assign(new InternalError(code, message), { cause });

/** A dialect whose errors are the store's. */
export function withStoreErrors(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => translated(dialect.createDriver()),
  };
}

function translated(driver: Driver): Driver {
  const seen = new WeakSet<DatabaseConnection>();
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async (options) => {
    const connection = await acquire(options).catch(rethrown);
    if (!seen.has(connection)) {
      seen.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = async <R>(...query: Parameters<typeof execute>) => execute<R>(...query).catch(rethrown);
    }
    return connection;
  };
  return driver;
}

const rethrown = (error: unknown): never => {
  throw storeError(error);
};
