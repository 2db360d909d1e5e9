import { type Expression, type Kysely, sql } from "kysely";
import { isPostgres, takeTurn } from "../databases/rows.ts";
import type { Schema } from "../schema.ts";
import { nouns } from "./0001-nouns.ts";
import { acknowledgements } from "./0002-acknowledgements.ts";
import { mappingsAndWhatIfs } from "./0003-mappings-what-ifs.ts";
import { districts } from "./0010-districts.ts";
import { accounts } from "./0011-accounts.ts";
import { queue } from "./0020-queue.ts";
import { webhooks } from "./0020-webhooks.ts";
import { auditAndApprovals } from "./0021-audit-approvals.ts";
import { vroom } from "./0022-vroom.ts";
import { flags } from "./0030-flags.ts";
import { people } from "./0031-people.ts";

/** The types whose names differ between the databases. */
interface ColumnTypes {
  readonly bytes: Expression<Uint8Array>;
}

/** One step forward. There is no way back: a step that was a mistake is mended by the next. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<Schema>, types: ColumnTypes): Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  nouns,
  acknowledgements,
  mappingsAndWhatIfs,
  districts,
  accounts,
  queue,
  webhooks,
  auditAndApprovals,
  flags,
  vroom,
  people,
];

/** Brings a database to the present schema; each step in a transaction of its own, safe when several processes start at once. */
export async function migrate(db: Kysely<Schema>, now: () => Date, migrations = MIGRATIONS): Promise<void> {
  const types = { bytes: isPostgres(db) ? sql<Uint8Array>`bytea` : sql<Uint8Array>`blob` };
  await inTurn(db, (transaction) =>
    transaction.schema
      .createTable("migrations")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("applied_at", "text", (column) => column.notNull())
      .execute(),
  );
  for (const migration of migrations) {
    await inTurn(db, async (transaction) => {
      const applied = await transaction
        .selectFrom("migrations")
        .where("name", "=", migration.name)
        .selectAll()
        .execute();
      if (applied.length > 0) return;
      await migration.up(transaction, types);
      await transaction
        .insertInto("migrations")
        .values({ name: migration.name, applied_at: now().toISOString() })
        .execute();
    });
  }
}

const inTurn = (db: Kysely<Schema>, step: (transaction: Kysely<Schema>) => Promise<void>): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await takeTurn(transaction, "migrate");
    await step(transaction);
  });
