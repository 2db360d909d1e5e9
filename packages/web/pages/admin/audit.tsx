import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { OnlyFor } from "../../components/only-for.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ErrorState, LoadingState, ProblemNotice } from "../../components/states.tsx";
import { client } from "../../data/client.ts";
import type { AuditEntry } from "../../data/resources.ts";
import { dateTime } from "../../format.ts";
import { admin } from "../../text/admin.ts";

const text = admin.audit;
const PAGE = 200;

/** The append-only log, and the proof that nothing in it was altered. */
export default function Audit() {
  return (
    <>
      <PageHead title={text.title}>{text.intro}</PageHead>
      <OnlyFor who="admin">
        <Log />
      </OnlyFor>
    </>
  );
}

function Log() {
  const log = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) => client.access.audit({ limit: PAGE, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (log.isError) return <ErrorState error={log.error} retry={() => void log.refetch()} />;
  if (!log.data) return <LoadingState />;
  return (
    <div className="stack">
      <Chain />
      <div className="card card-flush">
        <DataTable
          label={text.table}
          columns={COLUMNS}
          rows={log.data.pages.flatMap(({ items }) => items)}
          rowId={({ seq }) => String(seq)}
        />
      </div>
      {log.hasNextPage && (
        <div>
          <Button disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {text.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function Chain() {
  const verify = useMutation({ mutationFn: () => client.access.verifyAudit() });
  const { data: found } = verify;
  return (
    <>
      <div>
        <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
          {text.verify}
        </Button>
      </div>
      {verify.isError && <ProblemNotice error={verify.error} />}
      {found && (
        <div className="notice" data-tone={found.ok ? "good" : "bad"} role="status">
          <p>
            {found.ok
              ? text.ok(found.entries, found.head.seq, found.head.hash.slice(0, 16))
              : text.broken(found.problem_count)}
          </p>
        </div>
      )}
    </>
  );
}

const COLUMNS: readonly TableColumn<AuditEntry>[] = [
  { id: "seq", header: text.seq, align: "end", value: ({ seq }) => seq },
  {
    id: "at",
    header: text.at,
    value: ({ at }) => at,
    cell: ({ at }) => <span className="nowrap">{dateTime(at)}</span>,
  },
  { id: "actor", header: text.actor, value: ({ actor }) => actor },
  { id: "action", header: text.action, value: ({ action }) => admin.actions[action] ?? action },
  {
    id: "subject",
    header: text.subject,
    value: ({ subject }) => subject,
    cell: ({ subject }) => <code>{subject}</code>,
  },
  {
    id: "detail",
    header: text.detail,
    value: ({ detail }) => (Object.keys(detail).length === 0 ? "" : JSON.stringify(detail)),
    cell: ({ detail }) =>
      Object.keys(detail).length > 0 && <span className="small muted break">{JSON.stringify(detail)}</span>,
    wide: true,
  },
];
