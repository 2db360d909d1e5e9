import { type Carrier, openCarrier, startWorker } from "@trivium/jobs";
import { InputError } from "@trivium/model";
import { openStore, type Store } from "@trivium/store";
import { answererOf, closeQuestions, solvePlan } from "@trivium/worker";
import { z } from "zod";
import { CACHE_DIR, STATE_DIR } from "./places.ts";

/** There are no accounts yet, so nobody else's machine may reach student data: a proxy that knows who may come in stands before this one. */
export const LOOPBACK = ["127.0.0.1", "::1", "localhost"] as const;
const onlyLoopback = `expected ${LOOPBACK.join(", ")}: Trivium has no accounts yet and serves this machine only. Maybe put a proxy with authentication before it?`;

/** Everything that Trivium reads from the environment, in this one place. */
const environmentSchema = z.object({
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  HOST: z.enum(LOOPBACK, { error: onlyLoopback }).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});
export type Environment = z.infer<typeof environmentSchema>;

/** @throws InputError bad-environment with every variable that is wrong */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    throw new InputError("bad-environment", `the environment is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** What was read, for the terminal: where things are, never a password. */
export function describeEnvironment({ REDIS_URL }: Environment): string {
  const queue = REDIS_URL === undefined ? "threads of this process" : `Redis at ${new URL(REDIS_URL).host}`;
  return `store ${STATE_DIR}; work carried by ${queue}`;
}

/** The store and a carrier, and, where this process solves too, a worker. */
export interface Platform {
  readonly store: Store;
  readonly carrier: Carrier;
  close(): Promise<void>;
}

/** Opens what the environment asks for. `solves`: this process takes jobs and answers questions itself. */
export async function openPlatform(environment: Environment, solves: boolean, concurrency = 1): Promise<Platform> {
  const store = await openStore(STATE_DIR);
  const carrier = await openCarrier(environment.REDIS_URL === undefined ? {} : { redisUrl: environment.REDIS_URL });
  const worker = solves
    ? await startWorker({
        store,
        carrier,
        concurrency,
        run: (work, hooks) => solvePlan(work, { ...hooks, cacheDir: CACHE_DIR }),
        answer: answererOf(store, { cacheDir: CACHE_DIR }),
      })
    : undefined;
  return {
    store,
    carrier,
    async close() {
      await worker?.stop();
      await closeQuestions();
      await carrier.close();
      await store.close();
    },
  };
}
