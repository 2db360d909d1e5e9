import type { Job } from "@trivium/model";
import type { NewJob, QueueLimit, ReplyForJob, Store } from "@trivium/store";
import type { Carrier } from "./carrier.ts";

/** So many may wait, of one person half as many: the rest is room for everybody else. */
export const queueLimitOf = (waitingMax: number): QueueLimit => ({
  waitingMax,
  waitingMaxOfOne: Math.ceil(waitingMax / 2),
});
/** A thousand waiting solves are days of work for a district. */
export const QUEUE_LIMIT = queueLimitOf(1000);

/**
 * Stores a job and hands it over. Once stored it is acknowledged: if the carrier goes away just then, the reconciler brings it later.
 * @throws BusyError queue-full, queue-share-full, queue-away: then nothing was stored
 */
export async function submitSolve(
  store: Store,
  carrier: Carrier,
  job: NewJob,
  limit: QueueLimit = QUEUE_LIMIT,
  reply?: ReplyForJob,
): Promise<Job> {
  await carrier.ping();
  const stored = await store.jobs.add(job, limit, reply);
  await carrier.enqueue(stored.job_id).catch(() => {});
  return stored;
}
