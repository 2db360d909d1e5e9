import type { AnalysisAnswer } from "@trivium/model";

const LISTED = 15;

/** The analysis as a page for the terminal: what does not fit first. `--json` has everything. */
export function renderAnalysis(answer: AnalysisAnswer): string {
  const { totals } = answer;
  const short = answer.courses.filter((row) => row.seat_slack < 0).sort((a, b) => a.seat_slack - b.seat_slack);
  const rooms = answer.rooms.filter((row) => (row.use ?? 2) > 0.8).sort((a, b) => (b.use ?? 2) - (a.use ?? 2));
  const teachers = answer.teachers
    .filter((row) => row.sections_max !== null && row.sections_due > row.sections_max)
    .sort((a, b) => b.sections_due - (b.sections_max ?? 0) - (a.sections_due - (a.sections_max ?? 0)));
  return [
    `${totals.students} students ask for ${totals.required} required and ${totals.elective} elective courses, with ${totals.alternates} alternates`,
    `${totals.sections} sections of ${totals.courses} courses; ${totals.sections_at_target} are needed at the target size, ${totals.sections_at_cap} at the cap; ${totals.seats_short} requests are beyond the seats`,
    `${answer.singletons.length} singletons, ${answer.doubletons.length} doubletons; ${answer.conflict_pairs} pairs of courses share students, ${answer.expected_lost} requests would be lost were sections placed by lot`,
    ...list(
      "seats short",
      short,
      (row) =>
        `${row.course_id}: ${-row.seat_slack} (${row.seats} seats, needs ${row.sections_at_target} sections, has ${row.sections})`,
    ),
    ...list(
      "worst conflicts",
      answer.conflicts.filter((row) => row.severity >= 1),
      (row) =>
        `${row.a} (${row.sections_a}) and ${row.b} (${row.sections_b}): ${row.students} students, ${row.severity} expected lost`,
    ),
    ...list(
      "teachers with more than their limit, were sections dealt evenly",
      teachers,
      (row) => `${row.teacher_id}: ${row.sections_due} of ${row.sections_max}, ${row.sections_only_theirs} only theirs`,
    ),
    ...list(
      "rooms in use above 80 %",
      rooms,
      (row) =>
        `${row.features.join("+") || "any"} (${row.rooms.length}): ${row.slots_needed} of ${row.slots_open} slots`,
    ),
    ...list(
      "requests that can never be met",
      answer.impossible,
      (row) => `${row.student_id}:${row.course_id}: ${row.reason_code} (${row.witness})`,
    ),
    ...list(
      "students who ask for more than their day holds",
      answer.overfull,
      (row) => `${row.student_id}: ${row.slots_asked} of ${row.slots_open} slots`,
    ),
  ].join("\n");
}

function list<T>(title: string, rows: readonly T[], text: (row: T) => string): string[] {
  if (rows.length === 0) return [];
  const more = rows.length > LISTED ? [`  and ${rows.length - LISTED} more (--json lists them)`] : [];
  return [`${title} (${rows.length}):`, ...rows.slice(0, LISTED).map((row) => `  ${text(row)}`), ...more];
}
