import { useQuery } from "@tanstack/react-query";
import type { MoveAnswer } from "@trivium/model";
import { useState } from "react";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/field.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { type Direction, routingQueries } from "../../data/routing.ts";
import { clock, decimal, usd } from "../../format.ts";
import { common } from "../../text/common.ts";
import { routing } from "../../text/routing.ts";
import type { RoutingView } from "./frame.tsx";

const text = routing.move;

/** What is dragged: one rider, or a stop with all who use it there. */
export type Moved =
  | {
      readonly kind: "move_student";
      readonly student_id: string;
      readonly direction: Direction;
      readonly run_id: string;
    }
  | { readonly kind: "move_stop"; readonly stop_id: string; readonly direction: Direction; readonly run_id: string };

const moveQuery = (planId: string, { run_id, ...moved }: Moved, to_run_id: string) =>
  routingQueries.answer<MoveAnswer>(planId, {
    ...moved,
    ...(moved.kind === "move_stop" ? { run_id } : {}),
    to_run_id,
  });

const minutes = (value: number) => `${decimal(value)} ${routing.run.minutesShort}`;
const signedUsd = (value: number) => `${value > 0 ? "+" : ""}${usd(value)}`;

/** The price of a drag while it is under way, beside the pointer. */
export function MovePrice({ planId, moved, to }: { planId: string; moved: Moved; to: string }) {
  const answer = useQuery(moveQuery(planId, moved, to));
  const { data, isError } = answer;
  if (isError) return <>{(answer.error as Error).message}</>;
  if (!data) return <>{to} …</>;
  const late = data.late_min > 0 ? text.lateBy(decimal(data.late_min)) : "";
  return (
    <>
      <strong>{to}</strong> {data.legal ? "" : `${text.breaks}: ${data.breaks[0]?.says ?? ""} · `}
      {text.short(signedUsd(data.usd_per_year), decimal(data.ride_min), late)}
    </>
  );
}

/** What moving a rider or a stop to another run would do: asked, never done. */
export function MoveDialog({
  view: { planId, tables },
  moved,
  to = "",
  onClose,
}: {
  view: RoutingView;
  moved: Moved;
  to?: string;
  onClose: () => void;
}) {
  const [target, setTarget] = useState(to);
  const schools = new Set(tables.runs.get(moved.run_id)?.school_ids);
  const others = [...tables.runs.values()]
    .filter(({ direction, run_id }) => direction === moved.direction && run_id !== moved.run_id)
    .filter(({ school_ids, run_id }) => run_id === to || school_ids.some((id) => schools.has(id)))
    .sort((a, b) => a.run_id.localeCompare(b.run_id, "en", { numeric: true }));
  const title = moved.kind === "move_student" ? text.titleRider(moved.student_id) : text.titleStop(moved.stop_id);
  return (
    <Dialog title={title} onClose={onClose}>
      <SelectField
        label={text.to}
        value={target}
        onChange={(event) => setTarget(event.target.value)}
        options={[
          ["", text.choose],
          ...others.map(({ run_id, bus_id }) => [run_id, `${run_id} (${bus_id ?? routing.run.noBus})`] as const),
        ]}
      />
      {target !== "" && <Answered planId={planId} moved={moved} to={target} />}
    </Dialog>
  );
}

function Answered({ planId, moved, to }: { planId: string; moved: Moved; to: string }) {
  const answer = useQuery(moveQuery(planId, moved, to));
  return (
    <QueryState query={answer}>
      {(found) => (
        <div className="stack-close" role="status">
          <div className="notice" data-tone={found.legal ? "good" : "bad"}>
            <p>{found.legal ? text.legal : text.illegal}</p>
            {found.breaks.length > 0 && (
              <ul className="small">
                {found.breaks.map(({ rule, says }) => (
                  <li key={`${rule} ${says}`}>{says}</li>
                ))}
              </ul>
            )}
          </div>
          <dl className="facts">
            <dt>{text.cost}</dt>
            <dd>{signedUsd(found.usd_per_year)}</dd>
            <dt>{text.ride}</dt>
            <dd>{text.rideFromTo(decimal(found.ride_min_before), decimal(found.ride_min))}</dd>
            <dt>{text.others}</dt>
            <dd>{minutes(found.others_longer_min)}</dd>
            <dt>{text.added}</dt>
            <dd>{minutes(found.added_min)}</dd>
            <dt>{text.saved}</dt>
            <dd>{minutes(found.saved_min)}</dd>
            <dt>{text.late}</dt>
            <dd>{minutes(found.late_min)}</dd>
            <dt>{text.at}</dt>
            <dd>{found.to.stop_id}</dd>
            {found.run_ends !== null && (
              <>
                <dt>{text.ends}</dt>
                <dd>{found.run_ends}</dd>
              </>
            )}
          </dl>
          {found.stops.length > 0 && (
            <div className="card-flush run-table">
              <DataTable
                label={text.times}
                columns={TIMES}
                rows={found.stops}
                rowId={({ run_id, stop_id }) => `${run_id} ${stop_id}`}
                searchable={false}
                maxHeight="30vh"
              />
            </div>
          )}
          <p className="small muted">{text.onlyAsked}</p>
        </div>
      )}
    </QueryState>
  );
}

const TIMES: readonly TableColumn<MoveAnswer["stops"][number]>[] = [
  { id: "run", header: routing.run.of, value: ({ run_id }) => run_id },
  { id: "stop", header: routing.run.stop, value: ({ stop_id }) => stop_id },
  {
    id: "before",
    header: text.before,
    align: "end",
    value: ({ before }) => before,
    cell: ({ before }) => (before === null ? common.none : clock(before)),
  },
  { id: "then", header: text.after, align: "end", value: ({ at }) => at, cell: ({ at }) => clock(at) },
];
