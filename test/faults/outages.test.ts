import { describe, expect, test } from "vitest";
import { postgresServer } from "../setup/postgres.ts";
import { redisServer } from "../setup/redis.ts";
import { LONG, tried } from "./long.ts";
import { postgresRestarted, redisFlushed, redisGone, refusedInTime } from "./outages.ts";

const redis = await redisServer();
const postgres = await postgresServer();
const reason = [redis, postgres].flatMap((each) => ("reason" in each ? [each.reason] : []))[0];
const skip = Boolean(reason) && process.env.CI !== "true";
const AWAY_MS = LONG ? 60_000 : 2_000;

/** How soon a refusal comes is the bench's to say. */
describe.skipIf(skip)(`what is there while something is away${reason ? ` (${reason})` : ""}`, () => {
  if ("reason" in redis || "reason" in postgres) return;

  test("Redis gone: reads work, new solves are refused with Retry-After, what was accepted goes on", {
    timeout: 600_000,
  }, async () => {
    const outcome = await tried("redis-gone", () => redisGone(redis, AWAY_MS), refusedInTime);
    expect(outcome).toMatchObject({ troubled: 0, unsaid: 0, unread: 0 });
    expect(outcome.refused).toBeGreaterThan(2);
  });

  test("Redis flushed over and over while solves come in: all of them end", { timeout: 600_000 }, async () => {
    const outcome = await tried("redis-flushed", () => redisFlushed(redis, AWAY_MS), refusedInTime);
    expect(outcome).toMatchObject({ troubled: 0, refused: 0 });
    expect(outcome.accepted).toBeGreaterThan(5);
  });

  test("Postgres restarted: new solves are refused, then everything goes on, and no attempt is counted for it", {
    timeout: 600_000,
  }, async () => {
    const run = () => postgresRestarted(redis, postgres, AWAY_MS / 2);
    const outcome = await tried("postgres-restarted", run, refusedInTime);
    expect(outcome).toMatchObject({ troubled: 0, unsaid: 0 });
    expect(outcome.refused).toBeGreaterThan(0);
  });
});
