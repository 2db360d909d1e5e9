import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openStore, type Store } from "../../packages/store/index.ts";
import { Killable } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";
import { say } from "./trials.ts";

export interface EmbeddedKills {
  readonly acknowledged: number;
  /** Acknowledged jobs that never came to an end. */
  readonly lost: number;
  /** From the start of the process to the first attempt that it began, at the slowest. */
  readonly slowestResumeS: number;
  /** SQLite's own word. */
  readonly integrity: string;
}

/** What the long form must come to. */
export const resumedInTime = ({ lost, slowestResumeS, integrity }: EmbeddedKills): boolean =>
  lost === 0 && slowestResumeS <= 5 && integrity === "ok";

/** One process that asks and solves, killed without warning in the middle of its work and started again, so many times. */
export async function embeddedKills(times: number): Promise<EmbeddedKills> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-embedded-"));
  const store = await openStore(dir);
  const scenarios = await trialDistrict(store);
  const one = new Killable(["test/faults/embedded.ts", dir, scenarios.long], /acknowledged (\S+)/);
  const acknowledged: string[] = [];
  let slowestMs = 0;
  for (let i = 0; i <= times; i++) {
    const begun = await attempts(store);
    const startedMs = performance.now();
    await one.start();
    acknowledged.push(one.said?.[1] ?? "");
    while ((await attempts(store)) === begun) await pause(20);
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
    if (i === times) break;
    await pause(50 + ((i * 37) % 300));
    await one.kill();
    if (i % 10 === 9) say(`killed ${i + 1} of ${times} times`);
  }
  const open = new Set(acknowledged);
  for (const untilMs = Date.now() + 120_000; open.size > 0 && Date.now() < untilMs; await pause(100))
    for (const jobId of open) if ((await store.jobs.get(jobId))?.ended_at) open.delete(jobId);
  await one.kill();
  await store.close();
  const database = new DatabaseSync(join(dir, "trivium.db"));
  const { integrity_check } = database.prepare("pragma integrity_check").get() as { integrity_check: string };
  database.close();
  await rm(dir, { recursive: true });
  return {
    acknowledged: acknowledged.length,
    lost: open.size + acknowledged.length - new Set(acknowledged).size,
    slowestResumeS: slowestMs / 1000,
    integrity: integrity_check,
  };
}

/** How often jobs were taken up in all. */
async function attempts(store: Store): Promise<number> {
  const { items } = await store.jobs.list({ limit: 1000 });
  return items.reduce((sum, job) => sum + job.attempt, 0);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
