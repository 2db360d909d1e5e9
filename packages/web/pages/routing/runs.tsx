import { useMemo } from "react";
import { Link, useSearch } from "wouter";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import type { Run } from "../../data/routing.ts";
import { clock, decimal } from "../../format.ts";
import { common } from "../../text/common.ts";
import { routing } from "../../text/routing.ts";
import { RunFilters, schoolNames, useLooked, useRuns } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";
import { RunPanel } from "./run-panel.tsx";

const text = routing.run;

/** Every run in a table that is filtered, sorted and searched; the open one stands below it with its stops and riders. */
export default function RunsPage() {
  return <RoutingFrame tab="/runs">{(view) => <Runs view={view} />}</RoutingFrame>;
}

function Runs({ view }: { view: RoutingView }) {
  const { planId, tables, places } = view;
  const [looked] = useLooked();
  const shown = useRuns(tables, looked);
  const search = useSearch();
  const columns = useMemo(() => {
    const hrefOf = (runId: string) => {
      const next = new URLSearchParams(search);
      next.set("run", runId);
      return `/routing/${planId}/runs?${next}`;
    };
    return columnsOf({ planId, tables, places }, hrefOf);
  }, [planId, tables, places, search]);
  const run = looked.run === null ? undefined : tables.runs.get(looked.run);
  return (
    <>
      <RunFilters tables={tables} places={places} />
      <div className={run ? "runs-page" : undefined}>
        <div className="card card-flush">
          <DataTable
            label={routing.runs.table}
            columns={columns}
            rows={shown}
            rowId={({ run_id }) => run_id}
            maxHeight="calc(100vh - 280px)"
          />
        </div>
        {run && <RunPanel key={run.run_id} view={view} run={run} />}
      </div>
    </>
  );
}

function columnsOf({ tables, places }: RoutingView, hrefOf: (runId: string) => string): TableColumn<Run>[] {
  const names = schoolNames(places);
  const ridesOf = ({ run_id }: Run) => tables.ridesOf.get(run_id) ?? [];
  const longestOf = (run: Run) => Math.max(0, ...ridesOf(run).map(({ ride_min }) => ride_min ?? 0));
  return [
    {
      id: "run",
      header: text.of,
      value: ({ run_id }) => run_id,
      cell: ({ run_id }) => (
        <Link className="run-id" href={hrefOf(run_id)}>
          {run_id}
        </Link>
      ),
    },
    {
      id: "school",
      header: text.school,
      value: ({ school_ids }) => school_ids.map((id) => names.get(id) ?? id).join(", "),
    },
    { id: "bus", header: text.bus, value: ({ bus_id }) => bus_id ?? text.noBus },
    {
      id: "leaves",
      header: text.leaves,
      align: "end",
      value: ({ depart }) => depart,
      cell: ({ depart }) => clock(depart),
    },
    {
      id: "arrives",
      header: text.arrives,
      align: "end",
      value: ({ arrive }) => arrive,
      cell: ({ arrive }) => clock(arrive),
    },
    { id: "minutes", header: text.minutes, align: "end", value: (run) => Math.round((run.arrive - run.depart) / 60) },
    {
      id: "miles",
      header: text.miles,
      align: "end",
      value: ({ miles }) => miles,
      cell: ({ miles }) => (miles === undefined ? common.none : decimal(miles)),
    },
    { id: "stops", header: text.stops, align: "end", value: ({ run_id }) => tables.stopsOf.get(run_id)?.length ?? 0 },
    { id: "riders", header: text.riders, align: "end", value: (run) => ridesOf(run).length },
    {
      id: "longest",
      header: text.longest,
      align: "end",
      value: longestOf,
      cell: (run) => `${decimal(longestOf(run))} ${text.minutesShort}`,
    },
  ];
}
