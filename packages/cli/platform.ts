import { totalmem } from "node:os";
import { type Log, type ProviderConfig, Targets } from "@trivium/api";
import { type Carrier, openCarrier, queueLimitOf, startWorker } from "@trivium/jobs";
import { engineChoice, RoadTiles, readyRoads, type TileAddress } from "@trivium/roads";
import { openStore, type QueueLimit, type Store } from "@trivium/store";
import { answererOf, closeQuestions, partRunner, solvePlan } from "@trivium/worker";
import { type Environment, providerOf } from "./environment.ts";
import { logOf } from "./log.ts";
import { SAMPLE_DIR } from "./places.ts";

/** The store that the environment names. */
export const openStoreOf = ({ DATABASE_URL, TRIVIUM_HOME, TRIVIUM_SECRET }: Environment): Promise<Store> =>
  openStore(TRIVIUM_HOME, {
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(TRIVIUM_SECRET === undefined ? {} : { secret: TRIVIUM_SECRET }),
  });

/** The store and a carrier, and, where this process solves too, a worker. */
export interface Platform {
  readonly store: Store;
  readonly carrier: Carrier;
  readonly provider?: ProviderConfig;
  readonly sampleDir: string;
  /** Where what can be made again is kept. */
  readonly cacheDir: string;
  readonly log: Log;
  /** Who answers drives, where this process solves. */
  readonly roads?: string;
  readonly roadTile: (mapPath: string, address: TileAddress) => Promise<Uint8Array | null>;
  readonly targets: Targets;
  readonly trustedProxies: readonly string[];
  /** How many solves may wait. */
  readonly queueLimit: QueueLimit;
  close(): Promise<void>;
}

/** Opens what the environment asks for. `solves`: this process takes jobs and answers questions itself. */
export async function openPlatform(environment: Environment, solves: boolean, concurrency = 1): Promise<Platform> {
  const roads = solves ? await readyRoads(engineChoice(), environment.TRIVIUM_CACHE) : undefined;
  const provider = providerOf(environment);
  const store = await openStoreOf(environment);
  const carrier = await openCarrier(environment.REDIS_URL === undefined ? {} : { redisUrl: environment.REDIS_URL });
  const common = { cacheDir: environment.TRIVIUM_CACHE, memoryMb: memoryOf(environment, concurrency) };
  const parts = partRunner(common);
  const tiles = new RoadTiles(environment.TRIVIUM_CACHE);
  const worker = solves
    ? await startWorker({
        store,
        carrier,
        concurrency,
        run: (work, hooks) => solvePlan(work, { ...hooks, ...common, localThreads: environment.SOLVE_THREADS }),
        runPart: parts.run,
        answer: answererOf(store, { cacheDir: environment.TRIVIUM_CACHE }),
      })
    : undefined;
  return {
    store,
    carrier,
    sampleDir: SAMPLE_DIR,
    cacheDir: environment.TRIVIUM_CACHE,
    log: logOf(environment),
    ...(roads === undefined ? {} : { roads }),
    ...(provider === undefined ? {} : { provider }),
    roadTile: (mapPath, address) => tiles.tile(mapPath, address),
    targets: new Targets(environment.WEBHOOK_ALLOW),
    trustedProxies: environment.TRUSTED_PROXIES,
    queueLimit: queueLimitOf(environment.QUEUE_MAX),
    async close() {
      await worker?.stop();
      await parts.close();
      await closeQuestions();
      await tiles.close();
      await carrier.close();
      await store.close();
    },
  };
}

/** Of the machine's memory, what all solves together may hold. */
const MEMORY_SHARE = 0.6;

const memoryOf = ({ SOLVE_MEMORY_MB }: Environment, concurrency: number): number =>
  SOLVE_MEMORY_MB ?? Math.floor((totalmem() / 2 ** 20) * (MEMORY_SHARE / concurrency));
