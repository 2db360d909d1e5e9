import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Area, Flag } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { Field, SelectField, TextField } from "../../../components/field.tsx";
import { QueryState } from "../../../components/query-state.tsx";
import { EmptyState, ProblemNotice } from "../../../components/states.tsx";
import { StatusBadge } from "../../../components/status-badge.tsx";
import { tell } from "../../../components/toast.tsx";
import { client } from "../../../data/client.ts";
import { queries } from "../../../data/queries.ts";
import { useMay } from "../../../data/session.tsx";
import { ago } from "../../../format.ts";
import { scenarios } from "../../../text/scenarios.ts";
import { AnswerFlag } from "./answer-flag.tsx";

const text = scenarios.flags;
const KINDS = {
  scheduling: ["section", "course", "teacher", "room", "school"],
  routing: ["route", "run", "stop", "bus", "school"],
  facilities: ["asset", "forecast", "project", "building", "school"],
} as const satisfies Record<Area, readonly Flag["kind"][]>;

/** What people say is wrong in this plan, and what became of it. Anyone who reads may say so. */
export function Flags({ planId, area }: { planId: string; area: Area }) {
  const may = useMay();
  const flags = useQuery(queries.flags(planId));
  const [settling, setSettling] = useState<Flag>();
  return (
    <div className="stack">
      <Raise planId={planId} area={area} />
      <QueryState query={flags}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={text.none}>{text.noneText}</EmptyState>
          ) : (
            <div className="card card-flush">
              <DataTable
                label={text.table}
                columns={columnsOf(may("planner") ? setSettling : undefined)}
                rows={found}
                rowId={({ flag_id }) => flag_id}
              />
            </div>
          )
        }
      </QueryState>
      {settling && <AnswerFlag flag={settling} planId={planId} onClose={() => setSettling(undefined)} />}
    </div>
  );
}

function Raise({ planId, area }: { planId: string; area: Area }) {
  const queryClient = useQueryClient();
  const raise = useMutation({
    mutationFn: (form: FormData) =>
      client.flags.raise({
        plan_id: planId,
        kind: form.get("kind") as Flag["kind"],
        item_id: String(form.get("item")),
        reason: String(form.get("reason")),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queries.flags(planId).queryKey });
      tell(text.raised);
    },
  });
  return (
    <form className="card form" action={(form) => raise.mutate(form)} aria-label={text.raise}>
      <h2>{text.raise}</h2>
      {raise.isError && <ProblemNotice error={raise.error} />}
      <div className="form-row">
        <SelectField label={text.kind} name="kind" options={KINDS[area].map((kind) => [kind, kind])} />
        <Field label={text.item} name="item" required maxLength={200} />
      </div>
      <TextField label={text.reason} name="reason" required maxLength={4000} />
      <div>
        <Button type="submit" disabled={raise.isPending}>
          {text.raise}
        </Button>
      </div>
    </form>
  );
}

function columnsOf(settle: ((flag: Flag) => void) | undefined): TableColumn<Flag>[] {
  const columns: TableColumn<Flag>[] = [
    { id: "kind", header: text.kind, value: ({ kind }) => kind },
    { id: "item", header: text.item, value: ({ item_id }) => item_id, cell: ({ item_id }) => <code>{item_id}</code> },
    { id: "reason", header: text.reason, value: ({ reason }) => reason, wide: true },
    {
      id: "state",
      header: text.state,
      value: ({ state }) => state,
      cell: ({ state }) => <StatusBadge status={state} />,
    },
    { id: "by", header: text.by, value: ({ flagged_by }) => flagged_by },
    { id: "when", header: text.when, value: ({ flagged_at }) => flagged_at, cell: ({ flagged_at }) => ago(flagged_at) },
    { id: "answer", header: text.answer, value: ({ answer }) => answer },
  ];
  if (!settle) return columns;
  const action = (flag: Flag) => (
    <Button look="small" onClick={() => settle(flag)}>
      {text.settle}
    </Button>
  );
  return [...columns, { id: "settle", header: "", value: () => "", cell: action }];
}
