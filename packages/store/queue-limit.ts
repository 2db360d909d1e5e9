import { BusyError, LOCAL } from "@trivium/model";
import { type RawBuilder, sql } from "kysely";
import { type Db, takeTurn } from "./databases/rows.ts";

/** How many jobs may wait. */
export interface QueueLimit {
  readonly waitingMax: number;
  /** Of them, how many of one person: nobody fills the queue alone. Where nobody had to say who asks, only `waitingMax` counts. */
  readonly waitingMaxOfOne: number;
}

/** Before any solve has ended there is nothing to reckon with. */
const FIRST_GUESS_S = 10;
const RETRY_MAX_S = 600;
/** Solves whose durations are averaged. */
const RECENT = 20;

/**
 * Refuses one job more than may wait. Those who submit come one after the other, in all processes, so the limit holds exactly.
 * @throws BusyError queue-full, queue-share-full
 */
export async function checkQueue(db: Db, submittedBy: string, limit: QueueLimit): Promise<void> {
  await takeTurn(db, "queue");
  const waiting = await waitingOf(db);
  if (waiting >= limit.waitingMax)
    throw new BusyError(
      "queue-full",
      `${waiting} solves are waiting, and no more than ${limit.waitingMax} may. Maybe cancel some that nobody needs, or add workers`,
      await secondsToOneFewer(db),
      { values: { waiting, waitingMax: limit.waitingMax } },
    );
  if (submittedBy === "" || submittedBy === LOCAL.id || waiting < limit.waitingMaxOfOne) return;
  const own = await waitingOf(db, submittedBy);
  if (own >= limit.waitingMaxOfOne)
    throw new BusyError(
      "queue-share-full",
      `${own} solves of yours are waiting, and no more than ${limit.waitingMaxOfOne} of one person may. Maybe cancel some that you no longer need`,
      await secondsToOneFewer(db),
      { values: { waiting: own, waitingMax: limit.waitingMaxOfOne } },
    );
}

/** Of everybody: raw SQL, so that no scope narrows it to the jobs of one district. */
async function waitingOf(db: Db, submittedBy?: string): Promise<number> {
  const of = submittedBy === undefined ? sql`` : sql` and submitted_by = ${submittedBy}`;
  return countOf(db, sql`status = 'queued'${of}`);
}

async function countOf(db: Db, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from jobs where ${where}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** The usual duration of a solve, divided by those that run: when the next place in the queue is likely to be free. */
async function secondsToOneFewer(db: Db): Promise<number> {
  const { rows } = await sql<{ started_at: string; ended_at: string }>`
    select started_at, ended_at from jobs where status = 'succeeded' order by job_id desc limit ${sql.lit(RECENT)}`.execute(
    db,
  );
  const seconds = rows.map((job) => (Date.parse(job.ended_at) - Date.parse(job.started_at)) / 1000);
  const usual = seconds.length === 0 ? FIRST_GUESS_S : seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  const running = await countOf(db, sql`status = 'running'`);
  return Math.min(RETRY_MAX_S, Math.max(1, Math.ceil(usual / Math.max(1, running))));
}
