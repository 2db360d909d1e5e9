import type { Area, Finding, Flag, FlagState } from "@trivium/model";
import type { Kysely } from "kysely";
import { newId } from "./id.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { FlagRow, Schema } from "./schema.ts";
import type { ScopedRows } from "./scope.ts";

export type NewFlag = Pick<Flag, "dataset_hash" | "plan_id" | "area" | "kind" | "item_id" | "reason">;

/** Flags that nobody has settled go into the next integrity report. */
const UNSETTLED: readonly FlagState[] = ["open", "accepted"];
/** More are not told of at once, newest first. */
const CARRIED_MAX = 500;

/** What people say is wrong with an item of a plan or of the data: a route, a section, an asset, a forecast. */
export class Flags {
  readonly #db: Kysely<Schema>;
  readonly #rows: ScopedRows;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, rows: ScopedRows, now: () => Date) {
    this.#db = db;
    this.#rows = rows;
    this.#now = now;
  }

  async add(flag: NewFlag): Promise<Flag> {
    const now = this.#now();
    const row = {
      ...flag,
      flag_id: newId("flag", now),
      state: "open" as const,
      flagged_by: this.#rows.current?.id ?? "operator",
      flagged_at: now.toISOString(),
      triaged_by: null,
      triaged_at: null,
      answer: null,
    };
    await this.#db.insertInto("flags").values(row).execute();
    return row;
  }

  async get(flagId: string): Promise<Flag | undefined> {
    const row = await this.#db.selectFrom("flags").selectAll().where("flag_id", "=", flagId).executeTakeFirst();
    return row && read(row);
  }

  async list(
    { limit, after }: PageRequest,
    of: { readonly plan_id?: string; readonly dataset_hash?: string; readonly state?: FlagState } = {},
  ): Promise<Page<Flag>> {
    let query = this.#db
      .selectFrom("flags")
      .selectAll()
      .orderBy("flag_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("flag_id", "<", after);
    for (const [column, value] of Object.entries(of))
      if (value !== undefined) query = query.where(column as keyof typeof of, "=", value);
    return pageOf(await query.execute(), limit, (row) => row.flag_id, read);
  }

  /** What becomes of it, with the answer to whoever flagged it. */
  async triage(flagId: string, state: FlagState, answer: string): Promise<Flag | undefined> {
    const triaged_by = this.#rows.current?.id ?? "operator";
    const row = await this.#db
      .updateTable("flags")
      .set({ state, answer, triaged_by, triaged_at: this.#now().toISOString() })
      .where("flag_id", "=", flagId)
      .returningAll()
      .executeTakeFirst();
    return row && read(row);
  }

  /** What is flagged and not settled in the data and plans of a school district, by its name: on whichever of its datasets it was said. */
  async unsettled(name: string, area?: Area): Promise<Flag[]> {
    let query = this.#db
      .selectFrom("flags")
      .innerJoin("datasets", "datasets.hash", "flags.dataset_hash")
      .selectAll("flags")
      .where("flags.state", "in", UNSETTLED)
      .where("datasets.name", "=", name)
      .orderBy("flags.flag_id", "desc")
      .limit(CARRIED_MAX);
    if (area !== undefined) query = query.where("flags.area", "=", area);
    return (await query.execute()).map(read);
  }

  /** The same as warnings of the next report: no plan is approved before somebody has looked at them. */
  async findings(name: string): Promise<Finding[]> {
    const { current } = this.#rows;
    // Whoever loads the data, the report is of all areas.
    const flags = await this.#rows.within(current && { ...current, areas: null }, () => this.unsettled(name));
    return flags.reverse().map(({ flag_id, area, kind, item_id }) => ({
      code: "flagged",
      severity: "warning",
      area,
      file: "feedback",
      column: kind,
      value: item_id,
      expected: "an item that nobody has flagged as wrong",
      mend: `mend it in the data, or settle the flag ${flag_id}`,
      message: `the ${kind} ${item_id} was flagged as wrong (${flag_id})`,
    }));
  }
}

const read = ({ district: _own, ...row }: Omit<FlagRow, "district"> & { district: string }): Flag => ({
  ...row,
  area: row.area as Area,
  kind: row.kind as Flag["kind"],
  state: row.state as FlagState,
});
