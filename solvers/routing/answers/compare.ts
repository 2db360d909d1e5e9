import type { Compared } from "@trivium/engine";
import type { Comparison, FigureComparison } from "@trivium/model";

import { differencesOf } from "./differences.ts";

type Goal = "less" | "more" | "none";
const FIGURES: readonly (readonly [name: string, label: string, unit: string, goal: Goal])[] = [
  ["buses_used", "Buses", "buses", "less"],
  ["cost_usd_per_year", "Cost a year", "USD", "less"],
  ["rides_served", "Rides served", "rides", "more"],
  ["rides_unserved", "Rides not served", "rides", "less"],
  ["ride_min_mean", "Mean ride", "min", "less"],
  ["ride_min_p95", "Ride of all but 5 %", "min", "less"],
  ["ride_min_max", "Longest ride", "min", "less"],
  ["walk_m_mean", "Mean walk", "m", "less"],
  ["walk_m_max", "Longest walk", "m", "less"],
  ["stops_used", "Stops", "stops", "none"],
  ["runs", "Runs", "runs", "none"],
  ["miles_per_day", "Miles a day", "miles", "less"],
  ["deadhead_miles_per_day", "Empty miles a day", "miles", "less"],
  ["hours_per_day", "Driver hours a day", "hours", "less"],
  ["fuel_gallons_per_year", "Fuel a year", "gallons", "less"],
  ["co2_kg_per_year", "CO₂ a year", "kg", "less"],
  ["moved_students", "Rides at another stop", "rides", "less"],
  ["moved_times", "Rides moved by more than 5 min", "rides", "less"],
  ["moved_buses", "Rides on another bus", "rides", "less"],
  ["change_usd_per_year", "Price of changes", "USD", "less"],
];

/** Two plans, or today and a plan: figures with their differences, and the students whose stop or time changes. */
export function compare(a: Compared<"routing">, b: Compared<"routing">): Comparison {
  // Figures of change are there only where change has a price.
  const shown = FIGURES.filter(([name]) => a.metrics[name] !== undefined || b.metrics[name] !== undefined);
  const figures = shown.map(([name, label, unit, goal]) => figureOf(a, b, name, label, unit, goal));
  const of = (name: string) => figures.find((figure) => figure.name === name)?.difference ?? 0;
  const stopChanged = changed(a, b, (row) => row.stop_id);
  const differences = differencesOf(a, b);
  const idsOf = (kind: string, id: string) => [...new Set(differences[kind].map((row) => String(row[id])))].sort();
  const told = (what: string) => [
    ...new Set(differences.riders.filter((row) => row.what === what).map((row) => String(row.student_id))),
  ];
  return {
    area: "routing",
    a: a.name,
    b: b.name,
    headline: `${counted(of("buses_used"), "bus", "buses")}, ${dollars(of("cost_usd_per_year"))} a year, ${minutes(of("ride_min_mean"))} on the mean ride; ${stopChanged.length} students change their stop`,
    figures,
    affected: {
      students: stopChanged,
      students_time: told("time").sort(),
      students_bus: told("bus").sort(),
      stops: idsOf("stops", "stop_id"),
      runs: idsOf("runs", "run_id"),
      buses: idsOf("buses", "bus_id"),
      schools_bells: bellsMoved(a, b),
    },
    differences,
  };
}

function figureOf(
  a: Compared<"routing">,
  b: Compared<"routing">,
  name: string,
  label: string,
  unit: string,
  goal: Goal,
): FigureComparison {
  const value = (side: Compared<"routing">) => (typeof side.metrics[name] === "number" ? side.metrics[name] : null);
  const [left, right] = [value(a), value(b)];
  const difference = left === null || right === null ? null : Math.round((right - left) * 100) / 100;
  const better =
    difference === null || difference === 0 || goal === "none"
      ? null
      : difference < 0 === (goal === "less")
        ? "b"
        : "a";
  return { name, label, unit, a: left, b: right, difference, better };
}

/** Students with a ride whose value differs, or that only one side serves. */
function changed(
  a: Compared<"routing">,
  b: Compared<"routing">,
  of: (row: Compared<"routing">["decisions"]["assignments"][number]) => string | number,
): string[] {
  const values = (side: Compared<"routing">) =>
    new Map(side.decisions.assignments.map((row) => [`${row.student_id}\t${row.direction}`, of(row)]));
  const [left, right] = [values(a), values(b)];
  const students = new Set<string>();
  for (const key of [...left.keys(), ...right.keys()]) {
    if (left.get(key) !== right.get(key)) students.add(key.slice(0, key.indexOf("\t")));
  }
  return [...students].sort();
}

/** Schools that begin at another time. */
function bellsMoved(a: Compared<"routing">, b: Compared<"routing">): string[] {
  const starts = new Map(a.decisions.bells.map((row) => [row.school_id, row.bell_start]));
  return b.decisions.bells
    .filter(({ school_id, bell_start }) => starts.has(school_id) && starts.get(school_id) !== bell_start)
    .map((row) => row.school_id)
    .sort();
}

const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "±0");
const counted = (value: number, one: string, many: string): string =>
  `${signed(value)} ${Math.abs(value) === 1 ? one : many}`;
const dollars = (value: number): string =>
  `${value > 0 ? "+" : value < 0 ? "−" : "±"}$${Math.round(Math.abs(value)).toLocaleString("en-US")}`;
const minutes = (value: number): string => `${signed(Math.round(value * 10) / 10)} min`;
