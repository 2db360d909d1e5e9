import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ApprovalState, Plan, Role } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { TextField } from "../../../components/field.tsx";
import { QueryState } from "../../../components/query-state.tsx";
import { ProblemNotice } from "../../../components/states.tsx";
import { StatusBadge } from "../../../components/status-badge.tsx";
import { tell } from "../../../components/toast.tsx";
import { client } from "../../../data/client.ts";
import { queries } from "../../../data/queries.ts";
import type { Approvals } from "../../../data/resources.ts";
import { useMay } from "../../../data/session.tsx";
import { dateTime } from "../../../format.ts";
import { scenarios } from "../../../text/scenarios.ts";

const text = scenarios.signoff;

type Step = keyof typeof text.done;
/** What may be done in a state, and by whom. The server decides; this only spares buttons that it would refuse. */
const STEPS: readonly { readonly step: Step; readonly from: readonly ApprovalState[]; readonly by: readonly Role[] }[] =
  [
    { step: "submit", from: ["draft", "changes_requested", "withdrawn"], by: ["planner"] },
    { step: "approve", from: ["in_review"], by: ["approver"] },
    { step: "request_changes", from: ["in_review"], by: ["approver"] },
    { step: "publish", from: ["approved"], by: ["approver"] },
    { step: "withdraw", from: ["in_review", "approved", "published"], by: ["planner", "approver"] },
  ];

/** The plan's way from draft to published: every step with who, when and why, and the next one. */
export function SignOff({ plan, planId }: { plan: Plan; planId: string }) {
  const approvals = useQuery(queries.approvals(planId));
  return (
    <QueryState query={approvals}>
      {(found) => (
        <div className="columns">
          <NextStep approvals={found} plan={plan} planId={planId} />
          <History approvals={found} />
        </div>
      )}
    </QueryState>
  );
}

function History({ approvals }: { approvals: Approvals }) {
  return (
    <section className="card" aria-label={text.steps}>
      <h2>{text.steps}</h2>
      {approvals.items.length === 0 && <p className="muted">{text.none}</p>}
      <ol className="stack-close">
        {approvals.items.map(({ approval_id, state, by, at, reason, comparison, warnings, audit, plan_hash }) => (
          <li key={approval_id} className="stack-tight">
            <span className="row">
              <StatusBadge status={state} />
              <span className="small muted">{text.by(by, dateTime(at))}</span>
            </span>
            <p>{reason}</p>
            {comparison && (
              <p className="small muted">
                {text.seen}: {comparison.headline}
              </p>
            )}
            <p className="small muted">
              {warnings.length > 0 && `${text.warnings(warnings.length)}, `}
              {text.audit(audit.seq)}, <code>{plan_hash.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function NextStep({ approvals, plan, planId }: { approvals: Approvals; plan: Plan; planId: string }) {
  const may = useMay();
  const [reason, setReason] = useState("");
  const queryClient = useQueryClient();
  const take = useMutation({
    mutationFn: (step: Step) => taken(step, planId, reason, plan.provenance.plan_hash),
    onSuccess: async (_approval, step) => {
      setReason("");
      await queryClient.invalidateQueries({ queryKey: queries.approvals(planId).queryKey });
      tell(text.done[step]);
    },
  });
  const possible = STEPS.filter(({ from, by }) => from.includes(approvals.state) && may(...by));
  return (
    <section className="card" aria-label={text.next}>
      <div className="card-head">
        <h2>{text.next}</h2>
        <StatusBadge status={approvals.state} />
      </div>
      {approvals.flags.length > 0 && (
        <div className="notice" data-tone="warn">
          <p>{text.flagsOpen(approvals.flags.length)}</p>
        </div>
      )}
      {possible.length === 0 ? (
        <p className="muted">{text.nothing}</p>
      ) : (
        <div className="form">
          {possible.some(({ step }) => step === "approve") && (
            <p className="small muted">
              {text.compareFirst} {text.anotherPerson}
            </p>
          )}
          <TextField
            label={text.reason}
            hint={text.reasonHint}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {take.isError && <ProblemNotice error={take.error} />}
          <div className="row">
            {possible.map(({ step }, index) => (
              <Button
                key={step}
                look={index === 0 ? "main" : step === "withdraw" ? "danger" : []}
                disabled={take.isPending || reason.trim() === ""}
                onClick={() => take.mutate(step)}
              >
                {text.steps_[step]}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

function taken(step: Step, planId: string, reason: string, plan_hash: string) {
  const { approvals } = client;
  switch (step) {
    case "submit":
      return approvals.handIn(planId, reason);
    case "request_changes":
      return approvals.requestChanges(planId, reason);
    case "approve":
      return approvals.signOff(planId, { reason, plan_hash, compared_with: "today" });
    case "publish":
      return approvals.publish(planId, reason);
    default:
      return approvals.withdraw(planId, reason);
  }
}
