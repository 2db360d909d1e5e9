import type { Area, Job, JobStatus, Progress } from "@trivium/model";
import { sql } from "kysely";
import type { Db } from "./databases/rows.ts";
import type { JobRow } from "./schema.ts";

/** Something that happened to a job: its state, or its progress. Numbered from 1 within the job. */
export interface JobEvent {
  readonly seq: number;
  readonly kind: "status" | "progress";
  readonly data: Job | Progress;
}

/** A job that anyone may take up. */
export const free = (staleBefore: number) =>
  sql<boolean>`(status = 'queued' or (status = 'running' and heartbeat_ms < ${staleBefore}))`;

/** A job that this holder still holds: the fence. */
export const held = (jobId: string, attempt: number) =>
  sql<boolean>`(job_id = ${jobId} and attempt = ${attempt} and status = 'running')`;

/** The end of a job whose process died each time. */
export const poison = (attempts: number): Partial<JobRow> => ({
  status: "failed",
  error: JSON.stringify({
    code: "poison",
    message: `the solve was begun ${attempts} times and its process never came to the end. Maybe it needs more memory than there is`,
  }),
});

/** The final state. Of its progress only the last is kept: nobody follows a job that has ended. */
export async function ended(db: Db, row: JobRow, now: Date, final: Partial<JobRow>): Promise<Job> {
  const changed = { ...final, ended_at: now.toISOString(), heartbeat_ms: null };
  await db.updateTable("jobs").set(changed).where("job_id", "=", row.job_id).execute();
  await db
    .deleteFrom("events")
    .where("job_id", "=", row.job_id)
    .where("kind", "=", "progress")
    .where("seq", "<", (of) =>
      of
        .selectFrom("events")
        .select(({ fn }) => fn.max("seq").as("last"))
        .where("job_id", "=", row.job_id)
        .where("kind", "=", "progress"),
    )
    .execute();
  return told(db, { ...row, ...changed });
}

/** Appends the job's state to its events. */
export async function told(db: Db, row: JobRow): Promise<Job> {
  const job = read(row);
  await event(db, row.job_id, "status", JSON.stringify(job));
  return job;
}

/** The number of an event is one more than the last: the job's row is locked by the change that comes before. */
export async function event(db: Db, jobId: string, kind: JobEvent["kind"], data: string): Promise<void> {
  const last = await db
    .selectFrom("events")
    .select(({ fn }) => fn.max("seq").as("seq"))
    .where("job_id", "=", jobId)
    .executeTakeFirst();
  await db
    .insertInto("events")
    .values({ job_id: jobId, seq: (last?.seq ?? 0) + 1, kind, data })
    .execute();
}

export function read(row: JobRow): Job {
  return {
    job_id: row.job_id,
    scenario_id: row.scenario_id,
    area: row.area as Area,
    status: row.status as JobStatus,
    attempt: row.attempt,
    created_at: row.created_at,
    started_at: row.started_at,
    ended_at: row.ended_at,
    progress: row.progress === null ? null : JSON.parse(row.progress),
    plan_id: row.plan_id,
    error: row.error === null ? null : JSON.parse(row.error),
    cancel_requested: row.cancel_requested === 1,
  };
}
