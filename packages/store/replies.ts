import type { Job } from "@trivium/model";
import type { Kysely } from "kysely";
import type { Db } from "./databases/rows.ts";
import type { Schema } from "./schema.ts";

/** What a creating call was answered. */
export interface Reply {
  readonly request_hash: string;
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** What a call under an Idempotency-Key is answered, once the job that it asks for is stored. */
export interface ReplyForJob {
  readonly key: string;
  readonly of: (job: Job) => Pick<Reply, "status" | "location" | "body">;
}

/** In the transaction that stores the job: whoever asks again after the process died is answered with the same job, not with another. */
export async function answeredWith(db: Db, { key, of }: ReplyForJob, job: Job): Promise<void> {
  await db.updateTable("replies").set(of(job)).where("idempotency_key", "=", key).where("status", "=", 0).execute();
}

/** A call in hand says that it is alive far more often (`alive`). */
const DEAD_AFTER_MS = 15_000;

/** Replies to creating calls by their Idempotency-Key: the same call twice creates once. */
export class Replies {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Takes the key for a call that is about to be made. Undefined: it is taken, answer it or release it. Else what stands under it;
   * with status 0 its call is still being made. A call whose process died leaves its key free after a while.
   */
  async reserve(key: string, requestHash: string): Promise<Reply | undefined> {
    const now = this.#now();
    await this.#db
      .deleteFrom("replies")
      .where("idempotency_key", "=", key)
      .where("status", "=", 0)
      .where("created_at", "<", new Date(now.getTime() - DEAD_AFTER_MS).toISOString())
      .execute();
    const taken = await this.#db
      .insertInto("replies")
      .values({
        idempotency_key: key,
        request_hash: requestHash,
        status: 0,
        location: null,
        body: "",
        created_at: now.toISOString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("idempotency_key")
      .executeTakeFirst();
    if (taken) return undefined;
    const known = await this.#db
      .selectFrom("replies")
      .select(["request_hash", "status", "location", "body"])
      .where("idempotency_key", "=", key)
      .executeTakeFirst();
    return known ?? this.reserve(key, requestHash);
  }

  async answer(key: string, reply: Reply): Promise<void> {
    await this.#db.updateTable("replies").set(reply).where("idempotency_key", "=", key).execute();
  }

  /** The call is still being made: its key stays taken. */
  async alive(key: string): Promise<void> {
    await this.#db
      .updateTable("replies")
      .set({ created_at: this.#now().toISOString() })
      .where("idempotency_key", "=", key)
      .where("status", "=", 0)
      .execute();
  }

  /** The call failed: the next one under its key is made anew. */
  async release(key: string): Promise<void> {
    await this.#db.deleteFrom("replies").where("idempotency_key", "=", key).where("status", "=", 0).execute();
  }
}
