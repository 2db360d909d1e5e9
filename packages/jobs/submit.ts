import type { Job } from "@trivium/model";
import type { NewJob, Store } from "@trivium/store";
import type { Carrier } from "./carrier.ts";

/** Stores a job and hands it over. Once stored it is acknowledged: if the carrier is away, the reconciler brings it later. */
export async function submitSolve(store: Store, carrier: Carrier, job: NewJob): Promise<Job> {
  const stored = await store.jobs.add(job);
  await carrier.enqueue(stored.job_id).catch(() => {});
  return stored;
}
