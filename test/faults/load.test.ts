import { expect, test } from "vitest";
import { redisServer } from "../setup/redis.ts";
import { LONG, tried } from "./long.ts";
import { answeredInTime, readsWhileSolving } from "./reads.ts";
import { flood, limitKept } from "./submissions.ts";

const redis = await redisServer();
const missing = "reason" in redis ? redis.reason : undefined;
const skip = Boolean(missing) && process.env.CI !== "true";

const [COUNT, SECONDS, QUEUE_MAX] = LONG ? [5000, 10, 1000] : [150, 3, 40];
test.skipIf(skip)(
  `${COUNT} submissions in ${SECONDS} s: the limit holds, who is refused is told when to come again, none is accepted and dropped${missing ? ` (${missing})` : ""}`,
  { timeout: 600_000 },
  async () => {
    if ("reason" in redis) throw new Error(redis.reason);
    const run = () => flood({ redis, count: COUNT, seconds: SECONDS, queueMax: QUEUE_MAX });
    const outcome = await tried("flood-embedded", run, limitKept(QUEUE_MAX));
    process.stderr.write(`${JSON.stringify(outcome)}\n`);
    expect(outcome).toMatchObject({ failed: [], unsaid: 0, dropped: 0 });
    expect(outcome.accepted + outcome.refused).toBe(COUNT);
    expect(outcome.mostWaiting).toBeLessThanOrEqual(QUEUE_MAX);
  },
);

/** How quick they are is the bench's to say: here, that they are answered. */
test("reads are answered while all cores solve", { timeout: 300_000 }, async () => {
  const run = () => readsWhileSolving(LONG ? 200 : 20, LONG ? 30 : 3);
  const outcome = await tried("reads-while-solving", run, answeredInTime);
  process.stderr.write(`${JSON.stringify(outcome)}\n`);
  expect(outcome.failed).toBe(0);
});
