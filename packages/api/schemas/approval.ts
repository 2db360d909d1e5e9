import { z } from "@hono/zod-openapi";
import { approvalSchema as modelApproval } from "@trivium/model";
import { flagSchema } from "./scenario.ts";

export const approvalSchema = modelApproval.meta({ id: "Approval" });

const reason = z.string().trim().min(1).max(4000).describe("why, for those who ask later");

export const stepSchema = z.strictObject({ reason }).meta({ id: "ApprovalStep" });

export const signOffSchema = z
  .strictObject({
    reason,
    plan_hash: z.string().describe("of the plan that was looked at"),
    compared_with: z.string().default("today").describe("what it was compared with: a plan_id, or `today`"),
  })
  .meta({ id: "SignOff" });

export const approvalsSchema = z
  .strictObject({
    state: modelApproval.shape.state,
    signed: z.boolean(),
    items: z.array(approvalSchema),
    flags: z
      .array(flagSchema)
      .describe("what of the plan's area is flagged as wrong and not settled, for whoever reviews it"),
  })
  .meta({ id: "Approvals" });
export type SignOff = z.input<typeof signOffSchema>;
export type ApprovalsResource = z.infer<typeof approvalsSchema>;
