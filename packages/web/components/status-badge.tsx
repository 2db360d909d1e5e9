import type { ApprovalState, FlagState, JobStatus, PlanStatus } from "@trivium/model";
import { status as words } from "../text/status.ts";

type Tone = "good" | "bad" | "warn" | "busy" | "none";
type Status = JobStatus | PlanStatus | ApprovalState | FlagState;

const TONES: Readonly<Record<Status, Tone>> = {
  queued: "none",
  running: "busy",
  succeeded: "good",
  failed: "bad",
  cancelled: "warn",
  optimal: "good",
  feasible: "good",
  must_do_unmet: "warn",
  infeasible: "bad",
  no_plan: "bad",
  draft: "none",
  in_review: "busy",
  changes_requested: "warn",
  approved: "good",
  published: "good",
  superseded: "none",
  withdrawn: "none",
  open: "warn",
  accepted: "busy",
  rejected: "none",
  mended: "good",
};

/** How a job, plan, approval or flag stands: a word and a tone, never the colour alone. */
export function StatusBadge({ status }: { status: Status }) {
  return <Badge tone={TONES[status]}>{words[status]}</Badge>;
}

export function Badge({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}
