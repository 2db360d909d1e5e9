import { PostgresDialect } from "kysely";
import { Pool, types } from "pg";

/** Connections of one process. A hundred processes stay below what a Postgres server takes as it comes, with a pooler before it. */
const CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** Whole numbers of eight bytes are counts and milliseconds here: they fit a double. */
const BIGINT = 20;

/**
 * Kysely's Postgres dialect on `pg`. A connection that the server closed is replaced by the next that is asked for; the query that
 * was under way fails.
 */
export function postgres(url: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "trivium",
    types: {
      getTypeParser: ((oid: number, format?: "text") =>
        oid === BIGINT ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  });
  // A server that goes away says so on every connection; whoever uses one hears of it from the query.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  return new PostgresDialect({ pool });
}
