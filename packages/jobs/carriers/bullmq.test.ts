import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningRedis, redisServer, startRedis } from "../../../test/setup/redis.ts";
import { openCarrier, startWorker, submitSolve } from "../index.ts";
import { benchStore, QUICK, toyPlan } from "./bench-store.ts";
import { conformance } from "./conformance.ts";

const server = await redisServer();
const reason = "reason" in server ? server.reason : undefined;

/** Without a Redis this part is skipped, with the reason in its name; in CI that is a failure. */
describe.skipIf(reason && process.env.CI !== "true")(`BullMQ on a real Redis${reason ? ` (${reason})` : ""}`, () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis(server);
  });
  afterAll(() => redis?.stop());
  const open = (prefix = randomUUID()) => openCarrier({ redisUrl: redis.url, prefix });

  conformance("BullMQ", open);

  test("a worker process killed in the middle of a solve loses no job: another brings it to its end", async () => {
    const bench = await benchStore();
    const prefix = randomUUID();
    const carrier = await open(prefix);
    const file = fileURLToPath(new URL("./bullmq-process.ts", import.meta.url));
    const doomed = spawn(process.execPath, [file, bench.dir, redis.url, prefix], { stdio: "inherit" });
    const { job_id } = await bench.job();
    await carrier.enqueue(job_id);
    await bench.until(job_id, "running");
    doomed.kill("SIGKILL");
    const worker = await startWorker({ store: bench.store, carrier, run: async () => toyPlan(), policy: QUICK });
    expect(await bench.until(job_id, "succeeded")).toMatchObject({ attempt: 2 });
    await worker.stop();
    await carrier.close();
    await bench.close();
  });

  test("a Redis that was emptied loses no job", async () => {
    const bench = await benchStore();
    const carrier = await open();
    const { scenario_id, area } = await bench.job();
    const jobs = await Promise.all([1, 2, 3].map(() => submitSolve(bench.store, carrier, { scenario_id, area })));
    const admin = new Redis(redis.url);
    await admin.flushall();
    admin.disconnect();
    const worker = await startWorker({ store: bench.store, carrier, run: async () => toyPlan(), policy: QUICK });
    for (const { job_id } of jobs) expect(await bench.until(job_id, "succeeded")).toMatchObject({ attempt: 1 });
    await worker.stop();
    await carrier.close();
    await bench.close();
  });

  test("a Redis that is not there when the process starts is refused, with its place but no password", async () => {
    const gone = await startRedis(server);
    await gone.stop();
    const redisUrl = gone.url.replace("//", "//:secret@");
    const error = await openCarrier({ redisUrl }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "queue-away" });
    expect(error.message).not.toContain("secret");
  });

  test("with Redis away a new solve is refused within a second, and nothing of it is stored; what runs goes on", async () => {
    const bench = await benchStore();
    const own = await startRedis(server);
    const carrier = await openCarrier({ redisUrl: own.url });
    const { scenario_id, area, job_id } = await bench.job();
    const worker = await startWorker({ store: bench.store, carrier, run: slow, policy: QUICK });
    await bench.until(job_id, "running");
    await own.stop();
    const askedMs = performance.now();
    const refused = await submitSolve(bench.store, carrier, { scenario_id, area }).catch((error) => error);
    expect(refused).toMatchObject({ name: "BusyError", code: "queue-away", retryAfterS: expect.any(Number) });
    expect(performance.now() - askedMs).toBeLessThan(1000);
    expect((await bench.store.jobs.list({ limit: 9 })).items).toHaveLength(1);
    expect(await bench.until(job_id, "succeeded")).toMatchObject({ attempt: 1 });
    await worker.stop();
    await carrier.close();
    await bench.close();
  });
});

const slow = async () => {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return toyPlan();
};
