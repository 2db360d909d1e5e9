import { useMutation } from "@tanstack/react-query";
import type { AbsentBusesAnswer } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Field } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { client } from "../../data/client.ts";
import { clock } from "../../format.ts";
import { routing } from "../../text/routing.ts";
import type { RoutingView } from "./frame.tsx";

const text = routing.dispatch;

/** Who drives the runs of buses or drivers that are missing today. */
export function AbsentBuses({ view: { planId, tables } }: { view: RoutingView }) {
  const [buses, setBuses] = useState("");
  const [count, setCount] = useState("");
  const [spares, setSpares] = useState(true);
  const named = buses.split(/[,\s]+/).filter(Boolean);
  const ask = useMutation({
    mutationFn: () => {
      const which = named.length > 0 ? { bus_ids: named } : { count: Number(count) };
      const question = { kind: "absent_buses", ...which, use_spares: spares };
      return client.ask({ plan_id: planId, question }) as Promise<unknown> as Promise<AbsentBusesAnswer>;
    },
  });
  const isAsked = named.length > 0 || Number(count) >= 1;
  return (
    <section className="card" aria-label={text.absent}>
      <h2>{text.absent}</h2>
      <p>{text.absentText}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Field
          label={text.buses}
          hint={tables.buses.slice(0, 3).join(", ")}
          value={buses}
          onChange={({ target }) => setBuses(target.value)}
        />
        {named.length === 0 && (
          <Field
            label={text.count}
            type="number"
            min={1}
            max={tables.buses.length}
            value={count}
            onChange={({ target }) => setCount(target.value)}
          />
        )}
        <label className="check">
          <input type="checkbox" checked={spares} onChange={({ target }) => setSpares(target.checked)} />
          {text.spares}
        </label>
        <div className="row">
          <Button type="submit" look="main" disabled={!isAsked || ask.isPending}>
            {text.cover}
          </Button>
        </div>
      </form>
      {ask.isError && <ProblemNotice error={ask.error} />}
      {ask.data && <Covered answer={ask.data} />}
    </section>
  );
}

function Covered({ answer }: { answer: AbsentBusesAnswer }) {
  const { bus_ids, covered, uncovered, delayed, student_minutes_late, riders_without_bus } = answer;
  return (
    <div className="stack-close" role="status">
      <p>
        <strong>{text.chosen(bus_ids.join(", "))}</strong> {text.outcome(student_minutes_late, riders_without_bus)}
      </p>
      <Part title={text.covered} columns={COVERED} rows={covered} />
      <Part title={text.uncovered} columns={UNCOVERED} rows={uncovered} />
      <Part title={text.delayed} columns={DELAYED} rows={delayed} />
    </div>
  );
}

function Part<R extends { run_id: string }>({
  title,
  columns,
  rows,
}: {
  title: string;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
}) {
  if (rows.length === 0) return null;
  return (
    <section className="stack-close" aria-label={title}>
      <h3>{title}</h3>
      <div className="card-flush run-table">
        <DataTable label={title} columns={columns} rows={rows} rowId={({ run_id }) => run_id} searchable={false} />
      </div>
    </section>
  );
}

interface Named {
  readonly run_id: string;
  readonly riders: number;
}
const run = <R extends Named>(): TableColumn<R> => ({
  id: "run",
  header: routing.run.of,
  value: ({ run_id }) => run_id,
});
const riders = <R extends Named>(): TableColumn<R> => ({
  id: "riders",
  header: routing.run.riders,
  align: "end",
  value: (row) => row.riders,
});

const COVERED: readonly TableColumn<AbsentBusesAnswer["covered"][number]>[] = [
  run(),
  { id: "by", header: text.by, value: ({ bus_id }) => bus_id },
  { id: "after", header: text.after, value: ({ after_run }) => after_run ?? text.first },
  {
    id: "begins",
    header: text.begins,
    align: "end",
    value: ({ begins }) => begins,
    cell: ({ begins }) => clock(begins),
  },
  { id: "late", header: text.lateMin, align: "end", value: ({ late_min }) => late_min },
  riders(),
];
const UNCOVERED: readonly TableColumn<AbsentBusesAnswer["uncovered"][number]>[] = [
  run(),
  { id: "reason", header: text.reason, value: ({ reason }) => reason },
  riders(),
];
const DELAYED: readonly TableColumn<AbsentBusesAnswer["delayed"][number]>[] = [
  run(),
  { id: "bus", header: routing.run.bus, value: ({ bus_id }) => bus_id },
  { id: "late", header: text.lateMin, align: "end", value: ({ late_min }) => late_min },
  riders(),
];
