import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { InputError } from "@trivium/model";
import { Kysely, sql } from "kysely";
import { dialectOf } from "./databases/dialect.ts";
import { MIGRATIONS, migrate } from "./migrations/index.ts";
import type { Schema } from "./schema.ts";

/** What a backup holds, each table after those that its rows point at. Sessions, replies and who works at the moment pass by themselves. */
const TABLES = [
  "installation",
  "names",
  "keys",
  "accounts",
  "datasets",
  "dataset_districts",
  "people",
  "acknowledgements",
  "mappings",
  "scenarios",
  "jobs",
  "plans",
  "events",
  "what_ifs",
  "webhooks",
  "deliveries",
  "vroom_solves",
  "audit",
  "approvals",
  "flags",
] as const satisfies readonly (keyof Schema)[];

const ROWS = "rows.jsonl.gz";
/** Beside the database: the secret that the audit log is chained by, its end, and the districts' maps. */
const BESIDE = ["secret", "audit-anchor.json", "maps"] as const;
const AT_ONCE = 200;

interface Place {
  readonly dir: string;
  readonly databaseUrl?: string;
}

/**
 * Writes a backup into a folder that is not there yet, while the store is in use: the rows as they stood at one moment, the same from
 * either database and for either, and what lies beside them. @returns the number of rows
 */
export async function backUp({ dir, databaseUrl }: Place, to: string): Promise<number> {
  if (existsSync(to)) throw new InputError("backup-exists", `${to} is there already`);
  await mkdir(to, { recursive: true });
  const still = await snapshot(dir, databaseUrl);
  let count = 0;
  try {
    await still.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (transaction) => {
        async function* lines() {
          const applied = await transaction.selectFrom("migrations").select("name").orderBy("name").execute();
          yield `${JSON.stringify({ migrations: applied.map(({ name }) => name) })}\n`;
          for (const table of TABLES)
            for await (const row of rowsOf(transaction, table)) {
              count++;
              yield `${JSON.stringify({ table, row: packed(row) })}\n`;
            }
        }
        await pipeline(Readable.from(lines()), createGzip(), createWriteStream(join(to, ROWS), { mode: 0o600 }));
      });
  } finally {
    await still.close();
  }
  for (const name of BESIDE)
    if (existsSync(join(dir, name))) await cp(join(dir, name), join(to, name), { recursive: true });
  return count;
}

/** Brings a backup into a store that is empty: the embedded one, or one on Postgres. An older version's is brought up to date. */
export async function restore(from: string, { dir, databaseUrl }: Place): Promise<number> {
  if (!existsSync(join(from, ROWS))) throw new InputError("no-backup", `${from} holds no backup`);
  await mkdir(dir, { recursive: true });
  const db = new Kysely<Schema>({ dialect: await dialectOf(dir, databaseUrl) });
  let count = 0;
  try {
    const lines = createInterface({ input: createReadStream(join(from, ROWS)).pipe(createGunzip()) });
    let batch: { readonly table: (typeof TABLES)[number]; readonly row: object }[] = [];
    const flush = async () => {
      await db.transaction().execute(async (transaction) => {
        for (const { table, row } of batch)
          await transaction
            .insertInto(table)
            .values(unpacked(row) as never)
            .execute();
      });
      count += batch.length;
      batch = [];
    };
    for await (const line of lines) {
      const read = JSON.parse(line);
      if (read.migrations) {
        const known = MIGRATIONS.filter(({ name }) => read.migrations.includes(name));
        if (known.length < read.migrations.length)
          throw new InputError("backup-newer", "the backup is of a newer version than this one");
        await migrate(db, () => new Date(), known);
        await mustBeEmpty(db);
      } else if (batch.push(read) >= AT_ONCE) await flush();
    }
    await flush();
    await migrate(db, () => new Date());
  } finally {
    await db.destroy();
  }
  for (const name of BESIDE)
    if (existsSync(join(from, name))) await cp(join(from, name), join(dir, name), { recursive: true });
  return count;
}

/** The embedded database is copied page by page while others write; Postgres shows one moment to one transaction. */
async function snapshot(dir: string, databaseUrl: string | undefined) {
  if (databaseUrl !== undefined) {
    const db = new Kysely<Schema>({ dialect: await dialectOf(dir, databaseUrl) });
    return { db, close: () => db.destroy() };
  }
  const copy = await mkdtemp(join(tmpdir(), "trivium-backup-"));
  const { backup, DatabaseSync } = await import("node:sqlite");
  const source = new DatabaseSync(join(dir, "trivium.db"), { readOnly: true });
  await backup(source, join(copy, "trivium.db"));
  source.close();
  const db = new Kysely<Schema>({ dialect: await dialectOf(copy, undefined) });
  return {
    db,
    close: async () => {
      await db.destroy();
      await rm(copy, { recursive: true, force: true });
    },
  };
}

async function* rowsOf(db: Kysely<Schema>, table: (typeof TABLES)[number]): AsyncGenerator<object> {
  for (let offset = 0; ; offset += AT_ONCE) {
    // The first two columns name a row, or order it within what it belongs to.
    const page = sql<object>`select * from ${sql.table(table)} order by 1, 2 limit ${AT_ONCE} offset ${offset}`;
    const { rows } = await page.execute(db);
    yield* rows;
    if (rows.length < AT_ONCE) return;
  }
}

async function mustBeEmpty(db: Kysely<Schema>): Promise<void> {
  for (const table of ["datasets", "audit", "keys", "accounts"] as const) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db).catch(() => ({ rows: [] }));
    if (rows.length > 0)
      throw new InputError("store-not-empty", `the store holds rows already (${table}): restore into an empty one`);
  }
}

const packed = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value,
    ]),
  );

const unpacked = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value !== null && typeof value === "object" ? Buffer.from(value.base64, "base64") : value,
    ]),
  );
