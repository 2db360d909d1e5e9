import { useQuery } from "@tanstack/react-query";
import type { Explanation, Plan, UnmetOf } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { NewScenario } from "../../components/new-scenario.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { client } from "../../data/client.ts";
import { useInAddress } from "../../data/in-address.ts";
import { queries } from "../../data/queries.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { scheduling } from "../../text/scheduling.ts";
import { mendChanges } from "./changes.ts";
import type { School } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";

const text = scheduling.unmet;
type UnmetRow = UnmetOf["scheduling"][number];

/** Requests that the plan does not meet, with their reasons and mends. */
export default function UnmetPage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(plan, school) => <Unmet plan={plan} school={school} />}
    </SchedulePage>
  );
}

function Unmet({ plan, school }: { plan: PlanSummary; school: School }) {
  const found = useQuery(queries.plan(plan.plan_id));
  return (
    <QueryState query={found} lines={8}>
      {(whole) => {
        const rows = (whole as Plan<"scheduling">).unmet.filter(({ course_id }) => school.courses.has(course_id));
        return rows.length === 0 ? (
          <EmptyState title={text.none}>{text.noneText}</EmptyState>
        ) : (
          <Rows plan={plan} school={school} rows={rows} />
        );
      }}
    </QueryState>
  );
}

function Rows({ plan, school, rows }: { plan: PlanSummary; school: School; rows: readonly UnmetRow[] }) {
  const [reason, setReason] = useInAddress("reason");
  const [mending, setMending] = useState<UnmetRow | null>(null);
  const reasons = [...new Set(rows.map(({ reason_code }) => reason_code))];
  const shown = reason === "" ? rows : rows.filter(({ reason_code }) => reason_code === reason);
  const count = (code: string) => rows.filter(({ reason_code }) => reason_code === code).length;
  const named = (code: string) => text.reasons[code] ?? code;
  const columns: TableColumn<UnmetRow>[] = [
    { id: "student", header: text.student, value: ({ student_id }) => student_id },
    {
      id: "course",
      header: text.course,
      value: ({ course_id }) => course_id,
      cell: ({ course_id }) => (
        <span title={course_id}>
          {course_id} <span className="muted">{school.courses.get(course_id)?.title}</span>
        </span>
      ),
    },
    { id: "kind", header: text.kind, value: ({ kind }) => text.kinds[kind] },
    {
      id: "reason",
      header: text.reason,
      value: ({ reason_code }) => named(reason_code),
      cell: ({ reason_code }) => (
        <Badge tone={reason_code === "not_proven" ? "warn" : "none"}>{named(reason_code)}</Badge>
      ),
    },
    { id: "witness", header: text.witness, value: ({ witness }) => witness?.replaceAll("|", ", ") },
    { id: "fix", header: text.fix, value: ({ fix }) => fix },
    {
      id: "mend",
      header: "",
      value: () => "",
      cell: (row) => (
        <Button look="small" onClick={() => setMending(row)}>
          {text.mend}
        </Button>
      ),
    },
  ];
  return (
    <>
      <fieldset className="chips no-print">
        <legend className="visually-hidden">{text.reason}</legend>
        {["", ...reasons].map((code) => (
          <Button key={code} look="small" aria-pressed={reason === code} onClick={() => setReason(code)}>
            {code === "" ? text.all : named(code)} ({code === "" ? rows.length : count(code)})
          </Button>
        ))}
      </fieldset>
      <div className="card card-flush">
        <DataTable
          label={text.table}
          columns={columns}
          rows={shown}
          rowId={({ student_id, course_id }) => `${student_id} ${course_id}`}
        />
      </div>
      {mending && <MendDialog plan={plan} school={school} row={mending} onClose={() => setMending(null)} />}
    </>
  );
}

function MendDialog({
  plan,
  school,
  row,
  onClose,
}: {
  plan: PlanSummary;
  school: School;
  row: UnmetRow;
  onClose: () => void;
}) {
  const { student_id, course_id } = row;
  const told = useQuery({
    queryKey: ["explanation", plan.plan_id, student_id, course_id],
    queryFn: () =>
      client.explain({ plan_id: plan.plan_id, subject: { kind: "request", id: `${student_id}:${course_id}` } }),
  });
  return (
    <Dialog title={text.mendTitle(student_id, course_id)} onClose={onClose}>
      <QueryState query={told}>{(found) => <Mends plan={plan} school={school} row={row} told={found} />}</QueryState>
    </Dialog>
  );
}

function Mends({ plan, school, row, told }: { plan: PlanSummary; school: School; row: UnmetRow; told: Explanation }) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <>
      <p>{told.summary}</p>
      <p>
        <Badge tone={told.proven ? "good" : "warn"}>{told.proven ? text.proven : text.notProven}</Badge>
      </p>
      {told.mends.length === 0 && <p className="muted">{text.noMend}</p>}
      <ul className="stack-close">
        {told.mends.map(({ change, effect, mend }, index) => {
          const changes = mend ? mendChanges(school, mend) : [];
          return (
            <li key={change} className="notice">
              <p>{change}</p>
              <p className="small muted">{effect}</p>
              {changes.length === 0 ? (
                <p className="small muted">{text.byHand}</p>
              ) : chosen === index ? (
                <NewScenario
                  plan={plan}
                  area="scheduling"
                  name={text.name(row.student_id, row.course_id)}
                  changes={changes}
                  page="/scheduling/unmet"
                />
              ) : (
                <div>
                  <Button look="small" onClick={() => setChosen(index)}>
                    {text.make}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
