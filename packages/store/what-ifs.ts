import type { Area } from "@trivium/model";
import type { Kysely } from "kysely";
import { newId } from "./id.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { Schema, WhatIfRow } from "./schema.ts";

/** One variant: a scenario copied from the base and changed, and the job that solves it. */
export interface Variant {
  readonly name: string;
  readonly scenario_id: string;
  readonly job_id: string;
}

export interface WhatIf {
  readonly what_if_id: string;
  /** The scenario that the variants were copied from. */
  readonly scenario_id: string;
  readonly area: Area;
  readonly created_by: string;
  readonly created_at: string;
  readonly variants: readonly Variant[];
}

/** What-if tables: variants of one scenario side by side. They never change; what becomes of their jobs is the jobs' own. */
export class WhatIfs {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async add(given: Pick<WhatIf, "scenario_id" | "area" | "created_by" | "variants">): Promise<WhatIf> {
    const now = this.#now();
    const row = {
      ...given,
      variants: JSON.stringify(given.variants),
      what_if_id: newId("what_if", now),
      created_at: now.toISOString(),
    };
    await this.#db.insertInto("what_ifs").values(row).execute();
    return read(row);
  }

  async get(whatIfId: string): Promise<WhatIf | undefined> {
    const row = await this.#db.selectFrom("what_ifs").selectAll().where("what_if_id", "=", whatIfId).executeTakeFirst();
    return row && read(row);
  }

  async list({ limit, after }: PageRequest): Promise<Page<WhatIf>> {
    let query = this.#db
      .selectFrom("what_ifs")
      .selectAll()
      .orderBy("what_if_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("what_if_id", "<", after);
    return pageOf(await query.execute(), limit, (row) => row.what_if_id, read);
  }
}

const read = (row: WhatIfRow): WhatIf => ({ ...row, area: row.area as Area, variants: JSON.parse(row.variants) });
