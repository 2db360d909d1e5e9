import { useQuery } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import { Link } from "wouter";
import { queries } from "../data/queries.ts";
import type { PlanSummary } from "../data/resources.ts";
import { ago, short } from "../format.ts";
import { common } from "../text/common.ts";
import { figures, headline } from "../text/figures.ts";
import { plans as text } from "../text/plans.ts";
import { ButtonLink } from "./button.tsx";
import { DataTable, type TableColumn } from "./data-table.tsx";
import { writtenPlain } from "./figure.tsx";
import { PageHead } from "./page-head.tsx";
import { QueryState } from "./query-state.tsx";
import { EmptyState } from "./states.tsx";
import { StatusBadge } from "./status-badge.tsx";

const planPage = (planId: string) => `/plans/${planId}`;

/** Every plan of an area, newest first, with its main figures. @param href where a plan's own view is, if not on the page of all plans */
export function AreaPlans({ area, href = planPage }: { area: Area; href?: (planId: string) => string }) {
  const plans = useQuery(queries.plans());
  return (
    <>
      <PageHead title={common.areas[area]}>{text.intro[area]}</PageHead>
      <QueryState query={plans}>
        {(all) => {
          const found = all.filter((plan) => plan.area === area);
          return found.length === 0 ? (
            <EmptyState title={text.none} action={<ButtonLink href="/scenarios">{text.make}</ButtonLink>}>
              {text.noneText}
            </EmptyState>
          ) : (
            <div className="card card-flush">
              <DataTable
                label={text.table}
                columns={columnsOf(area, href)}
                rows={found}
                rowId={({ plan_id }) => plan_id}
              />
            </div>
          );
        }}
      </QueryState>
    </>
  );
}

const columnsOf = (area: Area, href: (planId: string) => string): TableColumn<PlanSummary>[] => [
  {
    id: "plan",
    header: text.plan,
    value: ({ plan_id }) => plan_id,
    cell: ({ plan_id }) => (
      <Link href={href(plan_id)}>
        {text.plan} <code>{short(plan_id)}</code>
      </Link>
    ),
  },
  { id: "made", header: text.made, value: ({ created_at }) => created_at, cell: ({ created_at }) => ago(created_at) },
  {
    id: "status",
    header: text.status,
    value: ({ status }) => status,
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  ...headline[area].map((metric): TableColumn<PlanSummary> => {
    const { label, unit } = figures[area][metric];
    const value = ({ metrics }: PlanSummary) => (typeof metrics[metric] === "number" ? metrics[metric] : null);
    return {
      id: metric,
      header: label,
      align: "end",
      value,
      cell: (row) => {
        const found = value(row);
        return found === null ? common.none : writtenPlain(found, unit);
      },
    };
  }),
];
