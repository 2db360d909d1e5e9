import type { TeacherName } from "@trivium/model";
import type { Kysely, Transaction } from "kysely";
import { unpack } from "./content.ts";
import { pseudonym } from "./pseudonym.ts";
import type { Schema } from "./schema.ts";
import type { Keyed } from "./secret.ts";

/** Rows written at once. */
const CHUNK = 1000;

/** Teachers' names by pseudonym, and the key under which a teacher's is found. */
export interface Names {
  readonly key: string;
  readonly names: ReadonlyMap<string, string>;
}

/** Who the people of a dataset are: their names by pseudonym only, and under which pseudonyms its students are told to whom. */
export class People {
  readonly #db: Kysely<Schema>;
  readonly #keyed: Keyed;

  constructor(db: Kysely<Schema>, keyed: Keyed) {
    this.#db = db;
    this.#keyed = keyed;
  }

  async addIn(transaction: Transaction<Schema>, datasetHash: string, names: readonly TeacherName[]): Promise<void> {
    const key = this.#namesKey();
    const rows = names.map(({ teacher_id, name }) => ({
      dataset_hash: datasetHash,
      person: pseudonym(key, "teacher", teacher_id),
      name,
    }));
    for (let at = 0; at < rows.length; at += CHUNK)
      await transaction
        .insertInto("people")
        .values(rows.slice(at, at + CHUNK))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }

  async names(datasetHash: string): Promise<Names> {
    const rows = await this.#db
      .selectFrom("people")
      .select(["person", "name"])
      .where("dataset_hash", "=", datasetHash)
      .execute();
    return { key: this.#namesKey(), names: new Map(rows.map(({ person, name }) => [person, name])) };
  }

  /** The key of the pseudonyms that a district's students have for those who need not know who they are. */
  studentsKey(district: string): string {
    return this.#keyed(`pseudonyms of students\n${district}`);
  }

  /** Ids of a dataset's students, each once; undefined: there is no such dataset. */
  async students(datasetHash: string): Promise<readonly string[] | undefined> {
    const row = await this.#db
      .selectFrom("datasets")
      .select("students")
      .where("hash", "=", datasetHash)
      .executeTakeFirst();
    return row && (row.students ? unpack<string[]>(row.students) : []);
  }

  /** The datasets that somebody sees. */
  async datasets(): Promise<string[]> {
    return (await this.#db.selectFrom("datasets").select("hash").execute()).map(({ hash }) => hash);
  }

  #namesKey(): string {
    return this.#keyed("names of people");
  }
}
