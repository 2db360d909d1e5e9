import { type Dataset, formatClock, type Plan } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportFiles } from "./files.ts";
import { safeText } from "./safe-text.ts";

/** Families are told of a time that moves by more than this. */
const TOLD_S = 300;

/** What a family has to know of one ride, and what of it is another than today. */
interface Told {
  readonly student_id: string;
  readonly direction: string;
  readonly stop_id: string;
  readonly bus_id: string;
  /** At the stop: boarding in the morning, alighting in the afternoon. */
  readonly atS: number | undefined;
}

/** `letters.csv`: a line a student and direction for the letter home. `changes_riders.csv`: only what is another than today, where the district gave today's service. */
export function letterFiles(plan: Plan<"routing">, dataset: Dataset): ExportFiles {
  const { assignments } = plan.decisions;
  const today = todayOf(dataset);
  const planned = assignments.map((row): Told => {
    const atS = row.direction === "AM" ? row.board : row.alight;
    return {
      student_id: row.student_id,
      direction: row.direction,
      stop_id: row.stop_id,
      bus_id: row.bus_id ?? "",
      atS,
    };
  });
  const files = new Map([["letters.csv", letters(plan, dataset, planned, today)]]);
  if (today.size > 0) files.set("changes_riders.csv", changes(planned, today));
  return files;
}

const keyOf = ({ student_id, direction }: Pick<Told, "student_id" | "direction">): string =>
  `${student_id}\t${direction}`;
const clock = (seconds: number | undefined): string => (seconds === undefined ? "" : formatClock(seconds));

function todayOf({ tables }: Dataset): Map<string, Told> {
  const stays = new Map(tables.today_run_stops.map((row) => [`${row.run_id}\t${row.stop_id}`, row]));
  return new Map(
    tables.today_assignments.map((row) => {
      const stay = stays.get(`${row.run_id}\t${row.stop_id}`);
      const atS = row.direction === "AM" ? (row.board ?? stay?.depart) : (row.alight ?? stay?.arrive);
      const told = {
        student_id: row.student_id,
        direction: row.direction,
        stop_id: row.stop_id,
        bus_id: row.bus_id ?? "",
      };
      return [keyOf(row), { ...told, atS }];
    }),
  );
}

/** `new`, or which of stop, bus and time are another. */
function changed(before: Told | undefined, now: Told): string[] {
  if (!before) return ["new"];
  const moved = before.atS !== undefined && now.atS !== undefined && Math.abs(before.atS - now.atS) > TOLD_S;
  return [
    ...(before.stop_id === now.stop_id ? [] : ["stop"]),
    ...(before.bus_id === now.bus_id ? [] : ["bus"]),
    ...(moved ? ["time"] : []),
  ];
}

function letters(
  plan: Plan<"routing">,
  { tables }: Dataset,
  planned: readonly Told[],
  today: ReadonlyMap<string, Told>,
): string {
  const students = new Map(tables.students.map((row) => [row.student_id, row]));
  const schools = new Map(tables.schools.map((row) => [row.school_id, row.name]));
  const titles = new Map(tables.stops.map((row) => [row.stop_id, row.title]));
  const places = new Map(plan.decisions.run_stops.map((row) => [row.stop_id, row]));
  const stopName = (id: string) => {
    const place = places.get(id);
    return safeText(
      titles.get(id) ?? (place?.lat === undefined ? "" : `${place.lat.toFixed(5)}, ${place.lon?.toFixed(5)}`),
    );
  };
  const rows = planned.map((told, index) => {
    const { board, alight, walk_m, ride_min, run_id } = plan.decisions.assignments[index];
    const student = students.get(told.student_id);
    const school = student?.school_id ?? "";
    const atSchool = told.direction === "AM" ? alight : board;
    const differs = today.size > 0 ? changed(today.get(keyOf(told)), told).join("|") : "";
    const ride = [told.bus_id, run_id, told.stop_id, stopName(told.stop_id), clock(told.atS), clock(atSchool)];
    const head = [told.student_id, school, safeText(schools.get(school) ?? ""), student?.grade ?? "", told.direction];
    return [...head, ...ride, walk_m ?? "", ride_min ?? "", differs];
  });
  rows.sort((a, b) => compare(String(a[0]), String(b[0])) || compare(String(a[4]), String(b[4])));
  const ride = ["bus_id", "run_id", "stop_id", "stop", "at_stop", "at_school", "walk_m", "ride_min", "changed"];
  return stringify([["student_id", "school_id", "school", "grade", "direction", ...ride], ...rows]);
}

function changes(planned: readonly Told[], today: ReadonlyMap<string, Told>): string {
  const now = new Map(planned.map((told) => [keyOf(told), told]));
  const ended = [...today.values()].filter((told) => !now.has(keyOf(told)));
  const rows = [
    ...planned.flatMap((told) => {
      const before = today.get(keyOf(told));
      return changed(before, told).map((what) => [
        told.student_id,
        told.direction,
        what,
        shown(what, before),
        shown(what, told),
      ]);
    }),
    ...ended.map((told) => [told.student_id, told.direction, "ends", shown("ends", told), ""]),
  ];
  rows.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]));
  return stringify([["student_id", "direction", "what", "today", "plan"], ...rows]);
}

function shown(what: string, told: Told | undefined): string {
  if (!told) return "";
  if (what === "stop") return told.stop_id;
  if (what === "bus") return told.bus_id;
  return what === "time" ? clock(told.atS) : `${told.bus_id} ${told.stop_id} ${clock(told.atS)}`.trim();
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
