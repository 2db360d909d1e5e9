import type { Report } from "../report.ts";
import { costs, weightsOf } from "./costs.ts";
import type { Placed, Reading, Schedule } from "./reading.ts";

const SHARE = { absolute: 1e-5 };
const HUNDREDTH = { absolute: 0.0051 };

/** All figures of a schedule, from the plan's rows and the district's tables. Shares from 0 to 1; of nothing, 1. */
export function figures(reading: Reading, report: Report): void {
  requestFigures(reading, report);
  sizeFigures(reading, report);
  staffFigures(reading, report);
  const moved = movedStudents(reading);
  report.figure("students_moved", moved);
  const goal = reading.dataset.settings.scheduling.parity?.columns ?? [];
  if (goal.length > 0) report.figure("parity_goal", goal.join("|"));
  report.figure("objective", points(reading) - costs(reading, report, moved), { absolute: 0.01 });
}

/** How one student's requests came out. */
interface Outcome {
  readonly asked: number;
  readonly met: number;
  readonly required: number;
  readonly requiredMet: number;
  readonly replaced: number;
}

function outcomeOf({ requests, enrollments }: Schedule, byId: Reading["byId"]): Outcome {
  const main = enrollments.filter(({ kind }) => kind !== "alternate");
  const taken = new Set(main.map((row) => byId.get(row.section_id)?.row.course_id));
  const replaced = new Set(enrollments.filter(({ kind }) => kind === "alternate").map((row) => row.request_course_id));
  const wanted = requests.filter(({ kind }) => kind !== "alternate");
  const met = wanted.filter(({ course_id }) => taken.has(course_id));
  const required = (rows: typeof wanted) => rows.filter(({ kind }) => kind === "required").length;
  return {
    asked: wanted.length,
    met: met.length,
    required: required(wanted),
    requiredMet: required(met),
    replaced: wanted.filter(({ course_id }) => !taken.has(course_id) && replaced.has(course_id)).length,
  };
}

function requestFigures({ schedules, byId }: Reading, report: Report): void {
  const outcomes = [...schedules.values()]
    .filter(({ requests }) => requests.length > 0)
    .map((schedule) => outcomeOf(schedule, byId));
  const sum = (name: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[name], 0);
  const [asked, met, required, requiredMet] = [sum("asked"), sum("met"), sum("required"), sum("requiredMet")];
  const complete = outcomes.filter((each) => each.met + each.replaced === each.asked).length;
  const parts: readonly (readonly [name: string, part: number, whole: number])[] = [
    ["requests_met", met, asked],
    ["required_met", requiredMet, required],
    ["elective_met", met - requiredMet, asked - required],
    ["met_or_replaced", met + sum("replaced"), asked],
    ["students_complete", complete, outcomes.length],
  ];
  for (const [name, part, whole] of parts) {
    report.figure(name, part);
    report.figure(`${name}_share`, whole === 0 ? 1 : part / whole, SHARE);
  }
  report.figure("requests", asked);
  report.figure("requests_unmet", asked - met);
  report.figure("required", required);
  report.figure("required_unmet", required - requiredMet);
  report.figure("elective", asked - required);
  report.figure("students", outcomes.length);
}

function sizeFigures({ sections, byCourse }: Reading, report: Report): void {
  const sizes = sections.map(({ roster }) => roster.length);
  const seats = sections.reduce((total, { row }) => total + (row.seats_max ?? 0), 0);
  const used = sizes.reduce((total, size) => total + size, 0);
  report.figure("sections", sections.length);
  report.figure("seats", seats);
  report.figure("seats_used", used);
  report.figure("seats_used_share", seats === 0 ? 1 : used / seats, SHARE);
  report.figure("class_size_mean", sizes.length === 0 ? 0 : used / sizes.length, HUNDREDTH);
  report.figure("class_size_min", sizes.length === 0 ? 0 : Math.min(...sizes));
  report.figure("class_size_max", sizes.length === 0 ? 0 : Math.max(...sizes));
  const spreads = [...byCourse.values()].filter(({ length }) => length > 1).map(spread);
  report.figure(
    "class_size_spread",
    spreads.length === 0 ? 0 : spreads.reduce((a, b) => a + b) / spreads.length,
    HUNDREDTH,
  );
}

/** Standard deviation of the sizes of one course's sections. */
function spread(sections: readonly Placed[]): number {
  const mean = sections.reduce((total, { roster }) => total + roster.length, 0) / sections.length;
  return Math.sqrt(sections.reduce((total, { roster }) => total + (roster.length - mean) ** 2, 0) / sections.length);
}

function staffFigures({ dataset, sections }: Reading, report: Report): void {
  const preference = preferences(dataset);
  const known = sections
    .map(({ row }) => preference.get(`${row.teacher_id}/${row.course_id}`))
    .filter((each) => each !== undefined);
  const mean = known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  report.figure("teacher_preference_mean", mean, { absolute: 0.00051 });
  report.figure("teachers_used", new Set(sections.flatMap(({ row }) => row.teacher_id ?? [])).size);
  report.figure("rooms_used", new Set(sections.flatMap(({ row }) => row.room_id ?? [])).size);
}

/** Students' courses that today and the plan give in different sections. */
function movedStudents({ dataset, schedules }: Reading): number {
  const { today_enrollments, today_sections } = dataset.tables;
  const courseToday = new Map(today_sections.map((row) => [row.section_id, row.course_id]));
  let moved = 0;
  for (const row of today_enrollments) {
    const course = courseToday.get(row.section_id);
    const now = schedules.get(row.student_id)?.placed.find((each) => each.row.course_id === course);
    if (now !== undefined && now.row.section_id !== row.section_id) moved++;
  }
  return moved;
}

/** Σ worth of requests met and alternates used + `complete` a complete student. */
function points(reading: Reading): number {
  const { dataset, schedules, courses, byId } = reading;
  const weights = weightsOf(reading);
  const factors: Readonly<Record<string, number>> = dataset.settings.scheduling.grade_factors ?? {};
  let total = 0;
  for (const schedule of schedules.values()) {
    const taken = new Map(schedule.enrollments.map((row) => [byId.get(row.section_id)?.row.course_id, row.kind]));
    for (const { course_id, kind, rank } of schedule.requests)
      if (taken.has(course_id))
        total += weights[kind] * worth(courses.get(course_id)?.priority, rank) * (factors[schedule.student.grade] ?? 1);
    const outcome = outcomeOf(schedule, byId);
    if (schedule.requests.length > 0 && outcome.met + outcome.replaced === outcome.asked) total += weights.complete;
  }
  return total;
}

/** Up to a tenth more by priority (low first) and a twentieth by rank; 50 and 5 where absent. */
const worth = (priority = 50, rank = 5): number => 1 + (0.1 * (99 - priority)) / 98 + 0.05 / rank;

/** `teacher/course` → preference, 0–3; 1 where the district gives none. */
function preferences(dataset: Reading["dataset"]): Map<string, number> {
  return new Map(
    dataset.tables.teacher_courses.map((row) => [`${row.teacher_id}/${row.course_id}`, row.preference ?? 1]),
  );
}
