import { useQuery } from "@tanstack/react-query";
import type { Job } from "@trivium/model";
import { Link } from "wouter";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import { dateTime, duration, short } from "../../format.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

const text = admin.jobs;

/** Every solve, with who asked for it and how it went. */
export default function Jobs() {
  const jobs = useQuery(queries.jobs());
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <QueryState query={jobs}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={text.none} />
          ) : (
            <div className="card card-flush">
              <DataTable label={text.table} columns={COLUMNS} rows={found} rowId={({ job_id }) => job_id} />
            </div>
          )
        }
      </QueryState>
    </>
  );
}

const seconds = ({ started_at, ended_at }: Job): number | null =>
  started_at && ended_at ? (Date.parse(ended_at) - Date.parse(started_at)) / 1000 : null;

const COLUMNS: readonly TableColumn<Job>[] = [
  {
    id: "job",
    header: text.job,
    value: ({ job_id }) => job_id,
    cell: ({ job_id }) => (
      <Link href={`/jobs/${job_id}`}>
        <code>{short(job_id)}</code>
      </Link>
    ),
  },
  { id: "area", header: text.area, value: ({ area }) => common.areas[area] },
  {
    id: "status",
    header: text.status,
    value: ({ status }) => status,
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  { id: "priority", header: text.priority, value: ({ priority }) => priority },
  { id: "by", header: text.by, value: ({ submitted_by }) => submitted_by },
  {
    id: "created",
    header: text.created,
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => dateTime(created_at),
  },
  {
    id: "took",
    header: text.took,
    align: "end",
    value: seconds,
    cell: (job) => {
      const took = seconds(job);
      return took === null ? common.none : duration(took);
    },
  },
  { id: "attempt", header: text.attempt, align: "end", value: ({ attempt }) => attempt },
  { id: "error", header: text.error, value: ({ error }) => error?.message },
];
