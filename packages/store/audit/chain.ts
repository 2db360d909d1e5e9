import { canonicalJson } from "@trivium/model";
import type { AuditRow } from "../schema.ts";
import type { Keyed } from "../secret.ts";

/** The entry before the first. */
export const BEFORE_FIRST = { seq: 0, hash: "" } as const;

/** Where the log stands: how many entries, and the hash of the last. Noted elsewhere, it proves that none was cut off later. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

/** A row of another table that an entry answers for: what it was after that. */
export interface Commitment {
  readonly table: CommittedTable;
  readonly key: string;
  readonly hash: string;
}

/** Rows that decide who may do what, and what was signed. */
export type CommittedTable = "keys" | "accounts" | "approvals";

type Unlinked = Omit<AuditRow, "prev_hash" | "hash">;

/** The entry with its place in the chain: hash = HMAC(secret, everything in it and the hash before). */
export function linked(entry: Unlinked, before: Anchor, keyed: Keyed): AuditRow {
  const row = { ...entry, prev_hash: before.hash };
  return { ...row, hash: hashOf(row, keyed) };
}

export const hashOf = ({ hash: _own, ...row }: Partial<AuditRow>, keyed: Keyed): string =>
  keyed(`audit ${canonicalJson(row)}`);

/** What an entry keeps of a row that it answers for; `without`: columns that change by themselves. */
export function commitment(
  table: CommittedTable,
  key: string,
  row: object,
  without: readonly string[],
  keyed: Keyed,
): Commitment {
  const kept = Object.fromEntries(Object.entries(row).filter(([name]) => !without.includes(name)));
  return { table, key, hash: keyed(`${table} ${canonicalJson(kept)}`) };
}
