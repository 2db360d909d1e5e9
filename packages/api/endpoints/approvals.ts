import { createRoute } from "@hono/zod-openapi";
import { type ApprovalStep, type Comparison, SIGNED } from "@trivium/model";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { carriedFlags } from "../carried-flags.ts";
import { found } from "../problem.ts";
import { asked } from "../questions.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { approvalSchema, approvalsSchema, signOffSchema, stepSchema } from "../schemas/approval.ts";
import { planId } from "../schemas/plan.ts";

const tags = ["approvals"];
const plan = "/v1/plans/{plan_id}";

const list = createRoute({
  method: "get",
  path: `${plan}/approvals`,
  tags,
  summary: "Where a plan stands on its way to being published, and how it came there",
  request: { params: planId },
  responses: { 200: json(approvalsSchema, "every step, the first one first"), ...problems(404) },
});

const approve = createRoute({
  method: "post",
  path: `${plan}/approval`,
  tags,
  summary: "Approve a plan",
  description:
    "By another person than the plan's author, beside a comparison, and only once the warnings on which the plan rests have been acknowledged. The sign-off keeps the plan's hash, the comparison, the warnings and where the audit log stood.",
  request: { params: planId, body: jsonBody(signOffSchema) },
  responses: { 201: json(approvalSchema, "approved"), ...problems(400, 404, 409, 413, 415, 422, 503) },
});

const STEPS = [
  ["review", "submit", "Hand a plan in for review"],
  ["change-request", "request_changes", "Ask for changes to a plan in review"],
  ["publication", "publish", "Publish an approved plan; the one published before is superseded"],
  ["withdrawal", "withdraw", "Withdraw a plan"],
] as const satisfies readonly (readonly [string, ApprovalStep, string])[];

/** Plans on their way from draft through review to published. The rules are the store's. */
export function approvals(api: Api, parts: ApiParts): void {
  const { store } = parts;
  api.openapi(list, async (c) => {
    const { plan_id } = c.req.valid("param");
    const summary = found(await store.plans.summary(plan_id), "plan", plan_id);
    const items = await store.approvals.list(plan_id);
    const state = items.at(-1)?.state ?? "draft";
    const signed = SIGNED.includes(state) && (await store.approvals.isSigned(plan_id));
    const flags = await carriedFlags(store, summary.dataset_hash, summary.area);
    return c.json({ state, signed, items, flags }, 200);
  });
  api.openapi(approve, async (c) => {
    const { plan_id } = c.req.valid("param");
    const { reason, plan_hash, compared_with } = c.req.valid("json");
    const { headline, figures } = await asked<Comparison>(parts, currentActor(c), {
      op: "compare",
      a: compared_with,
      b: plan_id,
    });
    const step = {
      step: "approve",
      reason,
      planHash: plan_hash,
      comparison: { compared_with, headline, figures },
    } as const;
    return c.json(await store.approvals.take(plan_id, currentActor(c), step), 201);
  });
  for (const [name, step, summary] of STEPS) {
    const endpoint = createRoute({
      method: "post",
      path: `${plan}/${name}`,
      tags,
      summary,
      request: { params: planId, body: jsonBody(stepSchema) },
      responses: { 201: json(approvalSchema, "done"), ...problems(400, 404, 409, 413, 415, 422) },
    });
    api.openapi(endpoint, async (c) => {
      const { plan_id } = c.req.valid("param");
      const { reason } = c.req.valid("json");
      return c.json(await store.approvals.take(plan_id, currentActor(c), { step, reason }), 201);
    });
  }
}
