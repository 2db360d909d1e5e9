import type { Kysely } from "kysely";
import type { AuditRow, Schema } from "../schema.ts";
import type { Keyed } from "../secret.ts";
import { type Anchor, BEFORE_FIRST, type Commitment, type CommittedTable, hashOf } from "./chain.ts";
import { alteredPlans } from "./signed-plans.ts";

/** Something that is not as it was written. */
export interface AuditProblem {
  readonly code:
    | "edited"
    | "missing"
    | "reordered"
    | "truncated"
    | "row-altered"
    | "row-removed"
    | "row-unknown"
    | "plan-altered";
  /** The number of an entry, or the table and key of a row. */
  readonly where: string;
  readonly message: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: Anchor;
  readonly rows: number;
  readonly problems: readonly AuditProblem[];
}

const PAGE = 1000;
const KEY_OF = { keys: "key_id", accounts: "account_id", approvals: "approval_id" } as const satisfies Record<
  CommittedTable,
  string
>;

/**
 * Recomputes the chain from the first entry, then every row that it answers for. Anchors are ends of the log as they were noted
 * elsewhere: in sign-offs, in a file, on paper.
 */
export async function verifyAudit(
  db: Kysely<Schema>,
  keyed: Keyed,
  commitmentOf: (table: CommittedTable, key: string, row: object) => Commitment,
  anchors: readonly Anchor[],
): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  const wanted = new Map<number, string>();
  for (const { seq, hash } of [...anchors, ...(await signedAnchors(db))]) wanted.set(seq, hash);
  const commits = new Map<string, Commitment>();
  let head: Anchor = BEFORE_FIRST;
  let entries = 0;
  for await (const row of allEntries(db)) {
    entries++;
    problems.push(...linkProblems(row, head, keyed));
    const anchored = wanted.get(row.seq);
    if (anchored !== undefined && anchored !== row.hash)
      problems.push(problem("edited", row.seq, "is not the entry that was noted elsewhere"));
    wanted.delete(row.seq);
    for (const commit of committed(row)) commits.set(`${commit.table} ${commit.key}`, commit);
    head = { seq: row.seq, hash: row.hash };
  }
  for (const seq of wanted.keys())
    if (seq > 0) problems.push(problem("truncated", seq, "was noted elsewhere as the end of the log and is not there"));
  const rows = await rowProblems(db, commits, commitmentOf, problems);
  for (const planId of await alteredPlans(db))
    problems.push({
      code: "plan-altered",
      where: `plans ${planId}`,
      message: `the plan ${planId} is not what was signed`,
    });
  return { ok: problems.length === 0, entries, head, rows, problems };
}

const problem = (code: AuditProblem["code"], seq: number, what: string): AuditProblem => ({
  code,
  where: `entry ${seq}`,
  message: `entry ${seq} ${what}`,
});

function linkProblems(row: AuditRow, before: Anchor, keyed: Keyed): AuditProblem[] {
  const found: AuditProblem[] = [];
  if (hashOf(row, keyed) !== row.hash) found.push(problem("edited", row.seq, "was changed after it was written"));
  if (row.seq !== before.seq + 1)
    found.push(problem("missing", before.seq + 1, `is missing, with all up to ${row.seq - 1}`));
  else if (row.prev_hash !== before.hash)
    found.push(problem("reordered", row.seq, "does not follow the one before it"));
  return found;
}

function committed(row: AuditRow): Commitment[] {
  try {
    return JSON.parse(row.commits);
  } catch {
    return [];
  }
}

async function* allEntries(db: Kysely<Schema>): AsyncGenerator<AuditRow> {
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await db.selectFrom("audit").selectAll().where("seq", ">", last).orderBy("seq").limit(PAGE).execute();
    yield* page;
    if (page.length < PAGE) return;
    last = page[PAGE - 1].seq;
  }
}

async function signedAnchors(db: Kysely<Schema>): Promise<Anchor[]> {
  const rows = await db.selectFrom("approvals").select(["audit_seq", "audit_hash"]).execute();
  return rows.map(({ audit_seq, audit_hash }) => ({ seq: audit_seq, hash: audit_hash }));
}

async function rowProblems(
  db: Kysely<Schema>,
  commits: ReadonlyMap<string, Commitment>,
  commitmentOf: (table: CommittedTable, key: string, row: object) => Commitment,
  problems: AuditProblem[],
): Promise<number> {
  const unseen = new Map(commits);
  let count = 0;
  for (const table of Object.keys(KEY_OF) as CommittedTable[]) {
    for (const row of await db.selectFrom(table).selectAll().execute()) {
      count++;
      const key = String((row as Record<string, unknown>)[KEY_OF[table]]);
      const where = `${table} ${key}`;
      const commit = unseen.get(where);
      unseen.delete(where);
      if (!commit) problems.push({ code: "row-unknown", where, message: `the log knows nothing of ${where}` });
      else if (commit.hash !== commitmentOf(table, key, row).hash)
        problems.push({ code: "row-altered", where, message: `${where} was changed past the log` });
    }
  }
  for (const where of unseen.keys())
    problems.push({ code: "row-removed", where, message: `${where} was removed past the log` });
  return count;
}
