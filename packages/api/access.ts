import type { Role } from "@trivium/model";

/**
 * Who may call what, all of it in this one place. Every role reads (`viewer`); an endpoint that is not here cannot be added to the API.
 * `public`: before anybody has signed in. The document says the same as `x-roles`.
 */
const ACCESS: Readonly<Record<string, Access>> = {
  "GET /healthz": "public",
  "GET /readyz": "public",
  "GET /metrics": "viewer",
  "GET /v1/session": "viewer",
  "POST /v1/session": "public",
  "DELETE /v1/session": "viewer",
  "GET /v1/session/provider": "public",
  "GET /v1/session/callback": "public",
  "GET /v1/limits": "viewer",

  "POST /v1/datasets": "planner",
  "POST /v1/demo": "planner",
  "POST /v1/checks": "planner",
  "GET /v1/datasets": "viewer",
  "GET /v1/datasets/{dataset_hash}": "viewer",
  "DELETE /v1/datasets/{dataset_hash}": "admin",
  "GET /v1/datasets/{dataset_hash}/findings": "viewer",
  "GET /v1/datasets/{dataset_hash}/acknowledgements": "viewer",
  "POST /v1/datasets/{dataset_hash}/acknowledgements": "planner",
  "GET /v1/datasets/{dataset_hash}/places": "viewer",
  "GET /v1/datasets/{dataset_hash}/roads/{z}/{x}/{y}": "viewer",
  "GET /v1/templates": "viewer",
  "GET /v1/templates/{table}": "viewer",
  "GET /v1/mappings": "viewer",
  "GET /v1/mappings/{name}": "viewer",
  "PUT /v1/mappings/{name}": "planner",
  "DELETE /v1/mappings/{name}": "planner",

  "POST /v1/scenarios": "planner",
  "GET /v1/scenarios": "viewer",
  "GET /v1/scenarios/{scenario_id}": "viewer",
  "GET /v1/scenarios/{scenario_id}/lineage": "viewer",
  "POST /v1/analyses": "planner",
  "POST /v1/what-ifs": "planner",
  "GET /v1/what-ifs": "viewer",
  "GET /v1/what-ifs/{what_if_id}": "viewer",

  "POST /v1/solves": "planner",
  "GET /v1/jobs": "viewer",
  "GET /v1/jobs/{job_id}": "viewer",
  "GET /v1/jobs/{job_id}/events": "viewer",
  "POST /v1/jobs/{job_id}/cancel": "planner",

  "GET /v1/plans": "viewer",
  "GET /v1/plans/{plan_id}": "viewer",
  "GET /v1/plans/{plan_id}/export": "viewer",
  "GET /v1/plans/{plan_id}/approvals": "viewer",
  "POST /v1/plans/{plan_id}/review": "planner",
  "POST /v1/plans/{plan_id}/change-request": "approver",
  "POST /v1/plans/{plan_id}/approval": "approver",
  "POST /v1/plans/{plan_id}/publication": "approver",
  "POST /v1/plans/{plan_id}/withdrawal": ["planner", "approver"],
  "GET /v1/flags": "viewer",
  "POST /v1/flags": "viewer",
  "POST /v1/flags/{flag_id}/triage": "planner",
  "POST /v1/comparisons": "viewer",
  "POST /v1/explanations": "viewer",
  "POST /v1/questions": "viewer",

  "POST /v1/vroom": "planner",
  "GET /v1/vroom/{vroom_id}": "viewer",

  "GET /v1/webhooks": "admin",
  "POST /v1/webhooks": "admin",
  "GET /v1/webhooks/{webhook_id}/deliveries": "admin",
  "DELETE /v1/webhooks/{webhook_id}": "admin",

  "GET /v1/keys": "admin",
  "POST /v1/keys": "admin",
  "DELETE /v1/keys/{key_id}": "admin",
  "GET /v1/accounts": "admin",
  "POST /v1/accounts": "admin",
  "PATCH /v1/accounts/{account_id}": "admin",
  "GET /v1/audit": "admin",
  "GET /v1/audit/verification": "admin",
};

/** One role, any of several, or everybody. */
export type Access = Role | "public" | readonly Role[];

/** Answers and work that are of all schools at once: not for those who have some schools only. */
const OF_ALL_SCHOOLS = new Set([
  "POST /v1/datasets",
  "POST /v1/demo",
  "POST /v1/analyses",
  "POST /v1/comparisons",
  "POST /v1/explanations",
  "POST /v1/questions",
  "POST /v1/what-ifs",
  "GET /v1/what-ifs/{what_if_id}",
  "POST /v1/plans/{plan_id}/approval",
  "POST /v1/plans/{plan_id}/publication",
]);
export const ofAllSchools = ({ method, path }: Described): boolean =>
  OF_ALL_SCHOOLS.has(`${method.toUpperCase()} ${path}`);

/** POSTs that only ask, or that are written down elsewhere. */
const ASKING = new Set([
  "/v1/analyses",
  "/v1/comparisons",
  "/v1/explanations",
  "/v1/questions",
  "/v1/checks",
  "/v1/vroom",
  "/v1/session",
]);

/** Whether a call changes anything, and so stands in the audit log. */
export const writes = ({ method, path }: Described): boolean =>
  !["GET", "HEAD", "OPTIONS"].includes(method.toUpperCase()) && !ASKING.has(path);

export interface Described {
  readonly method: string;
  readonly path: string;
}

/** @throws Error where the table does not say */
export function accessOf({ method, path }: Described): Access {
  const key = `${method.toUpperCase()} ${path}`;
  if (!Object.hasOwn(ACCESS, key)) throw new Error(`access.ts does not say who may call ${key}`);
  return ACCESS[key];
}
