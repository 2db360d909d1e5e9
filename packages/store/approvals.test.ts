import {
  type Actor,
  type ComparisonSeen,
  type Finding,
  findingId,
  LOCAL,
  type Plan,
  type Role,
  scenarioSchema,
} from "@trivium/model";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import type { Step } from "./approvals.ts";
import { pack } from "./content.ts";
import { dialectOf } from "./databases/dialect.ts";
import type { Schema } from "./schema.ts";
import { aPlan, onEachDatabase } from "./trial/each-database.ts";

const somebody = (id: string, role: Role, made_by: string | null = null): Actor => ({
  ...LOCAL,
  id,
  made_by,
  roles: [role],
});
const planner = somebody("account_planner", "planner");
const approver = somebody("account_approver", "approver");
const COMPARISON: ComparisonSeen = { compared_with: "today", headline: "3 projects more", figures: [] };
const WARNING: Finding = {
  code: "suspicious-date",
  severity: "warning",
  area: "facilities",
  file: "facilities/assets.csv",
  expected: "a year up to now",
  mend: "correct the year",
  message: "A1 was installed in 2031",
};
const approve: Step = { step: "approve", reason: "saves a boiler", planHash: "h", comparison: COMPARISON };

onEachDatabase((trial) => {
  /** A plan that the planner had solved. */
  async function solved(plan: Plan = aPlan): Promise<string> {
    const { store } = trial;
    const scenario = await store.scenarios.get(trial.scenarioId);
    const job_id = await store.within(planner, async () => {
      const { scenario_id } = await store.scenarios.add(scenario?.dataset_hash ?? "", scenarioSchema.parse({}));
      return (await store.jobs.add({ scenario_id, area: "facilities", submitted_by: planner.id })).job_id;
    });
    const claim = await store.jobs.claim(job_id, { staleMs: 5000, attemptsMax: 3 });
    if (!claim) throw new Error("the job was not free");
    await store.jobs.end(claim, { status: "succeeded", plan: { ...plan, dataset_hash: scenario?.dataset_hash ?? "" } });
    return (await store.jobs.get(job_id))?.plan_id ?? "";
  }
  const take = (planId: string, actor: Actor, step: Step | Step["step"]) =>
    trial.store.within(actor, () =>
      trial.store.approvals.take(planId, actor, typeof step === "string" ? { step, reason: "because" } : step),
    );
  const approved = async () => {
    const planId = await solved();
    await take(planId, planner, "submit");
    await take(planId, approver, approve);
    return planId;
  };
  async function bySql(statement: string): Promise<void> {
    const db = new Kysely<Schema>({ dialect: await dialectOf(trial.dir, trial.databaseUrl) });
    await sql.raw(statement).execute(db);
    await db.destroy();
  }

  test("from draft through review to published: each step stands with who, why, what was seen and where the log stood", async () => {
    const planId = await solved();
    const { approvals, audit } = trial.store;
    expect(await approvals.isSigned(planId)).toBe(false);
    await take(planId, planner, "submit");
    await take(planId, approver, { step: "request_changes", reason: "one boiler too many" });
    await take(planId, planner, "submit");
    expect(await approvals.isSigned(planId)).toBe(false);
    await take(planId, approver, approve);
    expect(await approvals.isSigned(planId)).toBe(true);
    await take(planId, approver, "publish");
    const steps = await approvals.list(planId);
    expect(steps.map(({ state }) => state)).toEqual([
      "in_review",
      "changes_requested",
      "in_review",
      "approved",
      "published",
    ]);
    expect(steps[3]).toMatchObject({
      by: approver.id,
      reason: "saves a boiler",
      plan_hash: "h",
      comparison: COMPARISON,
    });
    expect(steps[3].audit.seq).toBe(3);
    expect(await audit.verify()).toMatchObject({ ok: true, rows: 5 });
  });

  test("a plan that is published takes the place of the one before; a withdrawn one is no longer signed", async () => {
    const [first, second] = [await approved(), await approved()];
    await take(first, approver, "publish");
    await take(second, approver, "publish");
    expect((await trial.store.approvals.list(first)).at(-1)).toMatchObject({ state: "superseded" });
    expect(await trial.store.approvals.isSigned(first)).toBe(false);
    await take(second, approver, "withdraw");
    expect(await trial.store.approvals.isSigned(second)).toBe(false);
  });

  test("steps out of order are refused, two approvers at once sign once", async () => {
    const planId = await solved();
    await expect(take(planId, approver, approve)).rejects.toMatchObject({ code: "wrong-step" });
    await expect(take(planId, approver, "publish")).rejects.toMatchObject({ code: "wrong-step" });
    await take(planId, planner, "submit");
    await expect(take(planId, planner, "submit")).rejects.toMatchObject({ code: "wrong-step" });
    const second = somebody("account_second", "approver");
    const both = await Promise.allSettled([take(planId, approver, approve), take(planId, second, approve)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(take("plan_none", planner, "submit")).rejects.toMatchObject({ code: "unknown-plan" });
  });

  test("whoever made the plan does not approve it: neither as planner and approver, nor by a key of their own", async () => {
    const planId = await solved();
    await take(planId, planner, "submit");
    const refused = { code: "not-granted" };
    await expect(take(planId, planner, approve)).rejects.toMatchObject(refused);
    await expect(take(planId, { ...planner, roles: ["planner", "approver"] }, approve)).rejects.toMatchObject(refused);
    await expect(take(planId, somebody("key_own", "approver", planner.id), approve)).rejects.toMatchObject(refused);
    await expect(take(planId, somebody("account_viewer", "viewer"), "withdraw")).rejects.toMatchObject(refused);
    const other = somebody("account_other", "planner");
    const handedIn = await solved();
    await take(handedIn, other, "submit");
    await expect(take(handedIn, { ...other, roles: ["approver"] }, approve)).rejects.toMatchObject(refused);
  });

  test("nothing is approved unseen: not another plan than the one looked at, not without a comparison, not a plan without decisions", async () => {
    const planId = await solved();
    await take(planId, planner, "submit");
    await expect(take(planId, approver, { ...approve, planHash: "other" })).rejects.toMatchObject({
      code: "stale-plan",
    });
    await expect(take(planId, approver, { ...approve, comparison: undefined })).rejects.toMatchObject({
      code: "no-comparison",
    });
    const none = await solved({ ...aPlan, status: "no_plan" });
    await take(none, planner, "submit");
    await expect(take(none, approver, approve)).rejects.toMatchObject({ code: "unverified-plan" });
  });

  test("warnings on which the plan rests are acknowledged one by one before it is approved, and stand in the sign-off", async () => {
    const scenario = await trial.store.scenarios.get(trial.scenarioId);
    const hash = scenario?.dataset_hash ?? "";
    const report = await pack({ findings: [WARNING, { ...WARNING, area: "scheduling" }] });
    const db = new Kysely<Schema>({ dialect: await dialectOf(trial.dir, trial.databaseUrl) });
    await db.updateTable("datasets").set({ report }).execute();
    await db.destroy();
    const planId = await solved();
    await take(planId, planner, "submit");
    await expect(take(planId, approver, approve)).rejects.toMatchObject({ code: "open-warnings", findings: [WARNING] });
    await trial.store.acknowledgements.add(hash, [findingId(WARNING)], planner.id, "the year is right");
    const signed = await take(planId, approver, approve);
    expect(signed.warnings).toEqual([
      { finding_id: findingId(WARNING), acknowledged_by: planner.id, reason: "the year is right" },
    ]);
  });

  test.each([
    [
      "a sign-off moved to another plan",
      (a: string, b: string) => `update approvals set plan_id = '${b}' where plan_id = '${a}'`,
    ],
    [
      "a state changed",
      (a: string) => `update approvals set state = 'published' where plan_id = '${a}' and state = 'approved'`,
    ],
    [
      "an approver changed",
      (a: string) => `update approvals set "by" = 'account_superintendent' where plan_id = '${a}'`,
    ],
    ["a sign-off removed", (a: string) => `delete from approvals where plan_id = '${a}'`],
    [
      "a plan's content changed after it was signed",
      (a: string) =>
        `update plans set metrics = '{}', content = (select content from datasets limit 1) where plan_id = '${a}'`,
    ],
    [
      "a sign-off made up",
      (a: string, b: string) =>
        `insert into approvals select 'approval_forged', '${b}', 1, district, 'approved', "by", at, reason, plan_hash, content_sha256, comparison, warnings, audit_seq, audit_hash from approvals where plan_id = '${a}' and state = 'approved'`,
    ],
  ])("by SQL: %s is found, and nothing leaves without its DRAFT mark", async (_what, statement) => {
    const [signed, draft] = [await approved(), await solved()];
    expect((await trial.store.audit.verify()).ok).toBe(true);
    await bySql(statement(signed, draft));
    expect((await trial.store.audit.verify()).ok).toBe(false);
    expect(await trial.store.approvals.isSigned(draft)).toBe(false);
    expect(await trial.store.approvals.isSigned(signed)).toBe(statement(signed, draft).startsWith("insert"));
  });
});
