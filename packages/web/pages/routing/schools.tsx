import { useMemo } from "react";
import { Link } from "wouter";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import type { Direction, Ride, RoutingTables } from "../../data/routing.ts";
import { clock, decimal } from "../../format.ts";
import { common } from "../../text/common.ts";
import { routing } from "../../text/routing.ts";
import { schoolNames } from "./filters.tsx";
import { RoutingFrame, type RoutingView } from "./frame.tsx";

const text = routing.schools;

/** Each school's bell, and what its buses make of it. */
export default function SchoolsPage() {
  return <RoutingFrame tab="/schools">{(view) => <Schools view={view} />}</RoutingFrame>;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly starts: number;
  readonly ends: number;
  readonly am: readonly Ride[];
  readonly pm: readonly Ride[];
  /** When buses are at school in the morning, in order. */
  readonly arrivals: readonly number[];
}

function Schools({ view: { planId, tables, places } }: { view: RoutingView }) {
  const rows = useMemo(() => rowsOf(tables, schoolNames(places)), [tables, places]);
  return (
    <div className="card card-flush">
      <DataTable label={text.table} columns={columnsOf(planId)} rows={rows} rowId={({ id }) => id} />
    </div>
  );
}

function rowsOf(tables: RoutingTables, names: ReadonlyMap<string, string>): Row[] {
  const runs = [...tables.runs.values()];
  return tables.plan.decisions.bells.map(({ school_id, bell_start, bell_end }) => {
    const own = runs.filter(({ school_ids }) => school_ids.includes(school_id));
    // On a run of several schools, a rider is of the school at which they get off (morning) or on (afternoon).
    const rides = (direction: Direction) =>
      own
        .filter((run) => run.direction === direction)
        .flatMap((run) => {
          const all = tables.ridesOf.get(run.run_id) ?? [];
          if (run.school_ids.length === 1) return all;
          const call = tables.stopsOf.get(run.run_id)?.find(({ stop_id }) => stop_id === school_id);
          return all.filter(({ board = 0, alight = 0 }) => {
            const at = direction === "AM" ? alight : board;
            return call !== undefined && at >= call.arrive && at <= call.depart;
          });
        });
    const arrivals = own
      .filter(({ direction }) => direction === "AM")
      .flatMap(({ run_id }) => tables.stopsOf.get(run_id)?.find(({ stop_id }) => stop_id === school_id)?.arrive ?? [])
      .sort((a, b) => a - b);
    const name = names.get(school_id) ?? school_id;
    return { id: school_id, name, starts: bell_start, ends: bell_end, am: rides("AM"), pm: rides("PM"), arrivals };
  });
}

const rideMinutes = ({ am, pm }: Row): number[] => [...am, ...pm].flatMap(({ ride_min }) => ride_min ?? []);
const time = (at: number | undefined) => (at === undefined ? common.none : clock(at));
const figure = (value: number | null, digits = 1) =>
  value === null ? common.none : `${decimal(value, digits)} ${routing.run.minutesShort}`;
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
const most = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.max(...values));

const columnsOf = (planId: string): TableColumn<Row>[] => {
  const before = ({ starts, arrivals }: Row) =>
    arrivals.length === 0 ? null : Math.round((starts - (arrivals.at(-1) ?? starts)) / 60);
  return [
    {
      id: "school",
      header: text.school,
      value: ({ name }) => name,
      cell: ({ id, name }) => <Link href={`/routing/${planId}?school=${encodeURIComponent(id)}`}>{name}</Link>,
    },
    { id: "bell", header: text.bell, align: "end", value: ({ starts }) => starts, cell: ({ starts }) => clock(starts) },
    { id: "ends", header: text.ends, align: "end", value: ({ ends }) => ends, cell: ({ ends }) => clock(ends) },
    { id: "am", header: text.ridersAm, align: "end", value: ({ am }) => am.length },
    { id: "pm", header: text.ridersPm, align: "end", value: ({ pm }) => pm.length },
    { id: "buses", header: text.buses, align: "end", value: ({ arrivals }) => arrivals.length },
    {
      id: "first",
      header: text.first,
      align: "end",
      value: ({ arrivals }) => arrivals[0],
      cell: ({ arrivals }) => time(arrivals[0]),
    },
    {
      id: "last",
      header: text.last,
      align: "end",
      value: ({ arrivals }) => arrivals.at(-1),
      cell: ({ arrivals }) => time(arrivals.at(-1)),
    },
    { id: "before", header: text.before, align: "end", value: before, cell: (row) => figure(before(row), 0) },
    {
      id: "mean",
      header: text.meanRide,
      align: "end",
      value: (row) => mean(rideMinutes(row)),
      cell: (row) => figure(mean(rideMinutes(row))),
    },
    {
      id: "max",
      header: text.maxRide,
      align: "end",
      value: (row) => most(rideMinutes(row)),
      cell: (row) => figure(most(rideMinutes(row))),
    },
  ];
};
