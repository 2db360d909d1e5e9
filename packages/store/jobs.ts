import type { Area, Job, JobStatus, Plan, Priority, Progress } from "@trivium/model";
import { type Kysely, sql } from "kysely";
import { newId } from "./id.ts";
import {
  changed,
  ended,
  event,
  free,
  held,
  type JobEvent,
  poison,
  rankOf,
  read,
  told,
  unchanged,
} from "./job-state.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import { planRow } from "./plans.ts";
import { checkQueue, type QueueLimit } from "./queue-limit.ts";
import { answeredWith, type ReplyForJob } from "./replies.ts";
import type { JobRow, Schema } from "./schema.ts";

export interface NewJob {
  readonly scenario_id: string;
  readonly area: Area;
  /** A plan to start the search from. */
  readonly start_plan_id?: string;
  /** Default normal. */
  readonly priority?: Priority;
  /** Who asks: waiting jobs of several people take turns. */
  readonly submitted_by?: string;
}

/** What the holder of a job is given: it passes the fence (id, attempt) until another takes the job up. */
export interface Claim {
  readonly jobId: string;
  readonly attempt: number;
  readonly scenarioId: string;
  readonly area: Area;
  readonly startPlanId: string | null;
}

/** What passes the fence. */
type Fence = Pick<Claim, "jobId" | "attempt">;

/** When a holder is believed dead, and when a job is given up. */
export interface Terms {
  readonly staleMs: number;
  readonly attemptsMax: number;
}

/** How a held job ends. A cancelled one keeps its best plan, if it had any. */
type Ending =
  | { readonly status: "succeeded"; readonly plan: Plan }
  | { readonly status: "cancelled"; readonly plan: Plan | null }
  | { readonly status: "failed"; readonly error: { readonly code: string; readonly message: string } };

/**
 * The truth of every job. Queues and carriers only carry ids: what is here decides who may work and what counts.
 * Every change of state is one transaction with its event, on disk before it returns.
 */
export class Jobs {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * @param reply what its call is answered, stored with the job
   * @throws BusyError queue-full, queue-share-full where a limit is given and reached
   */
  async add(job: NewJob, limit?: QueueLimit, reply?: ReplyForJob): Promise<Job> {
    const now = this.#now();
    const row: JobRow = {
      job_id: newId("job", now),
      scenario_id: job.scenario_id,
      area: job.area,
      start_plan_id: job.start_plan_id ?? null,
      priority: rankOf(job.priority ?? "normal"),
      submitted_by: job.submitted_by ?? "",
      status: "queued",
      attempt: 0,
      created_at: now.toISOString(),
      started_at: null,
      ended_at: null,
      heartbeat_ms: null,
      progress: null,
      plan_id: null,
      error: null,
      cancel_requested: 0,
    };
    return this.#db.transaction().execute(async (transaction) => {
      if (limit) await checkQueue(transaction, row.submitted_by, limit);
      await transaction.insertInto("jobs").values(row).execute();
      const stored = await told(transaction, row);
      if (reply) await answeredWith(transaction, reply, stored);
      return stored;
    });
  }

  async get(jobId: string): Promise<Job | undefined> {
    const row = await this.#db.selectFrom("jobs").selectAll().where("job_id", "=", jobId).executeTakeFirst();
    return row && read(row);
  }

  async list({ limit, after }: PageRequest, status?: JobStatus): Promise<Page<Job>> {
    let query = this.#db
      .selectFrom("jobs")
      .selectAll()
      .orderBy("job_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("job_id", "<", after);
    if (status !== undefined) query = query.where("status", "=", status);
    return pageOf(await query.execute(), limit, (row) => row.job_id, read);
  }

  async events(jobId: string, afterSeq: number): Promise<JobEvent[]> {
    const rows = await this.#db
      .selectFrom("events")
      .select(["seq", "kind", "data"])
      .where("job_id", "=", jobId)
      .where("seq", ">", afterSeq)
      .orderBy("seq")
      .execute();
    return rows.map(({ seq, kind, data }) => ({ seq, kind: kind as JobEvent["kind"], data: JSON.parse(data) }));
  }

  /** How many there are of each status, and how long the longest waiting has waited. */
  async counts(): Promise<{ byStatus: ReadonlyMap<JobStatus, number>; oldestWaitingS: number }> {
    const rows = await this.#db
      .selectFrom("jobs")
      .select(({ fn }) => ["status", fn.countAll().as("count"), fn.min("created_at").as("oldest")])
      .groupBy("status")
      .execute();
    const oldest = rows.find(({ status }) => status === "queued")?.oldest;
    return {
      byStatus: new Map(rows.map(({ status, count }) => [status as JobStatus, Number(count)])),
      oldestWaitingS: oldest ? Math.max(0, (this.#now().getTime() - Date.parse(oldest)) / 1000) : 0,
    };
  }

  /**
   * Jobs that someone should take up: queued, or running without a heart-beat for `staleMs`. In the order in which they are begun:
   * by priority, then those of people who have the fewest running, then the oldest.
   */
  async waiting(staleMs: number, limit: number): Promise<string[]> {
    const staleBefore = this.#staleBefore(staleMs);
    const running = this.#db
      .selectFrom("jobs")
      .select(["submitted_by", ({ fn }) => fn.countAll().as("count")])
      .where("status", "=", "running")
      .where("heartbeat_ms", ">=", staleBefore)
      .groupBy("submitted_by")
      .as("running");
    const rows = await this.#db
      .selectFrom("jobs")
      .leftJoin(running, "running.submitted_by", "jobs.submitted_by")
      .select("jobs.job_id")
      .where(free(staleBefore))
      .orderBy("jobs.priority", "desc")
      .orderBy(sql`coalesce(running.count, 0)`)
      .orderBy("jobs.job_id")
      .limit(limit)
      .execute();
    return rows.map((row) => row.job_id);
  }

  /** Takes up the job whose turn it is; null when none is free. Whose turn it is changes with each that is taken up, so it is asked anew. */
  async next(terms: Terms): Promise<Claim | null> {
    for (;;) {
      const [jobId] = await this.waiting(terms.staleMs, 1);
      if (jobId === undefined) return null;
      const claim = await this.claim(jobId, terms);
      if (claim) return claim;
    }
  }

  /**
   * Takes a job up; null when it has ended or somebody else holds it. A job taken up `attemptsMax` times that never ended is
   * failed as `poison`; one that was cancelled while nobody held it ends cancelled.
   */
  async claim(jobId: string, { staleMs, attemptsMax }: Terms): Promise<Claim | null> {
    const now = this.#now();
    const isFree = free(this.#staleBefore(staleMs));
    return this.#db.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom("jobs")
        .selectAll()
        .where("job_id", "=", jobId)
        .where(isFree)
        .executeTakeFirst();
      if (!row) return null;
      if (row.cancel_requested || row.attempt >= attemptsMax) {
        const final = row.cancel_requested ? { status: "cancelled" } : poison(row.attempt);
        await ended(transaction, unchanged(row), now, final);
        return null;
      }
      const taken = await changed(transaction, unchanged(row), {
        status: "running",
        attempt: row.attempt + 1,
        started_at: row.started_at ?? now.toISOString(),
        heartbeat_ms: now.getTime(),
        progress: null,
      });
      if (!taken) return null;
      return {
        jobId,
        attempt: taken.attempt,
        scenarioId: row.scenario_id,
        area: row.area as Area,
        startPlanId: row.start_plan_id,
      };
    });
  }

  /** The holder is alive. `lost`: another took the job up, or it has ended: stop. `cancel`: someone asked for it. */
  async beat({ jobId, attempt }: Fence): Promise<"go-on" | "cancel" | "lost"> {
    const row = await this.#db
      .updateTable("jobs")
      .set({ heartbeat_ms: this.#now().getTime() })
      .where(held(jobId, attempt))
      .returning("cancel_requested")
      .executeTakeFirst();
    if (!row) return "lost";
    return row.cancel_requested ? "cancel" : "go-on";
  }

  async progress({ jobId, attempt }: Fence, progress: Progress): Promise<void> {
    const data = JSON.stringify(progress);
    await this.#db.transaction().execute(async (transaction) => {
      const row = await transaction
        .updateTable("jobs")
        .set({ progress: data })
        .where(held(jobId, attempt))
        .returning("job_id")
        .executeTakeFirst();
      if (row) await event(transaction, jobId, "progress", data);
    });
  }

  /** Commits how a job ended, once: false when the caller no longer holds it, and then nothing is stored. */
  async end({ jobId, attempt }: Fence, ending: Ending): Promise<boolean> {
    const now = this.#now();
    const plan = ending.status === "failed" ? null : ending.plan;
    const job = plan && (await this.get(jobId));
    const ids = { plan_id: newId("plan", now), job_id: jobId, created_at: now.toISOString() };
    const stored = plan && job ? await planRow(plan, { ...ids, scenario_id: job.scenario_id }) : null;
    return this.#db.transaction().execute(async (transaction) => {
      const row = await ended(transaction, held(jobId, attempt), now, {
        status: ending.status,
        plan_id: stored?.plan_id ?? null,
        error: ending.status === "failed" ? JSON.stringify(ending.error) : null,
      });
      if (row && stored) await transaction.insertInto("plans").values(stored).execute();
      return row !== undefined;
    });
  }

  /** The holder stops without an end: the job is queued again, the attempt not counted. */
  async giveBack({ jobId, attempt }: Fence): Promise<void> {
    const change = { status: "queued", attempt: attempt - 1, heartbeat_ms: null };
    await this.#db.transaction().execute((transaction) => changed(transaction, held(jobId, attempt), change));
  }

  /** Asks for a job to be cancelled: a queued one ends at once, a running one when its holder sees it. Undefined: no such job. */
  async requestCancel(jobId: string): Promise<Job | undefined> {
    return this.#db.transaction().execute(async (transaction) => {
      const is = (status: string) => sql<boolean>`(job_id = ${jobId} and status = ${status} and cancel_requested = 0)`;
      const row =
        (await ended(transaction, is("queued"), this.#now(), { status: "cancelled", cancel_requested: 1 })) ??
        (await changed(transaction, is("running"), { cancel_requested: 1 }));
      if (row) return read(row);
      const as = await transaction.selectFrom("jobs").selectAll().where("job_id", "=", jobId).executeTakeFirst();
      return as && read(as);
    });
  }

  #staleBefore(staleMs: number): number {
    return this.#now().getTime() - staleMs;
  }
}
