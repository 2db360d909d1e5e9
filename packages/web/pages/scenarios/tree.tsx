import { useQuery } from "@tanstack/react-query";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { queries } from "../../data/queries.ts";
import type { StoredScenario } from "../../data/resources.ts";
import { ago } from "../../format.ts";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.tree;

/** Every scenario. */
export default function Tree() {
  const found = useQuery(queries.scenarios());
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <QueryState query={found}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={text.none}>{text.noneText}</EmptyState>
          ) : (
            <div className="card card-flush">
              <DataTable label={text.table} columns={COLUMNS} rows={rows} rowId={({ scenario_id }) => scenario_id} />
            </div>
          )
        }
      </QueryState>
    </>
  );
}

const COLUMNS: readonly TableColumn<StoredScenario>[] = [
  { id: "name", header: text.name, value: ({ scenario }) => scenario.name },
  { id: "changes", header: text.changes, align: "end", value: ({ scenario }) => scenario.changes.length },
  { id: "made", header: text.made, value: ({ created_at }) => created_at, cell: ({ created_at }) => ago(created_at) },
];
