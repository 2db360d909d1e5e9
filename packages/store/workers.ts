import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** A process that takes jobs: how many at a time, and how many it has in hand. */
export interface WorkerState {
  readonly workerId: string;
  readonly version: string;
  readonly slots: number;
  readonly busy: number;
}

/** Who works at the moment. A worker that is not heard of is not counted, and forgotten soon. */
export class Workers {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** A worker says how it stands; those not heard of for ten times `staleMs` are forgotten. */
  async heard({ workerId, ...state }: WorkerState, staleMs: number): Promise<void> {
    const row = { ...state, seen_ms: this.#now().getTime() };
    await this.#db
      .insertInto("workers")
      .values({ worker_id: workerId, ...row })
      .onConflict((conflict) => conflict.column("worker_id").doUpdateSet(row))
      .execute();
    await this.#db
      .deleteFrom("workers")
      .where("seen_ms", "<", row.seen_ms - 10 * staleMs)
      .execute();
  }

  async gone(workerId: string): Promise<void> {
    await this.#db.deleteFrom("workers").where("worker_id", "=", workerId).execute();
  }

  /** Those heard of within `staleMs`. */
  async list(staleMs: number): Promise<WorkerState[]> {
    const rows = await this.#db
      .selectFrom("workers")
      .selectAll()
      .where("seen_ms", ">=", this.#now().getTime() - staleMs)
      .orderBy("worker_id")
      .execute();
    return rows.map(({ worker_id, version, slots, busy }) => ({ workerId: worker_id, version, slots, busy }));
  }
}
