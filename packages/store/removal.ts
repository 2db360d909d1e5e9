import { rm } from "node:fs/promises";
import { InputError } from "@trivium/model";
import type { Kysely, Transaction } from "kysely";
import type { Audit } from "./audit/audit.ts";
import type { Maps } from "./maps.ts";
import type { Schema } from "./schema.ts";

/** What was removed with a dataset. */
export interface Removed {
  readonly dataset_hash: string;
  readonly scenarios: number;
  readonly jobs: number;
  readonly plans: number;
}

const DAY_MS = 86_400_000;

/** Removes a dataset with all that derives from it. What was signed, and that it was removed, stays in the audit log: ids only. */
export class Removal {
  readonly #db: Kysely<Schema>;
  readonly #audit: Audit;
  readonly #maps: Maps;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, audit: Audit, maps: Maps, now: () => Date) {
    this.#db = db;
    this.#audit = audit;
    this.#maps = maps;
    this.#now = now;
  }

  /** Undefined: there is no such dataset. @throws InputError jobs-running */
  async remove(datasetHash: string): Promise<Removed | undefined> {
    const dataset = await this.#db
      .selectFrom("datasets")
      .select("map_sha256")
      .where("hash", "=", datasetHash)
      .executeTakeFirst();
    if (!dataset) return undefined;
    const removed = await this.#audit.ofDistrict(() =>
      this.#db.transaction().execute((transaction) => this.#removeIn(transaction, datasetHash)),
    );
    if (dataset.map_sha256 !== null && !(await this.#mapNeeded(dataset.map_sha256)))
      await rm(this.#maps.pathOf(dataset.map_sha256), { force: true });
    return removed;
  }

  /** Datasets older than that, of which no plan was ever signed. */
  async expired(days: number): Promise<string[]> {
    const before = new Date(this.#now().getTime() - days * DAY_MS).toISOString();
    const rows = await this.#db
      .selectFrom("datasets")
      .select("hash")
      .where("created_at", "<", before)
      .where("hash", "not in", (of) =>
        of
          .selectFrom("plans")
          .innerJoin("approvals", "approvals.plan_id", "plans.plan_id")
          .select("plans.dataset_hash")
          .where("approvals.state", "in", ["approved", "published"]),
      )
      .orderBy("created_at")
      .execute();
    return rows.map(({ hash }) => hash);
  }

  /** Forgets what people of datasets older than that are called, signed plans or not. @returns how many names; `dry`: how many they are */
  async removeNames(days: number, dry = false): Promise<number> {
    const before = new Date(this.#now().getTime() - days * DAY_MS).toISOString();
    const old = this.#db.selectFrom("datasets").select("hash").where("created_at", "<", before);
    if (dry) {
      const found = await this.#db
        .selectFrom("people")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("dataset_hash", "in", old)
        .executeTakeFirstOrThrow();
      return Number(found.count);
    }
    return this.#db.transaction().execute(async (transaction) => {
      const gone = await transaction.deleteFrom("people").where("dataset_hash", "in", old).executeTakeFirstOrThrow();
      const names = Number(gone.numDeletedRows);
      const entry = { action: "names removed", subject: `older than ${days} days`, detail: { names } };
      if (names > 0) await this.#audit.appendIn(transaction, entry);
      return names;
    });
  }

  /** What passes by itself once it is old: answers to creating calls, deliveries that are settled, routing problems that are solved. */
  async removeLeftovers(days: number): Promise<number> {
    const before = new Date(this.#now().getTime() - days * DAY_MS).toISOString();
    const gone = [
      await this.#db.deleteFrom("replies").where("created_at", "<", before).executeTakeFirstOrThrow(),
      await this.#db
        .deleteFrom("deliveries")
        .where("created_at", "<", before)
        .where("next_ms", "is", null)
        .executeTakeFirstOrThrow(),
      await this.#db
        .deleteFrom("vroom_solves")
        .where("created_at", "<", before)
        .where("ended_at", "is not", null)
        .executeTakeFirstOrThrow(),
    ];
    return gone.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
  }

  async #removeIn(transaction: Transaction<Schema>, datasetHash: string): Promise<Removed> {
    const scenarios = transaction.selectFrom("scenarios").select("scenario_id").where("dataset_hash", "=", datasetHash);
    const jobs = transaction.selectFrom("jobs").select("job_id").where("scenario_id", "in", scenarios);
    const running = await jobs.where("status", "in", ["queued", "running"]).execute();
    if (running.length > 0)
      throw new InputError(
        "jobs-running",
        `${running.length} solve(s) of the dataset have not ended. Maybe cancel them first?`,
      );
    const plans = await transaction.deleteFrom("plans").where("job_id", "in", jobs).executeTakeFirst();
    await transaction.deleteFrom("events").where("job_id", "in", jobs).execute();
    await transaction.deleteFrom("what_ifs").where("scenario_id", "in", scenarios).execute();
    const gone = await transaction.deleteFrom("jobs").where("scenario_id", "in", scenarios).executeTakeFirst();
    await transaction
      .updateTable("scenarios")
      .set({ from_scenario_id: null })
      .where("from_scenario_id", "in", scenarios)
      .execute();
    const made = await transaction.deleteFrom("scenarios").where("dataset_hash", "=", datasetHash).executeTakeFirst();
    await transaction.deleteFrom("acknowledgements").where("dataset_hash", "=", datasetHash).execute();
    await transaction.deleteFrom("flags").where("dataset_hash", "=", datasetHash).execute();
    await transaction.deleteFrom("vroom_solves").where("dataset_hash", "=", datasetHash).execute();
    await transaction.deleteFrom("replies").where("body", "like", `%${datasetHash}%`).execute();
    await transaction.deleteFrom("dataset_districts").where("dataset_hash", "=", datasetHash).execute();
    await this.#removeContent(transaction, datasetHash);
    const counts = {
      scenarios: Number(made.numDeletedRows),
      jobs: Number(gone.numDeletedRows),
      plans: Number(plans.numDeletedRows),
    };
    await this.#audit.appendIn(transaction, { action: "dataset removed", subject: datasetHash, detail: counts });
    return { dataset_hash: datasetHash, ...counts };
  }

  /** The content goes once no district has it any more. */
  #removeContent(transaction: Transaction<Schema>, datasetHash: string): Promise<unknown> {
    return this.#audit.ofAll(async () => {
      const kept = await transaction
        .selectFrom("dataset_districts")
        .select("district")
        .where("dataset_hash", "=", datasetHash)
        .executeTakeFirst();
      if (kept) return;
      await transaction.deleteFrom("people").where("dataset_hash", "=", datasetHash).execute();
      await transaction.deleteFrom("datasets").where("hash", "=", datasetHash).execute();
    });
  }

  async #mapNeeded(sha256: string): Promise<boolean> {
    const other = await this.#audit.ofAll(() =>
      this.#db.selectFrom("datasets").select("hash").where("map_sha256", "=", sha256).executeTakeFirst(),
    );
    return other !== undefined;
  }
}
