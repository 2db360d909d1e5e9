import { describe, expect, test } from "vitest";
import { postgresServer, startPostgres } from "../setup/postgres.ts";
import { redisServer } from "../setup/redis.ts";
import { chaos, nothingLost } from "./chaos.ts";
import { LONG, tried } from "./long.ts";

const redis = await redisServer();
const postgres = await postgresServer();
const JOBS = LONG ? 1000 : 80;
const SEEDS = LONG ? [1, 2, 3, 4, 5] : [1];

/** Without a Redis this part is skipped, with the reason in its name; in CI that is a failure. */
const missing = "reason" in redis ? redis.reason : undefined;
const noPostgres = "reason" in postgres ? postgres.reason : undefined;
const inCi = process.env.CI === "true";

describe(`${JOBS} mixed jobs while workers, API and Redis are killed at random: none is lost, none committed twice, all end`, () => {
  test.skipIf(missing && !inCi)(
    `on the embedded database${missing ? ` (${missing})` : ""}`,
    { timeout: 3_600_000 },
    async () => {
      if ("reason" in redis) throw new Error(redis.reason);
      for (const seed of SEEDS) {
        const outcome = await tried(
          `chaos-embedded-seed-${seed}`,
          () => chaos({ seed, jobs: JOBS, redis }),
          nothingLost,
        );
        expect(whatWentWrong(outcome)).toEqual(NOTHING);
      }
    },
  );

  const lacks = missing ?? noPostgres;
  test.skipIf((lacks && !inCi) || !LONG)(
    `on Postgres${lacks ? ` (${lacks})` : ""}`,
    { timeout: 3_600_000 },
    async () => {
      if ("reason" in redis) throw new Error(redis.reason);
      const server = await startPostgres(postgres);
      try {
        for (const seed of SEEDS) {
          const run = async () => chaos({ seed, jobs: JOBS, redis, databaseUrl: await server.database() });
          expect(whatWentWrong(await tried(`chaos-postgres-seed-${seed}`, run, nothingLost))).toEqual(NOTHING);
        }
      } finally {
        await server.stop();
      }
    },
  );
});

/** How soon all have ended is the bench's to say: here, that they do. */
const NOTHING = { acknowledged: JOBS, twins: 0, lost: 0, twice: 0, open: 0 };
function whatWentWrong(outcome: Awaited<ReturnType<typeof chaos>>) {
  process.stderr.write(`${JSON.stringify(outcome)}\n`);
  const { acknowledged, twins, lost, twice, open } = outcome;
  return { acknowledged, twins, lost, twice, open };
}
