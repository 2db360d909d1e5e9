import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openStore } from "../../packages/store/index.ts";
import { LONG } from "./long.ts";
import { Killable } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";

const TIMES = LONG ? 100 : 5;

test(`one process that does it all, killed ${TIMES} times in mid-work, loses nothing that it acknowledged and resumes`, {
  timeout: 3_600_000,
}, async () => {
  const dir = await mkdtemp(join(tmpdir(), "trivium-embedded-"));
  const store = await openStore(dir);
  const scenarios = await trialDistrict(store);
  const one = new Killable(["test/faults/embedded.ts", dir, scenarios.long], /acknowledged (\S+)/);
  const acknowledged: string[] = [];
  let slowestMs = 0;
  for (let i = 0; i < TIMES; i++) {
    const startedMs = performance.now();
    await one.start();
    acknowledged.push(one.said?.[1] ?? "");
    // Work is resumed once any job is held by an attempt of this process's life.
    const sinceMs = Date.now();
    while (
      !(await store.jobs.list({ limit: 50 }, "running")).items.some((job) => Date.parse(job.started_at ?? "") > 0)
    ) {
      if (Date.now() - sinceMs > 60_000) throw new Error("work was not resumed");
      await pause(20);
    }
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
    await pause(50 + ((i * 37) % 300));
    await one.kill();
  }
  await one.start();
  acknowledged.push(one.said?.[1] ?? "");
  const ended = new Map<string, string>();
  for (const sinceMs = Date.now(); ended.size < acknowledged.length && Date.now() - sinceMs < 120_000; await pause(100))
    for (const jobId of acknowledged) {
      const job = await store.jobs.get(jobId);
      if (job?.ended_at) ended.set(jobId, job.status);
    }
  await one.kill();
  process.stderr.write(
    `embedded: ${acknowledged.length} acknowledged, slowest start to work ${Math.round(slowestMs)} ms\n`,
  );
  // Killed three times while it ran a job is parked as poison: an end, not a loss.
  expect(new Set(acknowledged).size).toBe(TIMES + 1);
  expect(ended.size).toBe(acknowledged.length);
  await store.close();
  const database = new DatabaseSync(join(dir, "trivium.db"));
  expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
  await rm(dir, { recursive: true });
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
