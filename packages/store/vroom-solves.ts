import type { VroomAnswer } from "@trivium/model";
import { type Kysely, sql } from "kysely";
import { newId } from "./id.ts";
import type { Schema, VroomSolveRow } from "./schema.ts";

/** A routing problem in VROOM's JSON on its way, or answered. */
export interface VroomSolve {
  readonly vroom_id: string;
  readonly status: "queued" | "running" | "succeeded" | "failed";
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly answer: VroomAnswer | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Nobody works on it, or whoever did fell silent. */
  readonly waiting: boolean;
}

/** What a worker is given; the fence is (id, attempt). */
export interface VroomClaim {
  readonly vroom_id: string;
  readonly attempt: number;
  readonly document: unknown;
  readonly dataset_hash: string | null;
}

/** A solver that is silent for this long is gone. */
const STALE_MS = 10_000;
const ATTEMPTS_MAX = 3;
const POISON = { code: "poison", message: "the solve was begun several times and never came to its end" };

/** Generic routing problems: kept until answered, so that whoever asked can come back. */
export class VroomSolves {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async add(document: unknown, datasetHash: string | null, by: string): Promise<string> {
    const now = this.#now();
    const vroom_id = newId("vroom", now);
    await this.#db
      .insertInto("vroom_solves")
      .values({
        vroom_id,
        dataset_hash: datasetHash,
        document: JSON.stringify(document),
        status: "queued",
        attempt: 0,
        heartbeat_ms: null,
        answer: null,
        error: null,
        created_by: by,
        created_at: now.toISOString(),
        ended_at: null,
      })
      .execute();
    return vroom_id;
  }

  async get(vroomId: string): Promise<VroomSolve | undefined> {
    const row = await this.#db
      .selectFrom("vroom_solves")
      .select(["vroom_id", "status", "heartbeat_ms", "answer", "error", "created_at", "ended_at"])
      .where("vroom_id", "=", vroomId)
      .executeTakeFirst();
    return row && read(row, this.#staleBefore());
  }

  /** Undefined when it has ended, or another works on it. */
  async claim(vroomId: string): Promise<VroomClaim | undefined> {
    const row = await this.#db
      .updateTable("vroom_solves")
      .set({ status: "running", attempt: sql<number>`attempt + 1`, heartbeat_ms: this.#now().getTime() })
      .where("vroom_id", "=", vroomId)
      .where(sql<boolean>`(status = 'queued' or (status = 'running' and heartbeat_ms < ${this.#staleBefore()}))`)
      .returning(["vroom_id", "attempt", "document", "dataset_hash"])
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.attempt > ATTEMPTS_MAX) {
      await this.end(row, { error: POISON });
      return undefined;
    }
    return { ...row, document: JSON.parse(row.document) };
  }

  async beat({ vroom_id, attempt }: Pick<VroomClaim, "vroom_id" | "attempt">): Promise<void> {
    await this.#db
      .updateTable("vroom_solves")
      .set({ heartbeat_ms: this.#now().getTime() })
      .where("vroom_id", "=", vroom_id)
      .where("attempt", "=", attempt)
      .execute();
  }

  /** The document is no longer needed once it is answered, and goes. */
  async end(
    { vroom_id, attempt }: Pick<VroomClaim, "vroom_id" | "attempt">,
    outcome: { readonly answer: VroomAnswer } | { readonly error: { readonly code: string; readonly message: string } },
  ): Promise<void> {
    const settled =
      "answer" in outcome
        ? { status: "succeeded", answer: JSON.stringify(outcome.answer) }
        : { status: "failed", error: JSON.stringify(outcome.error) };
    await this.#db
      .updateTable("vroom_solves")
      .set({ ...settled, document: "{}", heartbeat_ms: null, ended_at: this.#now().toISOString() })
      .where("vroom_id", "=", vroom_id)
      .where("attempt", "=", attempt)
      .where("status", "=", "running")
      .execute();
  }

  #staleBefore(): number {
    return this.#now().getTime() - STALE_MS;
  }
}

type Shown = "vroom_id" | "status" | "heartbeat_ms" | "answer" | "error" | "created_at" | "ended_at";

function read({ heartbeat_ms, ...row }: Pick<VroomSolveRow, Shown>, staleBefore: number): VroomSolve {
  return {
    ...row,
    status: row.status as VroomSolve["status"],
    answer: row.answer === null ? null : JSON.parse(row.answer),
    error: row.error === null ? null : JSON.parse(row.error),
    waiting: row.status === "queued" || (row.status === "running" && Number(heartbeat_ms) < staleBefore),
  };
}
