import type { Scenario } from "@trivium/model";
import type { Kysely } from "kysely";
import { newId } from "./id.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { ScenarioRow, Schema } from "./schema.ts";

export interface StoredScenario {
  readonly scenario_id: string;
  readonly dataset_hash: string;
  /** The scenario that this one was copied from. */
  readonly from: string | null;
  readonly created_at: string;
  readonly scenario: Scenario;
}

/** Of a lineage, at most this many are told. */
const LINE_MAX = 200;

/** Scenarios never change: what-if is a copy with its own id, which keeps where it came from. */
export class Scenarios {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async add(datasetHash: string, scenario: Scenario, from: string | null = null): Promise<StoredScenario> {
    const now = this.#now();
    const row = {
      scenario_id: newId("scenario", now),
      dataset_hash: datasetHash,
      from_scenario_id: from,
      created_at: now.toISOString(),
      body: JSON.stringify(scenario),
    };
    await this.#db.insertInto("scenarios").values(row).execute();
    return read(row);
  }

  async get(scenarioId: string): Promise<StoredScenario | undefined> {
    const row = await this.#db
      .selectFrom("scenarios")
      .selectAll()
      .where("scenario_id", "=", scenarioId)
      .executeTakeFirst();
    return row && read(row);
  }

  /** From the first of its line down to the scenario itself. */
  async ancestors(scenario: StoredScenario): Promise<StoredScenario[]> {
    const line = [scenario];
    for (let from = scenario.from; from !== null && line.length < LINE_MAX; from = line[0].from) {
      const parent = await this.get(from);
      if (!parent) break;
      line.unshift(parent);
    }
    return line;
  }

  /** Scenarios copied from this one, oldest first. */
  async copies(scenarioId: string): Promise<StoredScenario[]> {
    const rows = await this.#db
      .selectFrom("scenarios")
      .selectAll()
      .where("from_scenario_id", "=", scenarioId)
      .orderBy("scenario_id")
      .limit(LINE_MAX)
      .execute();
    return rows.map(read);
  }

  async list({ limit, after }: PageRequest, datasetHash?: string): Promise<Page<StoredScenario>> {
    let query = this.#db
      .selectFrom("scenarios")
      .selectAll()
      .orderBy("scenario_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("scenario_id", "<", after);
    if (datasetHash !== undefined) query = query.where("dataset_hash", "=", datasetHash);
    return pageOf(await query.execute(), limit, (row) => row.scenario_id, read);
  }
}

function read(row: Omit<ScenarioRow, "district" | "created_by">): StoredScenario {
  return {
    scenario_id: row.scenario_id,
    dataset_hash: row.dataset_hash,
    from: row.from_scenario_id,
    created_at: row.created_at,
    scenario: JSON.parse(row.body),
  };
}
