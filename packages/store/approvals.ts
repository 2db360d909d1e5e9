import {
  type AcceptedWarning,
  type Actor,
  APPROVAL_STEPS,
  type Approval,
  type ApprovalState,
  type ApprovalStep,
  type Area,
  type ComparisonSeen,
  concerns,
  findingId,
  InputError,
  mayAct,
  SIGNED,
  sha256,
} from "@trivium/model";
import type { Kysely, Transaction } from "kysely";
import type { Acknowledgements } from "./acknowledgements.ts";
import type { Audit } from "./audit/audit.ts";
import { takeTurn } from "./databases/rows.ts";
import type { Datasets } from "./datasets.ts";
import { newId } from "./id.ts";
import type { ApprovalRow, PlanRow, Schema } from "./schema.ts";

/** What somebody does to a plan on its way. `plan_hash` and `comparison`: what the approver had before them. */
export interface Step {
  readonly step: ApprovalStep;
  readonly reason: string;
  readonly planHash?: string;
  readonly comparison?: ComparisonSeen;
}

type SignedPlan = Pick<
  PlanRow,
  "plan_id" | "scenario_id" | "job_id" | "dataset_hash" | "area" | "plan_hash" | "status"
> & {
  readonly content_sha256: string;
};

const APPROVING: ReadonlySet<ApprovalStep> = new Set(["request_changes", "approve", "publish"]);
/** Plans without decisions are nothing to sign. */
const NO_PLAN: ReadonlySet<string> = new Set(["infeasible", "no_plan"]);

/**
 * Plans on their way from draft to published: rows that are only added, each in one transaction with the audit entry that answers
 * for it. The rules hold here, whatever way somebody comes in by.
 */
export class Approvals {
  readonly #db: Kysely<Schema>;
  readonly #audit: Audit;
  readonly #datasets: Datasets;
  readonly #acknowledgements: Acknowledgements;
  readonly #now: () => Date;

  constructor(
    db: Kysely<Schema>,
    parts: { audit: Audit; datasets: Datasets; acknowledgements: Acknowledgements },
    now: () => Date,
  ) {
    this.#db = db;
    this.#audit = parts.audit;
    this.#datasets = parts.datasets;
    this.#acknowledgements = parts.acknowledgements;
    this.#now = now;
  }

  /** From the first step to the latest; none: a draft. */
  async list(planId: string): Promise<Approval[]> {
    return (await rowsOf(this.#db, planId)).map(read);
  }

  /**
   * Whether a plan may leave the house without a DRAFT mark: its latest step signs it, and the audit log answers for that very row
   * and for this content.
   */
  async isSigned(planId: string): Promise<boolean> {
    const latest = (await rowsOf(this.#db, planId)).at(-1);
    if (!latest || !SIGNED.includes(latest.state as ApprovalState)) return false;
    const plan = await this.#plan(this.#db, planId);
    if (plan.plan_hash !== latest.plan_hash || plan.content_sha256 !== latest.content_sha256) return false;
    return this.#audit.answersFor("approvals", latest.approval_id, latest, latest.audit_seq + 1);
  }

  /**
   * One step on. @throws InputError unknown-plan, not-granted (no approver, or the author), wrong-step, stale-plan, open-warnings,
   * no-comparison, unverified-plan
   */
  async take(planId: string, actor: Actor, step: Step): Promise<Approval> {
    const plan = await this.#plan(this.#db, planId);
    await this.#checkActor(plan, actor, step);
    const warnings = step.step === "approve" ? await this.#approvable(plan, step) : [];
    return this.#db.transaction().execute(async (transaction) => {
      await takeTurn(transaction, "audit");
      const before = await rowsOf(transaction, planId);
      const state = (before.at(-1)?.state ?? "draft") as ApprovalState;
      const { from, to } = APPROVAL_STEPS[step.step];
      if (!(from as readonly ApprovalState[]).includes(state))
        throw new InputError("wrong-step", `a plan that is ${said(state)} cannot become ${said(to)}`, {
          values: { state, step: step.step },
        });
      const { content_sha256 } = await this.#plan(transaction, planId);
      if (content_sha256 !== plan.content_sha256) throw stale(planId);
      if (to === "published") await this.#supersede(transaction, plan, actor);
      return this.#add(transaction, plan, before.length + 1, to, actor, { ...step, warnings });
    });
  }

  async #add(
    transaction: Transaction<Schema>,
    plan: SignedPlan,
    seq: number,
    state: ApprovalState,
    actor: Actor,
    given: Pick<Step, "reason" | "comparison"> & { readonly warnings: readonly AcceptedWarning[] },
  ): Promise<Approval> {
    const now = this.#now();
    const anchor = await this.#audit.headIn(transaction);
    const row: ApprovalRow = {
      approval_id: newId("approval", now),
      plan_id: plan.plan_id,
      seq,
      district: actor.district,
      state,
      by: actor.id,
      at: now.toISOString(),
      reason: given.reason,
      plan_hash: plan.plan_hash,
      content_sha256: plan.content_sha256,
      comparison: given.comparison === undefined ? null : JSON.stringify(given.comparison),
      warnings: JSON.stringify(given.warnings),
      audit_seq: anchor.seq,
      audit_hash: anchor.hash,
    };
    await transaction.insertInto("approvals").values(row).execute();
    await this.#audit.appendIn(
      transaction,
      {
        actor: actor.id,
        district: actor.district,
        action: `plan ${said(state)}`,
        subject: plan.plan_id,
        detail: { approval_id: row.approval_id, plan_hash: plan.plan_hash, warnings: given.warnings.length },
      },
      [{ table: "approvals", key: row.approval_id, row }],
    );
    return read(row);
  }

  /** The plan that was published before for the same area (and school, where a schedule is one school's) gives way. */
  async #supersede(transaction: Transaction<Schema>, plan: SignedPlan, actor: Actor): Promise<void> {
    const scope = await schoolOf(transaction, plan.scenario_id);
    const published = await transaction
      .selectFrom("approvals")
      .innerJoin("plans", "plans.plan_id", "approvals.plan_id")
      .select(["approvals.plan_id", "plans.scenario_id"])
      .where("approvals.state", "=", "published")
      .where("approvals.district", "=", actor.district)
      .where("plans.area", "=", plan.area)
      .where("plans.plan_id", "!=", plan.plan_id)
      .distinct()
      .execute();
    for (const { plan_id, scenario_id } of published) {
      const rows = await rowsOf(transaction, plan_id);
      if (rows.at(-1)?.state !== "published" || (await schoolOf(transaction, scenario_id)) !== scope) continue;
      const given = { reason: `superseded by ${plan.plan_id}`, warnings: [] };
      await this.#add(transaction, await this.#plan(transaction, plan_id), rows.length + 1, "superseded", actor, given);
    }
  }

  async #plan(db: Kysely<Schema>, planId: string): Promise<SignedPlan> {
    const row = await db
      .selectFrom("plans")
      .select(["plan_id", "scenario_id", "job_id", "dataset_hash", "area", "plan_hash", "status", "content"])
      .where("plan_id", "=", planId)
      .executeTakeFirst();
    if (!row) throw new InputError("unknown-plan", `there is no plan ${planId}`);
    const { content, ...plan } = row;
    return { ...plan, content_sha256: sha256(content) };
  }

  async #checkActor(plan: SignedPlan, actor: Actor, { step }: Step): Promise<void> {
    const needed = APPROVING.has(step) ? ["approver" as const] : (["planner", "approver"] as const);
    if (!mayAct(actor, needed)) throw new InputError("not-granted", `this needs the role ${needed.join(" or ")}`);
    if (!APPROVING.has(step)) return;
    const authors = await this.#authors(plan);
    if (authors.has(actor.id) || (actor.id.startsWith("key_") && authors.has(actor.made_by ?? "")))
      throw new InputError("not-granted", "whoever made a plan does not approve it: another person must");
    const tools = await this.#db
      .selectFrom("keys")
      .select("key_id")
      .where("created_by", "=", actor.id)
      .where("key_id", "in", [...authors])
      .execute();
    if (tools.length > 0)
      throw new InputError("not-granted", `the plan was made by the approver's own key ${tools[0].key_id}`);
  }

  /** Whoever made the scenario, asked for the solve, or handed the plan in. */
  async #authors(plan: SignedPlan): Promise<ReadonlySet<string>> {
    const scenario = await this.#db
      .selectFrom("scenarios")
      .select("created_by")
      .where("scenario_id", "=", plan.scenario_id)
      .executeTakeFirst();
    const job = await this.#db
      .selectFrom("jobs")
      .select("submitted_by")
      .where("job_id", "=", plan.job_id)
      .executeTakeFirst();
    const handedIn = (await rowsOf(this.#db, plan.plan_id)).filter(({ state }) => state === "in_review");
    return new Set(
      [scenario?.created_by ?? "", job?.submitted_by ?? "", ...handedIn.map(({ by }) => by)].filter(Boolean),
    );
  }

  /** What an approver must have had before them; the warnings that were accepted. */
  async #approvable(plan: SignedPlan, { planHash, comparison }: Step): Promise<AcceptedWarning[]> {
    if (NO_PLAN.has(plan.status)) throw new InputError("unverified-plan", "there are no decisions to approve");
    if (planHash !== plan.plan_hash) throw stale(plan.plan_id);
    if (comparison === undefined) throw new InputError("no-comparison", "a plan is approved beside what it replaces");
    const area = plan.area as Area;
    const open = await this.#acknowledgements.open(plan.dataset_hash, area);
    if (open.length > 0)
      throw new InputError(
        "open-warnings",
        `${open.length} warning(s) on which the plan rests have not been acknowledged: ${open[0].message}`,
        { findings: open },
      );
    const report = await this.#datasets.report(plan.dataset_hash);
    const resting = new Set(
      (report?.findings ?? []).filter((finding) => concerns(finding, area)).map((finding) => findingId(finding)),
    );
    return (await this.#acknowledgements.list(plan.dataset_hash))
      .filter(({ finding_id }) => resting.has(finding_id))
      .map(({ finding_id, acknowledged_by, reason }) => ({ finding_id, acknowledged_by, reason }));
  }
}

const said = (state: ApprovalState): string => state.replace("_", " ");
const stale = (planId: string) =>
  new InputError("stale-plan", `the plan ${planId} is not the one that was looked at. Maybe look at it again?`);

const rowsOf = (db: Kysely<Schema>, planId: string): Promise<ApprovalRow[]> =>
  db.selectFrom("approvals").selectAll().where("plan_id", "=", planId).orderBy("seq").execute();

/** A schedule may be one school's. */
async function schoolOf(db: Kysely<Schema>, scenarioId: string): Promise<string | undefined> {
  const row = await db.selectFrom("scenarios").select("body").where("scenario_id", "=", scenarioId).executeTakeFirst();
  return row && JSON.parse(row.body).settings?.school_id;
}

const read = (row: ApprovalRow): Approval => ({
  approval_id: row.approval_id,
  plan_id: row.plan_id,
  state: row.state as ApprovalState,
  by: row.by,
  at: row.at,
  reason: row.reason,
  plan_hash: row.plan_hash,
  comparison: row.comparison === null ? null : JSON.parse(row.comparison),
  warnings: JSON.parse(row.warnings),
  audit: { seq: row.audit_seq, hash: row.audit_hash },
});
