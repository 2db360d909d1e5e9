import type { Area, Progress } from "@trivium/model";
import { type Kysely, sql } from "kysely";
import type { Claim, Terms } from "./jobs.ts";
import type { Schema } from "./schema.ts";

/** A part of a solve as it is offered: which task of the engine, on what, under which terms. */
export interface NewChild {
  readonly childId: string;
  readonly task: string;
  readonly input: Uint8Array;
  readonly spec: string;
}

/** What the holder of a child is given: the child, and the job it belongs to. */
export interface ChildClaim extends NewChild {
  readonly attempt: number;
  readonly job: Claim;
}

/** What passes the fence. */
type Fence = Pick<ChildClaim, "childId" | "attempt">;

type ChildEnding =
  | { readonly outcome: Uint8Array }
  | { readonly error: { readonly code: string; readonly message: string } };

/** How a child stands, for the one who offered it. `stale`: who did it fell silent. */
export interface ChildState {
  readonly childId: string;
  readonly state: "queued" | "held" | "stale" | "done" | "failed";
  readonly progress: Progress | null;
}

/** Children looked at for one that nobody else takes up at this moment. */
const CANDIDATES = 8;

/**
 * Parts of running solves that other workers may do. A child is its parent's: it counts only while the same attempt of the same job is
 * running, and goes with it. Outcomes are stored once, fenced by child and attempt, as jobs are.
 */
export class Children {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** Offers parts of a held job; nothing is stored, and false returned, when it is held no more. */
  async offer(
    { jobId, attempt }: Pick<Claim, "jobId" | "attempt">,
    version: string,
    children: readonly NewChild[],
  ): Promise<boolean> {
    const rows = children.map(({ childId, ...child }) => ({
      child_id: childId,
      job_id: jobId,
      job_attempt: attempt,
      version,
      ...child,
      status: "queued",
      attempt: 0,
      heartbeat_ms: null,
      progress: null,
      outcome: null,
      error: null,
    }));
    return this.#db.transaction().execute(async (transaction) => {
      // Locks the parent: it cannot end, or be taken up anew, between the look and the children.
      const parent = await transaction
        .updateTable("jobs")
        .set({ heartbeat_ms: this.#now().getTime() })
        .where(sql<boolean>`job_id = ${jobId} and attempt = ${attempt} and status = 'running'`)
        .returning("job_id")
        .executeTakeFirst();
      if (!parent) return false;
      await transaction.deleteFrom("children").where("job_id", "=", jobId).where("job_attempt", "<", attempt).execute();
      await transaction.insertInto("children").values(rows).execute();
      return true;
    });
  }

  /** Takes up a child of somebody's running job, of one's own version; null when none is free. Jobs of higher priority first, then the oldest. */
  async next(version: string, { staleMs, attemptsMax }: Terms): Promise<ChildClaim | null> {
    for (;;) {
      const staleBefore = this.#now().getTime() - staleMs;
      const candidates = await this.#db
        .selectFrom("children")
        .innerJoin("jobs", (join) =>
          join.onRef("jobs.job_id", "=", "children.job_id").onRef("jobs.attempt", "=", "children.job_attempt"),
        )
        .select(["children.child_id", "children.attempt"])
        .where("jobs.status", "=", "running")
        .where("jobs.cancel_requested", "=", 0)
        .where("children.version", "=", version)
        .where("children.attempt", "<", attemptsMax)
        .where(freeChild(staleBefore))
        .orderBy("jobs.priority", "desc")
        .orderBy("children.child_id")
        .limit(CANDIDATES)
        .execute();
      if (candidates.length === 0) return null;
      for (const { child_id, attempt } of candidates) {
        const claim = await this.#claim(child_id, attempt, staleBefore);
        if (claim) return claim;
      }
    }
  }

  async #claim(childId: string, attempt: number, staleBefore: number): Promise<ChildClaim | null> {
    const child = await this.#db
      .updateTable("children")
      .set({ status: "running", attempt: attempt + 1, heartbeat_ms: this.#now().getTime(), progress: null })
      .where("child_id", "=", childId)
      .where("attempt", "=", attempt)
      .where(freeChild(staleBefore))
      .returning(["job_id", "job_attempt", "task", "input", "spec"])
      .executeTakeFirst();
    const job =
      child && (await this.#db.selectFrom("jobs").selectAll().where("job_id", "=", child.job_id).executeTakeFirst());
    if (!child || !job) return null;
    return {
      childId,
      attempt: attempt + 1,
      task: child.task,
      input: child.input,
      spec: child.spec,
      job: {
        jobId: child.job_id,
        attempt: child.job_attempt,
        scenarioId: job.scenario_id,
        area: job.area as Area,
        startPlanId: job.start_plan_id,
      },
    };
  }

  /** The holder is alive. `lost`: it was taken back, or its job is no more: stop. `cancel`: someone asked for the job to be cancelled. */
  async beat({ childId, attempt }: Fence, progress?: Progress): Promise<"go-on" | "cancel" | "lost"> {
    const child = await this.#db
      .updateTable("children")
      .set({
        heartbeat_ms: this.#now().getTime(),
        ...(progress ? { progress: JSON.stringify(progress) } : {}),
      })
      .where(heldChild(childId, attempt))
      .returning(["job_id", "job_attempt"])
      .executeTakeFirst();
    if (!child) return "lost";
    const job = await this.#db
      .selectFrom("jobs")
      .select("cancel_requested")
      .where("job_id", "=", child.job_id)
      .where("attempt", "=", child.job_attempt)
      .where("status", "=", "running")
      .executeTakeFirst();
    if (!job) return "lost";
    return job.cancel_requested ? "cancel" : "go-on";
  }

  /** Stores how a child ended, once: false when the caller no longer holds it, and then nothing is stored. */
  async end({ childId, attempt }: Fence, ending: ChildEnding): Promise<boolean> {
    const row = await this.#db
      .updateTable("children")
      .set(
        "outcome" in ending
          ? { status: "done", outcome: ending.outcome }
          : { status: "failed", error: JSON.stringify(ending.error) },
      )
      .where(heldChild(childId, attempt))
      .returning("child_id")
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The holder stops without an end: the child is free again, the attempt not counted. */
  async giveBack({ childId, attempt }: Fence): Promise<void> {
    await this.#db
      .updateTable("children")
      .set({ status: "queued", attempt: attempt - 1, heartbeat_ms: null })
      .where(heldChild(childId, attempt))
      .execute();
  }

  /** Takes back a child that nobody is doing: true when it is the parent's again, and no one else will do it. */
  async takeBack(childId: string, staleMs: number): Promise<boolean> {
    const row = await this.#db
      .deleteFrom("children")
      .where("child_id", "=", childId)
      .where((where) => where.or([freeChild(this.#now().getTime() - staleMs), where("status", "=", "failed")]))
      .returning("child_id")
      .executeTakeFirst();
    return row !== undefined;
  }

  /** How the children of a job stand that one attempt of it offered. */
  async states({ jobId, attempt }: Pick<Claim, "jobId" | "attempt">, staleMs: number): Promise<ChildState[]> {
    const staleBefore = this.#now().getTime() - staleMs;
    const rows = await this.#db
      .selectFrom("children")
      .select(["child_id", "status", "heartbeat_ms", "progress"])
      .where("job_id", "=", jobId)
      .where("job_attempt", "=", attempt)
      .orderBy("child_id")
      .execute();
    return rows.map(({ child_id, status, heartbeat_ms, progress }) => ({
      childId: child_id,
      state: stateOf(status, Number(heartbeat_ms ?? 0) < staleBefore),
      progress: progress === null ? null : JSON.parse(progress),
    }));
  }

  /** The outcome of a child that is done; it is not needed again after this. */
  async outcome(childId: string): Promise<Uint8Array | undefined> {
    const row = await this.#db
      .deleteFrom("children")
      .where("child_id", "=", childId)
      .where("status", "=", "done")
      .returning("outcome")
      .executeTakeFirst();
    return row?.outcome ?? undefined;
  }
}

const freeChild = (staleBefore: number) =>
  sql<boolean>`(children.status = 'queued' or (children.status = 'running' and children.heartbeat_ms < ${staleBefore}))`;

const heldChild = (childId: string, attempt: number) =>
  sql<boolean>`(child_id = ${childId} and attempt = ${attempt} and status = 'running')`;

function stateOf(status: string, stale: boolean): ChildState["state"] {
  if (status === "done" || status === "failed" || status === "queued") return status;
  return stale ? "stale" : "held";
}
