import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely } from "kysely";
import { Accounts } from "./accounts.ts";
import { Acknowledgements } from "./acknowledgements.ts";
import { Approvals } from "./approvals.ts";
import { AnchorFile } from "./audit/anchor-file.ts";
import { Audit } from "./audit/audit.ts";
import { Children } from "./children.ts";
import { checked } from "./databases/check.ts";
import { dialectOf } from "./databases/dialect.ts";
import { Datasets } from "./datasets.ts";
import { Flags } from "./flags.ts";
import { Jobs } from "./jobs.ts";
import { Keys } from "./keys.ts";
import { Mappings } from "./mappings.ts";
import { Maps } from "./maps.ts";
import { migrate } from "./migrations/index.ts";
import { People } from "./people.ts";
import { Plans } from "./plans.ts";
import { Removal } from "./removal.ts";
import { Replies } from "./replies.ts";
import { Scenarios } from "./scenarios.ts";
import type { Schema } from "./schema.ts";
import { type Scope, ScopedRows } from "./scope.ts";
import { openSecret } from "./secret.ts";
import { Sessions } from "./sessions.ts";
import { VroomSolves } from "./vroom-solves.ts";
import { Webhooks } from "./webhooks.ts";
import { WhatIfs } from "./what-ifs.ts";
import { Workers } from "./workers.ts";

/** Everything that Trivium keeps, by noun. */
export interface Store {
  readonly datasets: Datasets;
  readonly people: People;
  readonly acknowledgements: Acknowledgements;
  readonly scenarios: Scenarios;
  readonly jobs: Jobs;
  readonly children: Children;
  readonly workers: Workers;
  readonly plans: Plans;
  readonly replies: Replies;
  readonly mappings: Mappings;
  readonly whatIfs: WhatIfs;
  readonly webhooks: Webhooks;
  readonly vroomSolves: VroomSolves;
  readonly keys: Keys;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly approvals: Approvals;
  readonly flags: Flags;
  readonly removal: Removal;
  readonly audit: Audit;
  /** Everything that `work` reads and writes is of the district and the areas of whoever asks, and written down as theirs. */
  within<T>(scope: Scope, work: () => T): T;
  /** Reads the database through for damage, and says what it is. @throws InternalError store-damaged */
  check(): Promise<string>;
  /** Throws when the database cannot be read. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgres://…`: the rows lie there, for any number of machines. Default: the embedded database in the folder. */
  readonly databaseUrl?: string;
  /** The installation's secret, the same on every machine. Default: the folder's own, made at the first start. */
  readonly secret?: string;
  readonly now?: () => Date;
  /** N of scrypt for new passwords; only tests are in a hurry. */
  readonly passwordCost?: number;
}

/** Opens the store of a folder (made when absent): `trivium.db`, unless the rows lie on Postgres, and `maps/`. Several processes may have it open. */
export async function openStore(dir: string, options: StoreOptions = {}): Promise<Store> {
  const now = options.now ?? (() => new Date());
  await mkdir(dir, { recursive: true });
  const rows = new ScopedRows();
  const db = new Kysely<Schema>({ dialect: await dialectOf(dir, options.databaseUrl), plugins: [rows] });
  try {
    await migrate(db, now);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const maps = new Maps(join(dir, "maps"));
  const flags = new Flags(db, rows, now);
  const keyed = await openSecret(dir, options.secret);
  const people = new People(db, keyed);
  const datasets = new Datasets(db, maps, flags, people, now);
  await datasets.separateNames();
  const acknowledgements = new Acknowledgements(db, datasets, now);
  const anchors = new AnchorFile(dir);
  const audit = new Audit(db, rows, keyed, anchors, now);
  const accounts = new Accounts(db, audit, now, options.passwordCost);
  return {
    datasets,
    people,
    acknowledgements,
    scenarios: new Scenarios(db, now),
    jobs: new Jobs(db, now),
    children: new Children(db, now),
    workers: new Workers(db, now),
    plans: new Plans(db),
    replies: new Replies(db, now),
    mappings: new Mappings(db, now),
    whatIfs: new WhatIfs(db, now),
    webhooks: new Webhooks(db, now),
    keys: new Keys(db, audit, now),
    vroomSolves: new VroomSolves(db, now),
    accounts,
    sessions: new Sessions(db, accounts, now),
    approvals: new Approvals(db, { audit, datasets, acknowledgements }, now),
    audit,
    flags,
    removal: new Removal(db, audit, maps, now),
    within: (scope, work) => rows.within(scope, work),
    check: () => checked(db),
    ping: async () => {
      await db.selectFrom("migrations").select("name").limit(1).execute();
    },
    close: async () => {
      await anchors.flush();
      await db.destroy();
    },
  };
}
