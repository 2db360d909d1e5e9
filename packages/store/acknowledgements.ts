import { type Area, concerns, type Finding, findingId } from "@trivium/model";
import type { Kysely } from "kysely";
import type { Datasets } from "./datasets.ts";
import type { AcknowledgementRow, Schema } from "./schema.ts";

/** A person has seen this warning and lets plans rest on it. */
export type Acknowledgement = Readonly<Omit<AcknowledgementRow, "dataset_hash" | "district">>;

/** Rows written at once; SQLite takes 32,766 values a statement. */
const CHUNK = 1000;

/** Who accepted which warnings of a dataset, and why. Given once, an acknowledgement stays: it is part of what was signed. */
export class Acknowledgements {
  readonly #db: Kysely<Schema>;
  readonly #datasets: Datasets;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, datasets: Datasets, now: () => Date) {
    this.#db = db;
    this.#datasets = datasets;
    this.#now = now;
  }

  /** Those that are there already keep the name under which they were given. */
  async add(datasetHash: string, findingIds: readonly string[], by: string, reason: string): Promise<void> {
    const acknowledged_at = this.#now().toISOString();
    const rows = [...new Set(findingIds)].map((finding_id) => ({
      dataset_hash: datasetHash,
      finding_id,
      acknowledged_by: by,
      acknowledged_at,
      reason,
    }));
    await this.#db.transaction().execute(async (transaction) => {
      for (let at = 0; at < rows.length; at += CHUNK)
        await transaction
          .insertInto("acknowledgements")
          .values(rows.slice(at, at + CHUNK))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    });
  }

  /** In the order in which they were given. */
  list(datasetHash: string): Promise<Acknowledgement[]> {
    return this.#db
      .selectFrom("acknowledgements")
      .select(["finding_id", "acknowledged_by", "acknowledged_at", "reason"])
      .where("dataset_hash", "=", datasetHash)
      .orderBy("acknowledged_at")
      .orderBy("finding_id")
      .execute();
  }

  /** Warnings that nobody has acknowledged: all of the dataset, or those on which a plan of the area rests. */
  async open(datasetHash: string, area?: Area): Promise<Finding[]> {
    const report = await this.#datasets.report(datasetHash);
    const given = new Set((await this.list(datasetHash)).map(({ finding_id }) => finding_id));
    return (report?.findings ?? []).filter(
      (finding) =>
        finding.severity === "warning" &&
        (area === undefined || concerns(finding, area)) &&
        !given.has(findingId(finding)),
    );
  }
}
