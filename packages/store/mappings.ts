import type { Kysely } from "kysely";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { MappingRow, Schema } from "./schema.ts";

/** A column mapping under its name. What it holds is intake's; the store keeps it as it is. */
export interface SavedMapping<M = unknown> {
  readonly name: string;
  readonly version: number;
  readonly updated_by: string;
  readonly updated_at: string;
  readonly mapping: M;
}

/** Column mappings, saved once and used on every import. */
export class Mappings {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** @param version the one that is replaced; 0: there is none yet. @returns undefined when another is there, and then nothing is changed */
  async put(name: string, version: number, mapping: unknown, by: string): Promise<SavedMapping | undefined> {
    const row = {
      name,
      body: JSON.stringify(mapping),
      version: version + 1,
      updated_by: by,
      updated_at: this.#now().toISOString(),
    };
    const written =
      version === 0
        ? await this.#db
            .insertInto("mappings")
            .values(row)
            .onConflict((conflict) => conflict.doNothing())
            .returning("name")
            .executeTakeFirst()
        : await this.#db
            .updateTable("mappings")
            .set(row)
            .where("name", "=", name)
            .where("version", "=", version)
            .returning("name")
            .executeTakeFirst();
    return written && read(row);
  }

  async get(name: string): Promise<SavedMapping | undefined> {
    const row = await this.#db.selectFrom("mappings").selectAll().where("name", "=", name).executeTakeFirst();
    return row && read(row);
  }

  /** By name; `after` is a name. */
  async list({ limit, after }: PageRequest): Promise<Page<SavedMapping>> {
    let query = this.#db
      .selectFrom("mappings")
      .selectAll()
      .orderBy("name")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("name", ">", after);
    return pageOf(await query.execute(), limit, (row) => row.name, read);
  }

  /** False when that version is not there. */
  async remove(name: string, version: number): Promise<boolean> {
    const gone = await this.#db
      .deleteFrom("mappings")
      .where("name", "=", name)
      .where("version", "=", version)
      .returning("name")
      .executeTakeFirst();
    return gone !== undefined;
  }
}

const read = ({ name, version, updated_by, updated_at, body }: Omit<MappingRow, "district">): SavedMapping => ({
  name,
  version,
  updated_by,
  updated_at,
  mapping: JSON.parse(body),
});
