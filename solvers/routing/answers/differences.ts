import type { Compared } from "@trivium/engine";
import { type Comparison, formatClock, type RoutingDecisions } from "@trivium/model";

type Side = Compared<"routing">;
type Difference = NonNullable<Comparison["differences"]>[string][number];
type Ride = RoutingDecisions["assignments"][number];
type Run = RoutingDecisions["runs"][number];

/** Families and drivers are told of a time that moves by more than this. */
const TOLD_S = 300;

/** What two plans do not have in common, a row a difference: rides, stops, runs and bus days. `a` is before, `b` after. */
export function differencesOf(a: Side, b: Side): NonNullable<Comparison["differences"]> {
  return { riders: rideRows(a, b), stops: stopRows(a, b), runs: runRows(a, b), buses: busRows(a, b) };
}

/** Both sides of every key, in order of keys. */
function paired<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string) {
  const [left, right] = [a, b].map((list) => new Map(list.map((item) => [keyOf(item), item])));
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.map((key) => ({ key, before: left.get(key), after: right.get(key) }));
}

const atStop = (ride: Ride): number | undefined => (ride.direction === "AM" ? ride.board : ride.alight);
const told = (seconds: number | undefined): string | null => (seconds === undefined ? null : formatClock(seconds));
const apart = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) > TOLD_S;

function rideRows(a: Side, b: Side): Difference[] {
  const rides = paired(
    a.decisions.assignments,
    b.decisions.assignments,
    (row) => `${row.student_id}\t${row.direction}`,
  );
  return rides.flatMap(({ key, before, after }): Difference[] => {
    const [student_id, direction] = key.split("\t");
    const head = { student_id, direction };
    const said = (ride: Ride) => `${ride.stop_id} ${told(atStop(ride)) ?? ""} ${ride.bus_id ?? ""}`.trim();
    if (!before) return after ? [{ ...head, what: "new", a: null, b: said(after) }] : [];
    if (!after) return [{ ...head, what: "ends", a: said(before), b: null }];
    const rows: Difference[] = [];
    if (before.stop_id !== after.stop_id) rows.push({ ...head, what: "stop", a: before.stop_id, b: after.stop_id });
    if (apart(atStop(before), atStop(after)))
      rows.push({ ...head, what: "time", a: told(atStop(before)), b: told(atStop(after)) });
    if (before.bus_id !== after.bus_id)
      rows.push({ ...head, what: "bus", a: before.bus_id ?? null, b: after.bus_id ?? null });
    return rows;
  });
}

/** Stops that open or close in a direction, with their riders. */
function stopRows(a: Side, b: Side): Difference[] {
  const calls = ({ decisions }: Side) =>
    [...Map.groupBy(decisions.assignments, (row) => `${row.stop_id}\t${row.direction}`)].map(([key, rows]) => ({
      key,
      riders: rows.length,
    }));
  return paired(calls(a), calls(b), (call) => call.key).flatMap(({ key, before, after }): Difference[] => {
    if (before && after) return [];
    const [stop_id, direction] = key.split("\t");
    return [
      { stop_id, direction, what: after ? "opens" : "closes", a: before?.riders ?? null, b: after?.riders ?? null },
    ];
  });
}

function runRows(a: Side, b: Side): Difference[] {
  const [stopsA, stopsB] = [stopsByRun(a), stopsByRun(b)];
  return paired(a.decisions.runs, b.decisions.runs, (run) => run.run_id).flatMap(({ key, before, after }) => {
    const said = (run: Run) => `${run.bus_id ?? ""} ${told(run.depart)}–${told(run.arrive)}`.trim();
    if (!before) return after ? [{ run_id: key, what: "new", a: null, b: said(after) }] : [];
    if (!after) return [{ run_id: key, what: "ends", a: said(before), b: null }];
    const rows: Difference[] = [];
    if (before.bus_id !== after.bus_id)
      rows.push({ run_id: key, what: "bus", a: before.bus_id ?? null, b: after.bus_id ?? null });
    if (apart(before.depart, after.depart) || apart(before.arrive, after.arrive))
      rows.push({ run_id: key, what: "time", a: said(before), b: said(after) });
    const [stops, now] = [stopsA.get(key) ?? "", stopsB.get(key) ?? ""];
    if (stops !== now) rows.push({ run_id: key, what: "stops", a: stops, b: now });
    return rows;
  });
}

const stopsByRun = ({ decisions }: Side): Map<string, string> =>
  new Map(
    [...Map.groupBy(decisions.run_stops, (row) => row.run_id)].map(([run, rows]) => [
      run,
      rows
        .toSorted((a, b) => a.seq - b.seq)
        .map((row) => row.stop_id)
        .join(" "),
    ]),
  );

function busRows(a: Side, b: Side): Difference[] {
  const days = ({ decisions }: Side) =>
    [...Map.groupBy(decisions.runs, (run) => run.bus_id ?? "")].map(([bus_id, runs]) => ({
      bus_id,
      runs: runs
        .toSorted((x, y) => x.depart - y.depart)
        .map((run) => run.run_id)
        .join(" "),
    }));
  return paired(days(a), days(b), (day) => day.bus_id).flatMap(({ key, before, after }): Difference[] => {
    if (before?.runs === after?.runs) return [];
    const what = !before ? "new" : !after ? "idle" : "runs";
    return [{ bus_id: key, what, a: before?.runs ?? null, b: after?.runs ?? null }];
  });
}
