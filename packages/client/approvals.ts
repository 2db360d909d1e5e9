import type { ApprovalsResource, SignOff } from "@trivium/api";
import type { Approval } from "@trivium/model";
import type { Transport } from "./transport.ts";

/** A plan's way from draft over review and approval to publication, each step with its reason. */
export class ApprovalCalls {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  of(planId: string): Promise<ApprovalsResource> {
    return this.#http.get(`/v1/plans/${encodeURIComponent(planId)}/approvals`);
  }
  handIn(planId: string, reason: string): Promise<Approval> {
    return this.#step(planId, "review", { reason });
  }
  requestChanges(planId: string, reason: string): Promise<Approval> {
    return this.#step(planId, "change-request", { reason });
  }
  signOff(planId: string, signOff: SignOff): Promise<Approval> {
    return this.#step(planId, "approval", signOff);
  }
  publish(planId: string, reason: string): Promise<Approval> {
    return this.#step(planId, "publication", { reason });
  }
  withdraw(planId: string, reason: string): Promise<Approval> {
    return this.#step(planId, "withdrawal", { reason });
  }

  #step(planId: string, step: string, body: object): Promise<Approval> {
    return this.#http.post(`/v1/plans/${encodeURIComponent(planId)}/${step}`, body);
  }
}
