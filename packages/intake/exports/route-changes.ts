import { type Dataset, formatClock, type RoutingDecisions } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportFiles } from "./files.ts";

/** A time that moves by more than this is told. */
const TOLD_S = 300;

type Service = Pick<RoutingDecisions, "runs" | "run_stops">;
type Run = Service["runs"][number];
type Row = readonly string[];

/**
 * `changes_runs.csv`: runs that are new, end, get another bus, time or order of stops; `changes_stops.csv`: stops at which a run begins or ceases to call, or calls
 * more than five minutes earlier or later; `changes_buses.csv`: buses whose day is another. Only differences are listed; runs go by their ids.
 */
export function routeChanges(now: Service, { tables }: Dataset): ExportFiles {
  const before: Service = { runs: tables.today_runs, run_stops: tables.today_run_stops };
  if (before.runs.length === 0) return new Map();
  const table = (id: string, rows: Row[]) => stringify([[...id.split(" "), "what", "today", "plan"], ...rows]);
  return new Map([
    ["changes_runs.csv", table("run_id", runRows(before, now))],
    ["changes_stops.csv", table("run_id stop_id", stopRows(before, now))],
    ["changes_buses.csv", table("bus_id", busRows(before, now))],
  ]);
}

function paired<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string) {
  const [left, right] = [a, b].map((list) => new Map(list.map((item) => [keyOf(item), item])));
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.map((key) => ({ key, was: left.get(key), is: right.get(key) }));
}

const apart = (a: number, b: number): boolean => Math.abs(a - b) > TOLD_S;

function runRows(before: Service, now: Service): Row[] {
  const [were, are] = [orders(before), orders(now)];
  return paired(before.runs, now.runs, (run) => run.run_id).flatMap(({ key, was, is }): Row[] => {
    const said = (run: Run) => `${run.bus_id ?? ""} ${formatClock(run.depart)}-${formatClock(run.arrive)}`.trim();
    if (!was || !is) return [[key, was ? "ends" : "new", was ? said(was) : "", is ? said(is) : ""]];
    const rows: Row[] = [];
    if (was.bus_id !== is.bus_id) rows.push([key, "bus", was.bus_id ?? "", is.bus_id ?? ""]);
    if (apart(was.depart, is.depart) || apart(was.arrive, is.arrive)) rows.push([key, "time", said(was), said(is)]);
    if (were.get(key) !== are.get(key)) rows.push([key, "stops", were.get(key) ?? "", are.get(key) ?? ""]);
    return rows;
  });
}

const orders = ({ run_stops }: Service): Map<string, string> =>
  new Map(
    [...Map.groupBy(run_stops, (row) => row.run_id)].map(([run, rows]) => [
      run,
      rows
        .toSorted((a, b) => a.seq - b.seq)
        .map((row) => row.stop_id)
        .join(" "),
    ]),
  );

function stopRows(before: Service, now: Service): Row[] {
  const calls = paired(before.run_stops, now.run_stops, (row) => `${row.run_id}\t${row.stop_id}`);
  return calls.flatMap(({ key, was, is }): Row[] => {
    const [run, stop] = key.split("\t");
    const at = (row: typeof was) => (row ? formatClock(row.arrive) : "");
    if (!was || !is) return [[run, stop, was ? "ends" : "new", at(was), at(is)]];
    return apart(was.arrive, is.arrive) ? [[run, stop, "time", at(was), at(is)]] : [];
  });
}

function busRows(before: Service, now: Service): Row[] {
  const days = ({ runs }: Service) =>
    [...Map.groupBy(runs, (run) => run.bus_id ?? "")].map(([bus, own]) => ({
      bus,
      runs: own
        .toSorted((a, b) => a.depart - b.depart)
        .map((run) => run.run_id)
        .join(" "),
    }));
  return paired(days(before), days(now), (day) => day.bus).flatMap(({ key, was, is }): Row[] =>
    was?.runs === is?.runs ? [] : [[key, was ? (is ? "runs" : "idle") : "new", was?.runs ?? "", is?.runs ?? ""]],
  );
}
