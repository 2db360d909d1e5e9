import type { Subject } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Icon } from "../../components/icons.tsx";
import type { Ride, Run, RunStop } from "../../data/routing.ts";
import { clock, decimal, whole } from "../../format.ts";
import { common } from "../../text/common.ts";
import { routing } from "../../text/routing.ts";
import { schoolNames, useLooked } from "./filters.tsx";
import type { RoutingView } from "./frame.tsx";
import { MoveDialog, type Moved } from "./move.tsx";
import { Why } from "./why.tsx";

const { run: text, move: moveText } = routing;

/** One run: when and where it stops, who rides, which runs its bus drives before and after, and why. */
export function RunPanel({
  view,
  run,
  onDrag,
}: {
  view: RoutingView;
  run: Run;
  /** Told when a rider or stop begins to be dragged, and null when that ends; where there is no map, there is no dragging. */
  onDrag?: (moved: Moved | null) => void;
}) {
  const { planId, tables, places } = view;
  const [, look] = useLooked();
  const [asked, setAsked] = useState<Subject | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const { bus_id, run_id, direction } = run;
  const stops = tables.stopsOf.get(run_id) ?? [];
  const rides = tables.ridesOf.get(run_id) ?? [];
  const names = schoolNames(places);
  const day = bus_id ? (tables.dayOf.get(bus_id) ?? []).flatMap((step) => step.run_id ?? []) : [];
  const nth = day.indexOf(run_id);
  const longest = Math.max(0, ...rides.map(({ ride_min }) => ride_min ?? 0));
  const go = (label: string, to: string | undefined) => (
    <Button look="small" disabled={to === undefined} onClick={() => to && look({ run: to })}>
      {label}
    </Button>
  );
  return (
    <section className="card run-panel" aria-label={`${text.of} ${run_id}`}>
      <div className="card-head">
        <h2>
          {text.of} {run_id}
        </h2>
        <Button look={["plain", "icon"]} aria-label={text.close} onClick={() => look({ run: null })}>
          <Icon name="cross" />
        </Button>
      </div>
      <dl className="facts">
        <dt>{run.school_ids.length > 1 ? text.schools : text.school}</dt>
        <dd>{run.school_ids.map((id) => names.get(id) ?? id).join(", ")}</dd>
        <dt>{text.bus}</dt>
        <dd>
          {bus_id ?? text.noBus}{" "}
          {bus_id && (
            <Button look="small" onClick={() => setAsked({ kind: "bus", id: bus_id })}>
              {text.whyBus}
            </Button>
          )}
        </dd>
        <dt>{text.leaves}</dt>
        <dd>{clock(run.depart)}</dd>
        <dt>{text.arrives}</dt>
        <dd>{clock(run.arrive)}</dd>
        <dt>{text.riders}</dt>
        <dd>{whole(rides.length)}</dd>
        <dt>{text.longest}</dt>
        <dd>
          {decimal(longest)} {text.minutesShort}
        </dd>
        {run.miles !== undefined && (
          <>
            <dt>{text.miles}</dt>
            <dd>{decimal(run.miles)}</dd>
          </>
        )}
      </dl>
      <div className="row no-print">
        {go(text.previous, day[nth - 1])}
        {go(text.next, nth < 0 ? undefined : day[nth + 1])}
      </div>
      {onDrag && <p className="small muted no-print">{moveText.hint}</p>}
      <h3>{text.stopTimes}</h3>
      <div className="card-flush run-table">
        <DataTable
          label={text.stopTimes}
          columns={stopColumns(view, (row, name) => (
            <Movable
              name={name}
              says={moveText.moveStop(name)}
              moved={{ kind: "move_stop", stop_id: row.stop_id, direction, run_id }}
              fixed={run.school_ids.includes(row.stop_id)}
              wraps
              onDrag={onDrag}
              onMove={setMoved}
            />
          ))}
          rows={stops}
          rowId={({ seq }) => String(seq)}
          searchable={false}
          maxHeight="40vh"
        />
      </div>
      <h3>{text.ridersOf}</h3>
      {rides.length === 0 ? (
        <p className="muted">{text.noRider}</p>
      ) : (
        <div className="card-flush run-table">
          <DataTable
            label={text.ridersOf}
            columns={rideColumns(
              (id) => setAsked({ kind: "student", id }),
              ({ student_id }) => (
                <Movable
                  name={student_id}
                  says={moveText.moveRider(student_id)}
                  moved={{ kind: "move_student", student_id, direction, run_id }}
                  onDrag={onDrag}
                  onMove={setMoved}
                />
              ),
            )}
            rows={rides}
            rowId={({ student_id }) => student_id}
            searchable={rides.length > 20}
            maxHeight="40vh"
          />
        </div>
      )}
      {asked && <Why planId={planId} subject={asked} onClose={() => setAsked(null)} />}
      {moved && <MoveDialog view={view} moved={moved} onClose={() => setMoved(null)} />}
    </section>
  );
}

interface Movability {
  readonly name: string;
  readonly says: string;
  readonly moved: Moved;
  /** A school: where it is called at is not up to a drag. */
  readonly fixed?: boolean;
  /** Words, not an id: goes on in the next line. */
  readonly wraps?: boolean;
  readonly onDrag?: (moved: Moved | null) => void;
  readonly onMove: (moved: Moved) => void;
}

/** A name that is dragged onto another run, with a button that asks the same by keyboard. */
function Movable({ name, says, moved, fixed = false, wraps = false, onDrag, onMove }: Movability) {
  if (fixed) return name;
  return (
    <span className="movable">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same */}
      <span
        className={wraps ? undefined : "rider-id"}
        title={onDrag ? says : name}
        draggable={onDrag !== undefined}
        onDragStart={(event) => {
          event.dataTransfer.setData("text/plain", name);
          event.dataTransfer.effectAllowed = "move";
          onDrag?.(moved);
        }}
        onDragEnd={() => onDrag?.(null)}
      >
        {name}
      </span>
      <button
        type="button"
        className="figure-why no-print"
        aria-label={says}
        title={says}
        onClick={() => onMove(moved)}
      >
        <Icon name="routing" size={16} />
      </button>
    </span>
  );
}

function stopColumns(
  { places }: RoutingView,
  stop: (row: RunStop, name: string) => React.ReactNode,
): TableColumn<RunStop>[] {
  const titles = new Map<string, string>([
    ...places.stops.flatMap(({ stop_id, title }) => (title ? [[stop_id, title] as const] : [])),
    ...schoolNames(places),
  ]);
  return [
    { id: "at", header: text.at, value: ({ arrive }) => arrive, cell: ({ arrive }) => clock(arrive), align: "end" },
    {
      id: "stop",
      header: text.stop,
      value: ({ stop_id }) => titles.get(stop_id) ?? stop_id,
      cell: (row) => stop(row, titles.get(row.stop_id) ?? row.stop_id),
    },
    {
      id: "on",
      header: text.onOff,
      align: "end",
      value: ({ boarding = 0, alighting = 0 }) => boarding - alighting,
      cell: ({ boarding, alighting }) =>
        [boarding ? `+${boarding}` : "", alighting ? `−${alighting}` : ""].join(" ").trim() || common.none,
    },
    { id: "aboard", header: text.aboard, align: "end", value: ({ load }) => load },
  ];
}

const rideColumns = (why: (studentId: string) => void, rider: (ride: Ride) => React.ReactNode): TableColumn<Ride>[] => [
  {
    id: "rider",
    header: text.rider,
    value: ({ student_id }) => student_id,
    cell: rider,
  },
  { id: "walk", header: text.walk, align: "end", value: ({ walk_m }) => walk_m },
  {
    id: "ride",
    header: text.ride,
    align: "end",
    value: ({ ride_min }) => ride_min,
    cell: ({ ride_min }) => (ride_min === undefined ? common.none : decimal(ride_min)),
  },
  {
    id: "why",
    header: "",
    value: () => null,
    cell: ({ student_id }) => (
      <Button look="small" aria-label={`${text.whyRider} ${student_id}`} onClick={() => why(student_id)}>
        {text.whyRider}
      </Button>
    ),
  },
];
