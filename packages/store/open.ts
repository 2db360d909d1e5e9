import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Dialect, Kysely } from "kysely";
import { Acknowledgements } from "./acknowledgements.ts";
import { withStoreErrors } from "./databases/errors.ts";
import { nodeSqlite } from "./databases/sqlite.ts";
import { Datasets } from "./datasets.ts";
import { Jobs } from "./jobs.ts";
import { Mappings } from "./mappings.ts";
import { Maps } from "./maps.ts";
import { migrate } from "./migrations/index.ts";
import { Plans } from "./plans.ts";
import { Replies } from "./replies.ts";
import { Scenarios } from "./scenarios.ts";
import type { Schema } from "./schema.ts";
import { WhatIfs } from "./what-ifs.ts";

/** Everything that Trivium keeps, by noun. */
export interface Store {
  readonly datasets: Datasets;
  readonly acknowledgements: Acknowledgements;
  readonly scenarios: Scenarios;
  readonly jobs: Jobs;
  readonly plans: Plans;
  readonly replies: Replies;
  readonly mappings: Mappings;
  readonly whatIfs: WhatIfs;
  /** Throws when the database cannot be read. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgres://…`: the rows lie there, for any number of machines. Default: the embedded database in the folder. */
  readonly databaseUrl?: string;
  readonly now?: () => Date;
}

/** Opens the store of a folder (made when absent): `trivium.db`, unless the rows lie on Postgres, and `maps/`. Several processes may have it open. */
export async function openStore(dir: string, options: StoreOptions = {}): Promise<Store> {
  const now = options.now ?? (() => new Date());
  await mkdir(dir, { recursive: true });
  const db = new Kysely<Schema>({ dialect: withStoreErrors(await dialectOf(dir, options.databaseUrl)) });
  try {
    await migrate(db, now);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const datasets = new Datasets(db, new Maps(join(dir, "maps")), now);
  return {
    datasets,
    acknowledgements: new Acknowledgements(db, datasets, now),
    scenarios: new Scenarios(db, now),
    jobs: new Jobs(db, now),
    plans: new Plans(db),
    replies: new Replies(db, now),
    mappings: new Mappings(db, now),
    whatIfs: new WhatIfs(db, now),
    ping: async () => {
      await db.selectFrom("migrations").select("name").limit(1).execute();
    },
    close: () => db.destroy(),
  };
}

/** The driver of Postgres is loaded only where it is used. */
async function dialectOf(dir: string, databaseUrl: string | undefined): Promise<Dialect> {
  if (databaseUrl === undefined) return nodeSqlite(join(dir, "trivium.db"));
  const { postgres } = await import("./databases/postgres.ts");
  return postgres(databaseUrl);
}
