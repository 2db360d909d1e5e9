import { expect, test } from "vitest";
import { redisServer } from "../setup/redis.ts";
import { cancelledElsewhere, cancelledInTime } from "./cancel.ts";
import { tried } from "./long.ts";

const redis = await redisServer();
const missing = "reason" in redis ? redis.reason : undefined;

test.skipIf(missing && process.env.CI !== "true")(
  `cancelling by the API reaches the solve on another machine, and its best plan is kept${missing ? ` (${missing})` : ""}`,
  { timeout: 300_000 },
  async () => {
    if ("reason" in redis) throw new Error(redis.reason);
    const outcome = await tried("cancel", () => cancelledElsewhere(redis), cancelledInTime);
    process.stderr.write(`cancelled ${outcome.tookMs} ms after it was asked for\n`);
    // How quick it is is the bench's to say.
    expect(outcome).toMatchObject({ status: "cancelled", attempt: 1, plan: { status: "feasible", verified: true } });
  },
);
