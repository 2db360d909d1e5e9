import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "@trivium/model";
import type { Kysely } from "kysely";
import type { Accounts } from "./accounts.ts";
import type { Schema } from "./schema.ts";

/** A working day. */
export const SESSION_S = 12 * 3600;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Who is signed in by a browser. Of the token only the hash is kept. */
export class Sessions {
  readonly #db: Kysely<Schema>;
  readonly #accounts: Accounts;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, accounts: Accounts, now: () => Date) {
    this.#db = db;
    this.#accounts = accounts;
    this.#now = now;
  }

  /** Begins a session, and clears away those that are over. @returns the token for the cookie */
  async begin(accountId: string): Promise<string> {
    const now = this.#now();
    const token = randomBytes(32).toString("base64url");
    await this.#db.deleteFrom("sessions").where("expires_ms", "<", now.getTime()).execute();
    await this.#db
      .insertInto("sessions")
      .values({
        token_hash: hashOf(token),
        account_id: accountId,
        created_at: now.toISOString(),
        expires_ms: now.getTime() + SESSION_S * 1000,
      })
      .execute();
    return token;
  }

  async actorOf(token: string): Promise<Actor | undefined> {
    const row = await this.#db
      .selectFrom("sessions")
      .select("account_id")
      .where("token_hash", "=", hashOf(token))
      .where("expires_ms", ">", this.#now().getTime())
      .executeTakeFirst();
    return row && this.#accounts.actor(row.account_id);
  }

  async end(token: string): Promise<void> {
    await this.#db.deleteFrom("sessions").where("token_hash", "=", hashOf(token)).execute();
  }
}
