import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Actor, Grant } from "@trivium/model";
import type { Kysely, Transaction } from "kysely";
import type { Audit } from "./audit/audit.ts";
import { actorOf, grantColumns, grantOf } from "./grants.ts";
import { newId } from "./id.ts";
import type { KeyRow, Schema } from "./schema.ts";

/** A key as it is listed: never its secret. */
export interface ApiKey extends Grant {
  readonly key_id: string;
  readonly label: string;
  readonly created_at: string;
  readonly created_by: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_on: string | null;
}

export interface NewKey extends Grant {
  readonly label: string;
  readonly expires_at: string | null;
}

const PREFIX = "trivium";
/** 256 random bits need no slow hash: nobody guesses them. */
const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** API keys: `trivium.<key id>.<secret>`. Of the secret only the hash is kept; it is shown once. */
export class Keys {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  readonly #audit: Audit;

  constructor(db: Kysely<Schema>, audit: Audit, now: () => Date) {
    this.#db = db;
    this.#audit = audit;
    this.#now = now;
  }

  async add(key: NewKey, by: string): Promise<{ readonly key: ApiKey; readonly token: string }> {
    const now = this.#now();
    const secret = randomBytes(32).toString("base64url");
    const row: KeyRow = {
      key_id: newId("key", now),
      ...grantColumns(key),
      label: key.label,
      secret_hash: hashOf(secret),
      created_at: now.toISOString(),
      created_by: by,
      expires_at: key.expires_at,
      revoked_at: null,
      last_used_on: null,
    };
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.insertInto("keys").values(row).execute();
      await this.#committed(transaction, "key made", row);
    });
    return { key: read(row), token: `${PREFIX}.${row.key_id}.${secret}` };
  }

  /** Whose key it is; undefined for one that is unknown, revoked or expired. */
  async actorOf(token: string): Promise<Actor | undefined> {
    const [prefix, keyId, secret] = token.split(".");
    if (prefix !== PREFIX || !keyId || !secret) return undefined;
    const row = await this.#db.selectFrom("keys").selectAll().where("key_id", "=", keyId).executeTakeFirst();
    const now = this.#now().toISOString();
    if (!row || !same(row.secret_hash, hashOf(secret)) || row.revoked_at !== null) return undefined;
    if (row.expires_at !== null && row.expires_at <= now) return undefined;
    const today = now.slice(0, 10);
    if (row.last_used_on !== today)
      await this.#db.updateTable("keys").set({ last_used_on: today }).where("key_id", "=", keyId).execute();
    return actorOf(row.key_id, row);
  }

  async list(): Promise<ApiKey[]> {
    return (await this.#db.selectFrom("keys").selectAll().orderBy("key_id", "desc").execute()).map(read);
  }

  /** It opens nothing from now on; undefined: there is no such key. */
  async revoke(keyId: string): Promise<ApiKey | undefined> {
    return this.#db.transaction().execute(async (transaction) => {
      const revoked = await transaction
        .updateTable("keys")
        .set({ revoked_at: this.#now().toISOString() })
        .where("key_id", "=", keyId)
        .where("revoked_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (revoked) await this.#committed(transaction, "key revoked", revoked);
      const row =
        revoked ?? (await transaction.selectFrom("keys").selectAll().where("key_id", "=", keyId).executeTakeFirst());
      return row && read(row);
    });
  }

  #committed(transaction: Transaction<Schema>, action: string, row: KeyRow) {
    const { key_id, district, roles, areas, schools } = row;
    const entry = { action, subject: key_id, district, detail: { roles, areas, schools } };
    return this.#audit.appendIn(transaction, entry, [{ table: "keys", key: key_id, row }]);
  }
}

const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));

function read({ secret_hash, ...row }: KeyRow): ApiKey {
  return { ...row, ...grantOf(row) };
}
