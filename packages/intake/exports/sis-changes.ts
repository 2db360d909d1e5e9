import { PLAN_TABLES, type Plan, type SchedulingDecisions } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportFiles } from "./files.ts";

/** What a SIS that holds another schedule (today's, a published one) has to change: each seat given or taken, each column of a section that is another. */
export function sisChanges(
  plan: Plan<"scheduling">,
  held: Pick<SchedulingDecisions, "sections" | "enrollments">,
): ExportFiles {
  if (held.sections.length === 0 && held.enrollments.length === 0) return new Map();
  const { sections, enrollments } = plan.decisions;
  return new Map([
    ["changes_enrollments.csv", enrollmentChanges(held.enrollments, enrollments)],
    ["changes_sections.csv", sectionChanges(held.sections, sections)],
  ]);
}

interface Seat {
  readonly student_id: string;
  readonly section_id: string;
}

function enrollmentChanges(today: readonly Seat[], planned: readonly Seat[]): string {
  const key = ({ student_id, section_id }: Seat) => JSON.stringify([student_id, section_id]);
  const before = new Set(today.map(key));
  const after = new Set(planned.map(key));
  const rows = [
    ...today.filter((seat) => !after.has(key(seat))).map((seat) => [seat.student_id, seat.section_id, "drop"]),
    ...planned.filter((seat) => !before.has(key(seat))).map((seat) => [seat.student_id, seat.section_id, "add"]),
  ];
  // By student, drops before adds: a seat is free before somebody else takes it.
  rows.sort((a, b) => compare(a[0], b[0]) || -compare(a[2], b[2]) || compare(a[1], b[1]));
  return stringify([["student_id", "section_id", "change"], ...rows]);
}

function sectionChanges(
  today: readonly Readonly<Record<string, unknown>>[],
  planned: readonly Readonly<Record<string, unknown>>[],
): string {
  const { columns } = PLAN_TABLES.scheduling.sections;
  const compared = Object.entries(columns).filter(([name]) => !["section_id", "enrolled", "seats_max"].includes(name));
  const text = (row: Readonly<Record<string, unknown>>, [name, column]: (typeof compared)[number]) =>
    row[name] === undefined || row[name] === null ? "" : column.format(row[name] as never);
  const before = new Map(today.map((row) => [String(row.section_id), row]));
  const after = new Map(planned.map((row) => [String(row.section_id), row]));
  const rows = [...new Set([...before.keys(), ...after.keys()])].sort(compare).flatMap((id) => {
    const was = before.get(id);
    const is = after.get(id);
    if (!was) return [[id, "section", "", "new"]];
    if (!is) return [[id, "section", "", "closed"]];
    return compared.flatMap((column) => {
      const [from, to] = [text(was, column), text(is, column)];
      return from === to ? [] : [[id, column[0], from, to]];
    });
  });
  return stringify([["section_id", "column", "today", "plan"], ...rows]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
