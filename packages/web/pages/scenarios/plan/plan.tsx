import { useQuery } from "@tanstack/react-query";
import type { Plan } from "@trivium/model";
import { useParams } from "wouter";
import { ButtonLink } from "../../../components/button.tsx";
import { PageHead } from "../../../components/page-head.tsx";
import { QueryState } from "../../../components/query-state.tsx";
import { QueryTabs, useView } from "../../../components/query-tabs.tsx";
import { StatusBadge } from "../../../components/status-badge.tsx";
import { queries } from "../../../data/queries.ts";
import type { PlanSummary } from "../../../data/resources.ts";
import { ago } from "../../../format.ts";
import { common } from "../../../text/common.ts";
import { scenarios } from "../../../text/scenarios.ts";
import { Details } from "./details.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { Figures } from "./figures.tsx";
import { Flags } from "./flags.tsx";
import { Parity } from "./parity.tsx";
import { SignOff } from "./sign-off.tsx";

const text = scenarios.plan;
const VIEWS = ["figures", "parity", "signoff", "flags", "details"] as const;

/** One plan: what it achieves, for whom, how it stands on its way to being signed, and what is said about it. */
export default function PlanPage() {
  const { planId = "" } = useParams();
  const plan = useQuery(queries.plan(planId));
  const summary = useQuery(queries.plans());
  return (
    <QueryState query={plan}>
      {(found) => (
        <>
          <Head plan={found} planId={planId} summary={summary.data?.find(({ plan_id }) => plan_id === planId)} />
          <QueryTabs label={text.title("", "")} views={VIEWS.map((view) => [view, text.tabs[view]])} />
          <View plan={found} planId={planId} />
        </>
      )}
    </QueryState>
  );
}

function View({ plan, planId }: { plan: Plan; planId: string }) {
  const view = useView(VIEWS);
  switch (view) {
    case "parity":
      return <Parity plan={plan} />;
    case "signoff":
      return <SignOff plan={plan} planId={planId} />;
    case "flags":
      return <Flags planId={planId} area={plan.area} />;
    case "details":
      return <Details plan={plan} />;
    default:
      return <Figures plan={plan} planId={planId} />;
  }
}

function Head({ plan, planId, summary }: { plan: Plan; planId: string; summary: PlanSummary | undefined }) {
  const approvals = useQuery(queries.approvals(planId));
  return (
    <PageHead
      title={text.title(common.areas[plan.area], plan.scenario.name)}
      above={[
        { name: scenarios.tree.title, href: "/scenarios" },
        ...(summary ? [{ name: plan.scenario.name, href: `/scenarios/${summary.scenario_id}` }] : []),
      ]}
      actions={
        <>
          {plan.area === "routing" && <ButtonLink href={`/routing/${planId}`}>{text.area.routing}</ButtonLink>}
          <ButtonLink href={`/compare?a=today&b=${planId}`}>{text.compare}</ButtonLink>
          <ExportMenu planId={planId} area={plan.area} signed={approvals.data?.signed ?? false} />
        </>
      }
    >
      <span className="row">
        <StatusBadge status={plan.status} />
        {approvals.data && <StatusBadge status={approvals.data.state} />}
        {summary && text.intro(ago(summary.created_at), plan.provenance.plan_hash.slice(0, 12))}
      </span>
    </PageHead>
  );
}
