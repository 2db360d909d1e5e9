import { InputError } from "@trivium/model";
import type { Kysely, Transaction } from "kysely";
import { takeTurn } from "../databases/rows.ts";
import { type Page, type PageRequest, pageOf } from "../page.ts";
import type { AuditRow, Schema } from "../schema.ts";
import type { ScopedRows } from "../scope.ts";
import type { Keyed } from "../secret.ts";
import type { AnchorFile } from "./anchor-file.ts";
import {
  type Anchor,
  BEFORE_FIRST,
  type Commitment,
  type CommittedTable,
  commitment,
  hashOf,
  linked,
} from "./chain.ts";
import { type AuditReport, verifyAudit } from "./verify.ts";

/** Something that somebody did: ids only, never a name. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly district: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type NewAuditEntry = Pick<AuditEntry, "action" | "subject"> &
  Partial<Pick<AuditEntry, "actor" | "district" | "detail">>;

interface Pending {
  readonly entry: NewAuditEntry & Required<Pick<AuditEntry, "actor" | "district">>;
  readonly resolve: (anchor: Anchor) => void;
  readonly reject: (error: unknown) => void;
}

/** Columns of rows that entries answer for, but that change without anybody's doing. */
const UNCOMMITTED: Readonly<Record<CommittedTable, readonly string[]>> = {
  keys: ["last_used_on"],
  accounts: ["failures", "retry_ms"],
  approvals: [],
};

/**
 * Who did what: appended to, never changed. Each entry holds the hash of the one before, under a key that does not lie in the
 * database; entries answer for the rows that decide who may do what and what was signed.
 */
export class Audit {
  readonly #db: Kysely<Schema>;
  readonly #rows: ScopedRows;
  readonly #keyed: Keyed;
  readonly #anchors: AnchorFile;
  readonly #now: () => Date;
  #pending: Pending[] = [];
  #writing = false;
  #known = false;

  constructor(db: Kysely<Schema>, rows: ScopedRows, keyed: Keyed, anchors: AnchorFile, now: () => Date) {
    this.#db = db;
    this.#rows = rows;
    this.#keyed = keyed;
    this.#anchors = anchors;
    this.#now = now;
  }

  /** On disk when it returns. Entries that come together are written together. */
  append(entry: NewAuditEntry): Promise<Anchor> {
    const { promise, resolve, reject } = Promise.withResolvers<Anchor>();
    this.#pending.push({ entry: this.#signed(entry), resolve, reject });
    if (!this.#writing) {
      this.#writing = true;
      void this.#rows.within(undefined, () => this.#writeAll());
    }
    return promise;
  }

  /** Within a transaction of its caller: what was done and the entry that says so are there together, or neither. */
  async appendIn(
    transaction: Transaction<Schema>,
    entry: NewAuditEntry,
    rows: readonly { readonly table: CommittedTable; readonly key: string; readonly row: object }[] = [],
  ): Promise<Anchor> {
    const signed = this.#signed(entry);
    const commits = rows.map(({ table, key, row }) => this.#commitment(table, key, row));
    const [anchor] = await this.#rows.within(undefined, () => this.#write(transaction, [{ ...signed, commits }]));
    return anchor;
  }

  /** Reads and writes of all districts, for the store's own housekeeping. */
  ofAll<T>(work: () => T): T {
    return this.#rows.within(undefined, work);
  }

  /** Reads and writes of the whole district, whatever areas whoever asks has. */
  ofDistrict<T>(work: () => T): T {
    const scope = this.#rows.current;
    return this.#rows.within(scope && { ...scope, areas: null }, work);
  }

  /** Newest first; `after` is a number. Within a scope, the district's own. */
  async list({ limit, after }: PageRequest): Promise<Page<AuditEntry>> {
    let query = this.#db
      .selectFrom("audit")
      .selectAll()
      .orderBy("seq", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("seq", "<", Number(after) || 0);
    return pageOf(await query.execute(), limit, ({ seq }) => String(seq), read);
  }

  /** Whether the entry with this number is genuine and answers for a row as it is. */
  async answersFor(table: CommittedTable, key: string, row: object, seq: number): Promise<boolean> {
    const entry = await this.#rows.within(undefined, () =>
      this.#db.selectFrom("audit").selectAll().where("seq", "=", seq).executeTakeFirst(),
    );
    if (!entry || hashOf(entry, this.#keyed) !== entry.hash) return false;
    const { hash } = this.#commitment(table, key, row);
    const commits: Commitment[] = JSON.parse(entry.commits);
    return commits.some((each) => each.table === table && each.key === key && each.hash === hash);
  }

  /** Where the log stands, for a transaction that has its turn at it. */
  headIn(transaction: Transaction<Schema>): Promise<Anchor> {
    return this.#rows.within(undefined, () => headOf(transaction));
  }

  /** The end of the log, to be noted elsewhere. */
  head(): Promise<Anchor> {
    return this.#rows.within(undefined, () => headOf(this.#db));
  }

  /** Reads the whole log and every row that it answers for, of all districts. */
  verify(anchors: readonly Anchor[] = []): Promise<AuditReport> {
    return this.#rows.within(undefined, async () => {
      await this.#checkSecret();
      const noted = await this.#anchors.read();
      return verifyAudit(this.#db, this.#keyed, (table, key, row) => this.#commitment(table, key, row), [
        ...anchors,
        ...(noted ? [noted] : []),
      ]);
    });
  }

  #commitment(table: CommittedTable, key: string, row: object): Commitment {
    return commitment(table, key, row, UNCOMMITTED[table], this.#keyed);
  }

  #signed(entry: NewAuditEntry): Pending["entry"] {
    const scope = this.#rows.current;
    return { actor: scope?.id ?? "operator", district: scope?.district ?? "", ...entry };
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0);
      try {
        const entries = batch.map(({ entry }) => ({ ...entry, commits: [] }));
        const anchors = await this.#db.transaction().execute((transaction) => this.#write(transaction, entries));
        batch.forEach(({ resolve }, i) => {
          resolve(anchors[i]);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #write(
    transaction: Transaction<Schema>,
    entries: readonly (Pending["entry"] & { readonly commits: readonly Commitment[] })[],
  ): Promise<Anchor[]> {
    await this.#checkSecret(transaction);
    await takeTurn(transaction, "audit");
    let before: Anchor = await headOf(transaction);
    const rows: AuditRow[] = [];
    for (const { actor, district, action, subject, detail = {}, commits } of entries) {
      const texts = { detail: JSON.stringify(detail), commits: JSON.stringify(commits) };
      const at = this.#now().toISOString();
      const row = linked({ seq: before.seq + 1, at, actor, district, action, subject, ...texts }, before, this.#keyed);
      rows.push(row);
      before = row;
    }
    await transaction.insertInto("audit").values(rows).execute();
    this.#anchors.note(before);
    return rows.map(({ seq, hash }) => ({ seq, hash }));
  }

  /** A process with another secret would break the chain for everyone. */
  async #checkSecret(db: Kysely<Schema> = this.#db): Promise<void> {
    if (this.#known) return;
    const value = this.#keyed("fingerprint");
    await db
      .insertInto("installation")
      .values({ name: "secret", value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = await db.selectFrom("installation").select("value").where("name", "=", "secret").executeTakeFirst();
    if (kept?.value !== value)
      throw new InputError(
        "wrong-secret",
        "this process has another secret than the one that the audit log was begun with. Maybe TRIVIUM_SECRET differs between machines, or the file `secret` was lost?",
      );
    this.#known = true;
  }
}

async function headOf(db: Kysely<Schema>): Promise<Anchor> {
  const last = await db.selectFrom("audit").select(["seq", "hash"]).orderBy("seq", "desc").limit(1).executeTakeFirst();
  return last ?? BEFORE_FIRST;
}

const read = ({ seq, at, actor, district, action, subject, detail }: AuditRow): AuditEntry => ({
  seq,
  at,
  actor,
  district,
  action,
  subject,
  detail: JSON.parse(detail),
});
