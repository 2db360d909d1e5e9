import { join } from "node:path";
import type { Dialect } from "kysely";
import { withStoreErrors } from "./errors.ts";
import { nodeSqlite } from "./sqlite.ts";

/** The database of a folder, or the Postgres that is named; its driver is loaded only where it is used. */
export async function dialectOf(dir: string, databaseUrl: string | undefined): Promise<Dialect> {
  if (databaseUrl === undefined) return withStoreErrors(nodeSqlite(join(dir, "trivium.db")));
  const { postgres } = await import("./postgres.ts");
  return withStoreErrors(postgres(databaseUrl));
}
