import { type Dataset, type DatasetContent, type IntegrityReport, withoutNames } from "@trivium/model";
import type { Kysely } from "kysely";
import { pack, unpack } from "./content.ts";
import type { Flags } from "./flags.ts";
import type { Maps } from "./maps.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { People } from "./people.ts";
import type { DatasetRow, Schema } from "./schema.ts";

export interface DatasetSummary {
  readonly dataset_hash: string;
  readonly name: string;
  readonly school_year: string;
  readonly created_at: string;
  readonly warnings: number;
  readonly map_sha256: string | null;
}

const SUMMARY = ["hash", "name", "school_year", "created_at", "warnings", "map_sha256"] as const;

/** A dataset as it lies in the store, for a thread to unpack. */
export interface PackedDataset {
  readonly hash: string;
  readonly content: Uint8Array;
}

/** The dataset but for its map. */
export async function unpackDataset({ hash, content }: PackedDataset): Promise<Dataset> {
  const { present, ...rest } = await unpack<StoredContent>(content);
  return { ...rest, hash, present: new Set(present) };
}

/** Datasets by the hash of their content, each with its integrity report. They never change. Names of people lie apart. */
export class Datasets {
  readonly #db: Kysely<Schema>;
  readonly #maps: Maps;
  readonly #now: () => Date;

  readonly #flags: Flags;
  readonly #people: People;

  constructor(db: Kysely<Schema>, maps: Maps, flags: Flags, people: People, now: () => Date) {
    this.#db = db;
    this.#flags = flags;
    this.#people = people;
    this.#maps = maps;
    this.#now = now;
  }

  /** Keeps a dataset; one that is there already is left as it is. What is flagged and not settled goes into its report. */
  async add(dataset: Dataset, read: IntegrityReport): Promise<DatasetSummary> {
    const { hash, map, present, ...whole } = dataset;
    const { content, names } = withoutNames(whole);
    if (map) await this.#maps.keep(map);
    const flagged = await this.#flags.findings(dataset.district.name);
    const report = { ...read, warnings: read.warnings + flagged.length, findings: [...read.findings, ...flagged] };
    const row = {
      hash,
      name: dataset.district.name,
      school_year: dataset.district.school_year,
      created_at: this.#now().toISOString(),
      warnings: report.warnings,
      map_sha256: map?.sha256 ?? null,
      map_bytes: map?.bytes ?? null,
      content: await pack({ ...content, present: [...present] }),
      report: await pack(report),
      students: await pack(studentsOf(content)),
    };
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto("datasets")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await transaction
        .insertInto("dataset_districts")
        .values({ dataset_hash: hash })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await this.#people.addIn(transaction, hash, names);
    });
    return (await this.summary(hash)) ?? summaryOf(row);
  }

  async summary(hash: string): Promise<DatasetSummary | undefined> {
    const row = await this.#db.selectFrom("datasets").select(SUMMARY).where("hash", "=", hash).executeTakeFirst();
    return row && summaryOf(row);
  }

  async get(hash: string): Promise<Dataset | undefined> {
    const row = await this.#db
      .selectFrom("datasets")
      .select(["content", "map_sha256", "map_bytes"])
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!row) return undefined;
    const dataset = await unpackDataset({ hash, content: row.content });
    const map = row.map_sha256
      ? { path: this.#maps.pathOf(row.map_sha256), sha256: row.map_sha256, bytes: Number(row.map_bytes) }
      : undefined;
    return { ...dataset, ...(map ? { map } : {}) };
  }

  /** The file of a dataset's road map; undefined where it has none, or there is no such dataset. */
  async mapPath(hash: string): Promise<string | undefined> {
    const row = await this.#db.selectFrom("datasets").select("map_sha256").where("hash", "=", hash).executeTakeFirst();
    return row?.map_sha256 ? this.#maps.pathOf(row.map_sha256) : undefined;
  }

  /** As it lies there; {@link unpackDataset} opens it. */
  async packed(hash: string): Promise<PackedDataset | undefined> {
    return this.#db.selectFrom("datasets").select(["hash", "content"]).where("hash", "=", hash).executeTakeFirst();
  }

  /** Takes the names out of datasets that a version before wrote; there are none but after an upgrade. */
  async separateNames(): Promise<void> {
    const left = await this.#db.selectFrom("datasets").select("hash").where("students", "is", null).execute();
    for (const { hash } of left) {
      const packed = await this.packed(hash);
      if (!packed) continue;
      const { content, names } = withoutNames(await unpack<StoredContent>(packed.content));
      const row = { content: await pack(content), students: await pack(studentsOf(content)) };
      await this.#db.transaction().execute(async (transaction) => {
        await transaction.updateTable("datasets").set(row).where("hash", "=", hash).execute();
        await this.#people.addIn(transaction, hash, names);
      });
    }
  }

  async report(hash: string): Promise<IntegrityReport | undefined> {
    const row = await this.#db.selectFrom("datasets").select("report").where("hash", "=", hash).executeTakeFirst();
    return row && unpack<IntegrityReport>(row.report);
  }

  /** Newest first; `after` is a dataset's hash. */
  async list({ limit, after }: PageRequest): Promise<Page<DatasetSummary>> {
    const from = after === undefined ? undefined : await this.summary(after);
    let query = this.#db
      .selectFrom("datasets")
      .select(SUMMARY)
      .orderBy("created_at", "desc")
      .orderBy("hash", "desc")
      .limit(limit + 1);
    if (from)
      query = query.where((where) =>
        where.or([
          where("created_at", "<", from.created_at),
          where.and([where("created_at", "=", from.created_at), where("hash", "<", from.dataset_hash)]),
        ]),
      );
    return pageOf(await query.execute(), limit, (row) => row.hash, summaryOf);
  }
}

const studentsOf = ({ tables }: Pick<DatasetContent, "tables">): string[] =>
  (tables.students ?? []).map(({ student_id }) => student_id);

type StoredContent = Omit<DatasetContent, "present"> & { readonly present: DatasetKeys };
type DatasetKeys = Dataset["present"] extends ReadonlySet<infer Name> ? Name[] : never;

function summaryOf(row: Pick<DatasetRow, (typeof SUMMARY)[number]>): DatasetSummary {
  const { hash, ...rest } = row;
  return { dataset_hash: hash, ...rest };
}
