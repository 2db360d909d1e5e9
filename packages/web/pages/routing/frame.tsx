import { Link, useParams, useSearch } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { type Places, type RoutingTables, useRouting } from "../../data/routing.ts";
import { common } from "../../text/common.ts";
import { routing as text } from "../../text/routing.ts";
import "../../theme/routing.css";

const TABS = [
  ["", text.tabs.map],
  ["/runs", text.tabs.runs],
  ["/day", text.tabs.day],
  ["/schools", text.tabs.schools],
  ["/on-time", text.tabs.reliability],
  ["/dispatch", text.tabs.dispatch],
  ["/compare", text.tabs.compare],
  ["/files", text.tabs.files],
] as const;

export interface RoutingView {
  readonly planId: string;
  readonly tables: RoutingTables;
  readonly places: Places;
}

/** What every page of a routing plan stands in: its name, the other views, and the plan with its places once they are there. */
export function RoutingFrame({ tab, children }: { tab: string; children: (view: RoutingView) => React.ReactNode }) {
  const { planId = "" } = useParams();
  const search = useSearch();
  const { plan, places } = useRouting(planId);
  const name = plan.data?.plan.scenario.name ?? common.areas.routing;
  const query = search === "" ? "" : `?${search}`;
  return (
    <>
      <PageHead
        title={name}
        above={[{ name: common.areas.routing, href: "/routing" }]}
        actions={<ButtonLink href={`/plans/${planId}`}>{text.toPlan}</ButtonLink>}
      />
      <nav className="tabs no-print" aria-label={text.tabs.label}>
        {TABS.map(([path, label]) => (
          <Link key={path} href={`/routing/${planId}${path}${query}`} aria-current={path === tab ? "page" : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <QueryState query={plan} lines={9}>
        {(tables) =>
          tables.plan.area !== "routing" ? (
            <EmptyState title={text.otherArea(common.areas[tables.plan.area])} />
          ) : tables.runs.size === 0 ? (
            <EmptyState title={text.noRuns} action={<ButtonLink href={`/plans/${planId}`}>{text.toPlan}</ButtonLink>}>
              {text.noRunsText}
            </EmptyState>
          ) : (
            <QueryState query={places} lines={9}>
              {(found) => children({ planId, tables, places: found })}
            </QueryState>
          )
        }
      </QueryState>
    </>
  );
}
