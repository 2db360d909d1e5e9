import type { Area, Bound, Metrics, Plan, PlanStatus } from "@trivium/model";
import type { Kysely } from "kysely";
import { pack, unpack } from "./content.ts";
import { type Page, type PageRequest, pageOf } from "./page.ts";
import type { PlanRow, Schema } from "./schema.ts";

export interface PlanSummary {
  readonly plan_id: string;
  readonly job_id: string;
  readonly scenario_id: string;
  readonly dataset_hash: string;
  readonly area: Area;
  readonly status: PlanStatus;
  readonly plan_hash: string;
  readonly created_at: string;
  readonly metrics: Metrics;
  readonly bound: Bound | null;
}

const SUMMARY = [
  "plan_id",
  "job_id",
  "scenario_id",
  "dataset_hash",
  "area",
  "status",
  "plan_hash",
  "created_at",
  "metrics",
  "bound",
] as const;

/** A plan out of what {@link Plans.packed} gave. */
export const unpackPlan = (content: Uint8Array): Promise<Plan> => unpack<Plan>(content);

/** Plans as they were committed with their jobs. They never change. */
export class Plans {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  async get(planId: string): Promise<Plan | undefined> {
    const content = await this.packed(planId);
    return content && unpackPlan(content);
  }

  /** As it lies there, for a thread to unpack. */
  async packed(planId: string): Promise<Uint8Array | undefined> {
    const row = await this.#db.selectFrom("plans").select("content").where("plan_id", "=", planId).executeTakeFirst();
    return row?.content;
  }

  async summary(planId: string): Promise<PlanSummary | undefined> {
    const row = await this.#db.selectFrom("plans").select(SUMMARY).where("plan_id", "=", planId).executeTakeFirst();
    return row && summaryOf(row);
  }

  async list({ limit, after }: PageRequest, scenarioId?: string): Promise<Page<PlanSummary>> {
    let query = this.#db
      .selectFrom("plans")
      .select(SUMMARY)
      .orderBy("plan_id", "desc")
      .limit(limit + 1);
    if (after !== undefined) query = query.where("plan_id", "<", after);
    if (scenarioId !== undefined) query = query.where("scenario_id", "=", scenarioId);
    return pageOf(await query.execute(), limit, (row) => row.plan_id, summaryOf);
  }
}

/** The row of a plan that a job made. */
export async function planRow(
  plan: Plan,
  ids: Pick<PlanRow, "plan_id" | "job_id" | "scenario_id" | "created_at">,
): Promise<PlanRow> {
  return {
    ...ids,
    dataset_hash: plan.dataset_hash,
    area: plan.area,
    status: plan.status,
    plan_hash: plan.provenance.plan_hash,
    metrics: JSON.stringify(plan.metrics),
    bound: plan.bound && JSON.stringify(plan.bound),
    content: await pack(plan),
  };
}

function summaryOf(row: Pick<PlanRow, (typeof SUMMARY)[number]>): PlanSummary {
  return {
    ...row,
    area: row.area as Area,
    status: row.status as PlanStatus,
    metrics: JSON.parse(row.metrics),
    bound: row.bound === null ? null : JSON.parse(row.bound),
  };
}
