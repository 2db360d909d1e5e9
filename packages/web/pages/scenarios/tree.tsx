import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { EmptyDistrict } from "../../components/empty-district.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import type { PlanSummary, StoredScenario } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { ago, short } from "../../format.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.tree;
const NO_PLANS: readonly PlanSummary[] = [];

/** Every scenario below the one it was copied from, with its plans. */
export default function Tree() {
  const may = useMay();
  const datasets = useQuery(queries.datasets());
  const found = useQuery(queries.scenarios());
  const { data: plans = NO_PLANS } = useQuery(queries.plans());
  const planned = useMemo(() => Map.groupBy(plans, ({ scenario_id }) => scenario_id), [plans]);
  const newest = datasets.data?.[0]?.dataset_hash;
  const create = may("planner") && newest && (
    <ButtonLink look="main" href={`/scenarios/new?dataset=${newest}`}>
      {text.create}
    </ButtonLink>
  );
  return (
    <>
      <PageHead
        title={text.title}
        actions={
          <>
            <ButtonLink href="/compare">{text.compare}</ButtonLink>
            {create}
          </>
        }
      >
        {text.intro}
      </PageHead>
      <QueryState query={found}>
        {(rows) =>
          rows.length > 0 ? (
            <div className="card card-flush">
              <DataTable
                label={text.table}
                columns={columnsOf(planned, may("planner"))}
                rows={asTree(rows)}
                rowId={({ scenario_id }) => scenario_id}
              />
            </div>
          ) : datasets.data?.length === 0 ? (
            <EmptyDistrict />
          ) : (
            <EmptyState title={text.none} action={create}>
              {text.noneText}
            </EmptyState>
          )
        }
      </QueryState>
    </>
  );
}

type Row = StoredScenario & { readonly depth: number };

/** Each scenario followed by its copies; originals newest first, copies in the order they were made. */
function asTree(rows: readonly StoredScenario[]): Row[] {
  const known = new Set(rows.map(({ scenario_id }) => scenario_id));
  const copies = Map.groupBy(rows.toReversed(), ({ from }) => (from !== null && known.has(from) ? from : ""));
  const below = (from: string, depth: number): Row[] =>
    (copies.get(from) ?? []).flatMap((row) => [{ ...row, depth }, ...below(row.scenario_id, depth + 1)]);
  const roots = (copies.get("") ?? []).toReversed();
  return roots.flatMap((root) => [{ ...root, depth: 0 }, ...below(root.scenario_id, 1)]);
}

function columnsOf(planned: ReadonlyMap<string, readonly PlanSummary[]>, mayPlan: boolean): TableColumn<Row>[] {
  return [
    {
      id: "name",
      header: text.name,
      value: ({ scenario }) => scenario.name,
      cell: ({ scenario_id, scenario, depth }) => (
        <span className="branch" style={{ paddingInlineStart: `${depth * 20}px` }}>
          {depth > 0 && (
            <>
              <span aria-hidden="true" className="muted">
                └{" "}
              </span>
              <span className="visually-hidden">
                {text.copyOf} {depth}:{" "}
              </span>
            </>
          )}
          <Link href={`/scenarios/${scenario_id}`}>{scenario.name}</Link>
        </span>
      ),
    },
    {
      id: "changes",
      header: text.changes,
      align: "end",
      value: ({ scenario }) => scenario.changes.length,
      cell: ({ scenario }) => scenario.changes.length || text.noChanges,
    },
    {
      id: "plans",
      header: text.plans,
      value: ({ scenario_id }) => planned.get(scenario_id)?.length ?? 0,
      cell: ({ scenario_id }) => (
        <span className="row">
          {(planned.get(scenario_id) ?? []).map(({ plan_id, area, status }) => (
            <span key={plan_id} className="row">
              <Link href={`/plans/${plan_id}`}>{common.areas[area]}</Link>
              <StatusBadge status={status} />
            </span>
          ))}
        </span>
      ),
    },
    {
      id: "dataset",
      header: text.dataset,
      value: ({ dataset_hash }) => dataset_hash,
      cell: ({ dataset_hash }) => (
        <Link href={`/district/${dataset_hash}`}>
          <code>{short(dataset_hash)}</code>
        </Link>
      ),
    },
    {
      id: "made",
      header: text.made,
      value: ({ created_at }) => created_at,
      cell: ({ created_at }) => ago(created_at),
    },
    ...(mayPlan
      ? [
          {
            id: "copy",
            header: "",
            value: () => "",
            cell: ({ scenario_id }: Row) => (
              <ButtonLink look="small" href={`/scenarios/new?from=${scenario_id}`}>
                {text.whatIf}
              </ButtonLink>
            ),
          },
        ]
      : []),
  ];
}
