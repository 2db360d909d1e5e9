import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** What a creating call was answered. */
export interface Reply {
  readonly request_hash: string;
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** Replies to creating calls by their Idempotency-Key: the same call twice creates once. */
export class Replies {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  get(key: string): Promise<Reply | undefined> {
    return this.#db
      .selectFrom("replies")
      .select(["request_hash", "status", "location", "body"])
      .where("idempotency_key", "=", key)
      .executeTakeFirst();
  }

  async add(key: string, reply: Reply): Promise<void> {
    await this.#db
      .insertInto("replies")
      .values({ idempotency_key: key, ...reply, created_at: this.#now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
