import { z } from "zod";
import { figureComparisonSchema } from "./comparison.ts";

/** draft → in review → changes requested / approved → published → superseded; what is not wanted any more is withdrawn. */
export const approvalStateSchema = z.enum([
  "draft",
  "in_review",
  "changes_requested",
  "approved",
  "published",
  "superseded",
  "withdrawn",
]);
export type ApprovalState = z.infer<typeof approvalStateSchema>;

/** What is done to a plan on its way, from which states, and where it leads. A plan that nobody handed in is a draft. */
export const APPROVAL_STEPS = {
  submit: { from: ["draft", "changes_requested", "withdrawn"], to: "in_review" },
  request_changes: { from: ["in_review"], to: "changes_requested" },
  approve: { from: ["in_review"], to: "approved" },
  publish: { from: ["approved"], to: "published" },
  withdraw: { from: ["in_review", "approved", "published"], to: "withdrawn" },
} as const satisfies Record<string, { from: readonly ApprovalState[]; to: ApprovalState }>;
export type ApprovalStep = keyof typeof APPROVAL_STEPS;

/** Only these leave the house without a DRAFT mark. */
export const SIGNED: readonly ApprovalState[] = ["approved", "published"];

/** The comparison that the approver had before them. */
export const comparisonSeenSchema = z.strictObject({
  compared_with: z.string().describe("a plan_id, or `today`"),
  headline: z.string(),
  figures: z.array(figureComparisonSchema),
});
export type ComparisonSeen = z.infer<typeof comparisonSeenSchema>;

/** A warning of the data that a person had accepted when the plan was signed. */
export const acceptedWarningSchema = z.strictObject({
  finding_id: z.string(),
  acknowledged_by: z.string(),
  reason: z.string(),
});
export type AcceptedWarning = z.infer<typeof acceptedWarningSchema>;

/** One step of a plan's approval. */
export const approvalSchema = z.strictObject({
  approval_id: z.string(),
  plan_id: z.string(),
  state: approvalStateSchema,
  by: z.string().describe("id of the account or key"),
  at: z.string(),
  reason: z.string(),
  plan_hash: z.string().describe("of the plan as it was then"),
  comparison: comparisonSeenSchema.nullable(),
  warnings: z.array(acceptedWarningSchema),
  audit: z
    .strictObject({ seq: z.number().int(), hash: z.string() })
    .describe("where the audit log stood: with it, nothing before can be cut off unseen"),
});
export type Approval = z.infer<typeof approvalSchema>;
