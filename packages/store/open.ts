import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely } from "kysely";
import { Acknowledgements } from "./acknowledgements.ts";
import { Datasets } from "./datasets.ts";
import { Jobs } from "./jobs.ts";
import { Maps } from "./maps.ts";
import { migrate } from "./migrations/index.ts";
import { Plans } from "./plans.ts";
import { Replies } from "./replies.ts";
import { Scenarios } from "./scenarios.ts";
import type { Schema } from "./schema.ts";
import { nodeSqlite } from "./sqlite.ts";

/** Everything that Trivium keeps, by noun. */
export interface Store {
  readonly datasets: Datasets;
  readonly acknowledgements: Acknowledgements;
  readonly scenarios: Scenarios;
  readonly jobs: Jobs;
  readonly plans: Plans;
  readonly replies: Replies;
  /** Throws when the database cannot be read. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly now?: () => Date;
}

/** Opens the embedded store in a folder (made when absent): `trivium.db` and `maps/`. Several processes may have it open. */
export async function openStore(dir: string, options: StoreOptions = {}): Promise<Store> {
  const now = options.now ?? (() => new Date());
  await mkdir(dir, { recursive: true });
  const db = new Kysely<Schema>({ dialect: nodeSqlite(join(dir, "trivium.db")) });
  await migrate(db, now);
  const datasets = new Datasets(db, new Maps(join(dir, "maps")), now);
  return {
    datasets,
    acknowledgements: new Acknowledgements(db, datasets, now),
    scenarios: new Scenarios(db, now),
    jobs: new Jobs(db, now),
    plans: new Plans(db),
    replies: new Replies(db, now),
    ping: async () => {
      await db.selectFrom("migrations").select("name").limit(1).execute();
    },
    close: () => db.destroy(),
  };
}
