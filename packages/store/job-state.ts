import { type Area, type Job, type JobStatus, PRIORITIES, type Priority, type Progress } from "@trivium/model";
import { sql } from "kysely";
import type { Db } from "./databases/rows.ts";
import type { JobRow } from "./schema.ts";

/** Something that happened to a job: its state, or its progress. Numbered from 1 within the job. */
export interface JobEvent {
  readonly seq: number;
  readonly kind: "status" | "progress";
  readonly data: Job | Progress;
}

type JobChange = Partial<Omit<JobRow, "job_id">>;

/** A job that anyone may take up. */
export const free = (staleBefore: number) =>
  sql<boolean>`(jobs.status = 'queued' or (jobs.status = 'running' and jobs.heartbeat_ms < ${staleBefore}))`;

/** A job that this holder still holds: the fence. */
export const held = (jobId: string, attempt: number) =>
  sql<boolean>`(job_id = ${jobId} and attempt = ${attempt} and status = 'running')`;

/** A job that is still as it was read. */
export const unchanged = ({ job_id, status, attempt, heartbeat_ms, cancel_requested }: JobRow) =>
  sql<boolean>`(job_id = ${job_id} and status = ${status} and attempt = ${attempt} and coalesce(heartbeat_ms, -1) = ${heartbeat_ms ?? -1} and cancel_requested = ${cancel_requested})`;

/** Priorities as they are stored: a higher number goes first. */
export const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority) - PRIORITIES.indexOf("normal");
const priorityOf = (rank: number): Priority => PRIORITIES[rank + PRIORITIES.indexOf("normal")];

/** The end of a job whose process died each time. */
export const poison = (attempts: number): JobChange => ({
  status: "failed",
  error: JSON.stringify({
    code: "poison",
    message: `the solve was begun ${attempts} times and its process never came to the end. Maybe it needs more memory than there is`,
  }),
});

/** Changes a job that fulfils `where`, and tells of it, in the transaction of the caller: undefined when none did. The row stays locked until it ends. */
export async function changed(db: Db, where: ReturnType<typeof held>, change: JobChange): Promise<JobRow | undefined> {
  const row = await db.updateTable("jobs").set(change).where(where).returningAll().executeTakeFirst();
  if (row) await told(db, row);
  return row;
}

/** The final state. Of its progress only the last is kept, and its children go: nobody follows a job that has ended. */
export async function ended(
  db: Db,
  where: ReturnType<typeof held>,
  now: Date,
  final: JobChange,
): Promise<JobRow | undefined> {
  const row = await changed(db, where, { ...final, ended_at: now.toISOString(), heartbeat_ms: null });
  if (!row) return undefined;
  await db.deleteFrom("children").where("job_id", "=", row.job_id).execute();
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
  return row;
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
    priority: priorityOf(row.priority),
    submitted_by: row.submitted_by === "" ? null : row.submitted_by,
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
