import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTables, type IntegrityReport, type Plan, scenarioSchema, sealDataset } from "@trivium/model";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { postgresServer, type RunningPostgres, startPostgres } from "../../../test/setup/postgres.ts";
import { openStore, type Store } from "../index.ts";

/** What a test of the store is given: a new store for each, a clock that the test turns, an empty district with a scenario. */
export interface StoreTrial {
  readonly dir: string;
  readonly databaseUrl: string | undefined;
  readonly store: Store;
  readonly scenarioId: string;
  clockMs: number;
  /** The same rows through a store of its own, as another process has them; closed with the trial. */
  another(): Promise<Store>;
  /** A second store to write by at the same time; on the embedded database the same, for one thread cannot wait for itself. */
  rival(): Promise<Store>;
  /** Only on Postgres. */
  readonly server: RunningPostgres | undefined;
}

export const DISTRICT = { name: "Elm", timezone: "UTC", school_year: "2027-28" };
export const SETTINGS = { scheduling: {}, routing: {}, facilities: {} };
export const REPORT: IntegrityReport = {
  dataset_hash: null,
  errors: 0,
  warnings: 2,
  rows: {},
  findings: [],
  completeness: [],
};

/** A plan as far as the store looks at it. */
export const aPlan = {
  area: "facilities",
  status: "feasible",
  metrics: { projects: 3 },
  bound: null,
  dataset_hash: "d",
  provenance: { plan_hash: "h" },
} as unknown as Plan;

const server = await postgresServer();
const reason = "reason" in server ? server.reason : "";

/** The same tests on the embedded database and on a real Postgres. */
export function onEachDatabase(tests: (trial: StoreTrial) => void): void {
  describe("on the embedded database", () => tests(trialOf(() => undefined)));
  describe.skipIf(reason !== "" && process.env.CI !== "true")(`on Postgres${reason ? ` (${reason})` : ""}`, () => {
    let running: RunningPostgres | undefined;
    beforeAll(async () => {
      running = await startPostgres(server);
    });
    afterAll(() => running?.stop());
    tests(trialOf(() => running));
  });
}

function trialOf(serverNow: () => RunningPostgres | undefined): StoreTrial {
  const trial = { clockMs: 0 } as { -readonly [K in keyof StoreTrial]: StoreTrial[K] };
  let opened: Store[];
  trial.another = async () => {
    const store = await openStore(trial.dir, {
      now: () => new Date(trial.clockMs),
      passwordCost: 1024,
      ...(trial.databaseUrl === undefined ? {} : { databaseUrl: trial.databaseUrl }),
    });
    opened.push(store);
    return store;
  };
  trial.rival = async () => (trial.server ? trial.another() : trial.store);
  beforeEach(async () => {
    opened = [];
    trial.server = serverNow();
    trial.dir = await mkdtemp(join(tmpdir(), "trivium-store-"));
    trial.databaseUrl = await trial.server?.database();
    trial.clockMs = Date.UTC(2027, 0, 1);
    trial.store = await trial.another();
    const dataset = sealDataset({
      district: DISTRICT,
      tables: emptyTables(),
      present: new Set(["schools"]),
      settings: SETTINGS,
    });
    await trial.store.datasets.add(dataset, REPORT);
    trial.scenarioId = (await trial.store.scenarios.add(dataset.hash, scenarioSchema.parse({}))).scenario_id;
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await rm(trial.dir, { recursive: true });
  });
  return trial;
}
