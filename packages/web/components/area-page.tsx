import { useQuery } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import { useRef } from "react";
import { Link, useLocation } from "wouter";
import { useInAddress } from "../data/in-address.ts";
import { queries } from "../data/queries.ts";
import type { PlanSummary } from "../data/resources.ts";
import { ago, short } from "../format.ts";
import { common } from "../text/common.ts";
import { plans as text } from "../text/plans.ts";
import { ButtonLink } from "./button.tsx";
import { PageHead } from "./page-head.tsx";
import { QueryState } from "./query-state.tsx";
import { EmptyState } from "./states.tsx";

interface Props {
  readonly area: Area;
  readonly title: string;
  readonly intro: string;
  readonly tabs: readonly { readonly name: string; readonly href: string }[];
  readonly actions?: (plan: PlanSummary) => React.ReactNode;
  readonly children: (plan: PlanSummary) => React.ReactNode;
}

/** A page about one plan of an area: the newest, or the one that the address names (`?plan=`), with the area's other pages beside it. */
export function AreaPage({ area, title, intro, tabs, actions, children }: Props) {
  const [wanted, choose] = useInAddress("plan");
  const plans = useQuery(queries.plans());
  const scenarios = useQuery(queries.scenarios());
  const found = plans.data?.filter((plan) => plan.area === area) ?? [];
  // A plan that is made meanwhile, maybe on this very page, does not take the place of the one that is looked at.
  const first = useRef<string>(undefined);
  first.current ??= found[0]?.plan_id;
  const plan = found.find(({ plan_id }) => plan_id === (wanted === "" ? first.current : wanted));
  const nameOf = (each: PlanSummary) =>
    scenarios.data?.find(({ scenario_id }) => scenario_id === each.scenario_id)?.scenario.name ?? short(each.plan_id);
  return (
    <>
      <PageHead
        title={title}
        above={[{ name: common.areas[area], href: `/${area}` }]}
        actions={plan && actions?.(plan)}
      >
        {intro}
      </PageHead>
      <TabLinks label={common.areas[area]} tabs={tabs} />
      <QueryState query={plans}>
        {() =>
          plan === undefined ? (
            <EmptyState title={text.none} action={<ButtonLink href="/scenarios">{text.make}</ButtonLink>}>
              {wanted === "" ? text.noneText : text.gone}
            </EmptyState>
          ) : (
            <div className="stack">
              {found.length > 1 && (
                <label className="row small no-print">
                  {text.plan}
                  <select
                    className="input plan-choice"
                    value={plan.plan_id}
                    onChange={(event) => choose(event.target.value)}
                  >
                    {found.map((each) => (
                      <option key={each.plan_id} value={each.plan_id}>
                        {nameOf(each)} ({ago(each.created_at)})
                      </option>
                    ))}
                  </select>
                </label>
              )}
              {children(plan)}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

/** The pages of an area; the plan that is looked at goes with them. */
export function TabLinks({ label, tabs }: { label: string; tabs: Props["tabs"] }) {
  const [path] = useLocation();
  const [wanted] = useInAddress("plan");
  return (
    <nav className="tabs no-print" aria-label={label}>
      {tabs.map(({ name, href }) => (
        <Link
          key={href}
          href={wanted === "" ? href : `${href}?plan=${encodeURIComponent(wanted)}`}
          aria-current={path === href ? "page" : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
