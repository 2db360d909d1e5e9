import type { Plan, TableRow } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { Placed, Reading, Schedule } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { alternates } from "../rules/alternates.ts";
import { inclusionShare } from "../rules/inclusion-share.ts";
import { differentTerm, sameStudents, termOrder } from "../rules/links/student-links.ts";
import { requestTerms } from "../rules/request-terms.ts";
import { requestsAnswered } from "../rules/requests-answered.ts";
import { rooms } from "../rules/rooms.ts";
import { seats } from "../rules/seats.ts";
import { sectionLocks } from "../rules/section-locks.ts";
import { studentClashes } from "../rules/student-clashes.ts";
import { studentFree } from "../rules/student-free.ts";
import { studentLunch } from "../rules/student-lunch.ts";
import { studentNotTeacher } from "../rules/student-not-teacher.ts";
import { studentPartners } from "../rules/student-partners.ts";
import { studentTeams } from "../rules/student-teams.ts";

export type Enrollment = Plan<"scheduling">["decisions"]["enrollments"][number];

/** One student's seats after a change; `requests` and `student` where they are not those on file. */
export interface Seating {
  readonly student: TableRow<"students">;
  readonly requests: readonly TableRow<"requests">[];
  readonly enrollments: readonly Enrollment[];
}

/** Rules that seats can break where sections stay where they are. */
const SEAT_RULES: readonly Rule[] = [
  seats,
  inclusionShare,
  sectionLocks,
  rooms,
  studentClashes,
  studentFree,
  studentLunch,
  studentTeams,
  studentPartners,
  studentNotTeacher,
  requestsAnswered,
  requestTerms,
  alternates,
  termOrder,
  differentTerm,
];

/**
 * Judges a plan with a few students seated otherwise by every rule that seats can break, looking at those students, whoever is bound to them, and
 * the sections that they leave or enter: a question is answered in milliseconds, and so is this.
 */
export function judgeSeating(reading: Reading, seatings: readonly Seating[], report: Report): void {
  const after = seated(reading, seatings);
  for (const rule of SEAT_RULES) rule(after.near, report);
  // Pairs of sections are made by all their students.
  if (reading.dataset.tables.course_links.some(({ kind }) => kind === "same_students"))
    sameStudents(after.whole, report);
}

function seated(reading: Reading, seatings: readonly Seating[]): { near: Reading; whole: Reading } {
  const byId = new Map(reading.byId);
  for (const [id, roster] of rosters(reading, seatings)) {
    const section = byId.get(id);
    if (section) byId.set(id, { ...section, roster, row: { ...section.row, enrolled: roster.length } });
  }
  const now = (section: Placed): Placed => byId.get(section.row.section_id) ?? section;
  const touched = [...byId.values()].filter((section) => reading.byId.get(section.row.section_id) !== section);
  const schedules = new Map(reading.schedules);
  for (const { student, requests, enrollments } of seatings) {
    const rules = reading.schedules.get(student.student_id)?.rules ?? [];
    const placed = enrollments.flatMap((row) => byId.get(row.section_id) ?? []);
    const unmet = unmetOf(requests, enrollments, placed);
    schedules.set(student.student_id, { student, requests, rules, enrollments, placed, unmet });
  }
  const near = new Map<string, Schedule>();
  for (const id of withPartners(reading, seatings)) {
    const schedule = schedules.get(id);
    if (schedule) near.set(id, { ...schedule, placed: schedule.placed.map(now) });
  }
  const decisions = { ...reading.plan.decisions, enrollments: [...near.values()].flatMap((each) => each.enrollments) };
  const roomsOf = new Set(touched.flatMap(({ row }) => row.room_id ?? []));
  const whole = {
    ...reading,
    byId,
    schedules,
    seatedWith: new Map([...reading.seatedWith].map(([id, group]) => [id, group.map(now)])),
    plan: { ...reading.plan, decisions, unmet: [] },
  };
  return {
    whole,
    near: {
      ...whole,
      schedules: near,
      sections: touched,
      byRoom: new Map([...roomsOf].map((id) => [id, (reading.byRoom.get(id) ?? []).map(now)])),
    },
  };
}

/** New rosters of the sections that these students leave or enter. */
function rosters(reading: Reading, seatings: readonly Seating[]): Map<string, Enrollment[]> {
  const found = new Map<string, Enrollment[]>();
  const rosterOf = (id: string): Enrollment[] => {
    const known = found.get(id) ?? [...(reading.byId.get(id)?.roster ?? [])];
    found.set(id, known);
    return known;
  };
  for (const { student, enrollments } of seatings) {
    for (const { section_id } of reading.schedules.get(student.student_id)?.enrollments ?? [])
      found.set(
        section_id,
        rosterOf(section_id).filter((row) => row.student_id !== student.student_id),
      );
    for (const row of enrollments) rosterOf(row.section_id).push(row);
  }
  return found;
}

/** These students and all who are bound to them by a rule of either. */
function withPartners(reading: Reading, seatings: readonly Seating[]): Set<string> {
  const ids = new Set(seatings.map(({ student }) => student.student_id));
  const near = new Set(ids);
  for (const { student_id, kind, value } of reading.dataset.tables.student_rules) {
    if (kind !== "with" && kind !== "apart") continue;
    if (ids.has(student_id) && value !== undefined) near.add(value);
    if (ids.has(value ?? "")) near.add(student_id);
  }
  return near;
}

function unmetOf(
  requests: readonly TableRow<"requests">[],
  enrollments: readonly Enrollment[],
  placed: readonly Placed[],
): Schedule["unmet"] {
  const taken = new Set(placed.flatMap(({ row }, i) => (enrollments[i]?.kind === "alternate" ? [] : [row.course_id])));
  return requests
    .filter(({ kind, course_id }) => kind !== "alternate" && !taken.has(course_id))
    .map(({ student_id, course_id, kind }) => ({ student_id, course_id, kind, reason_code: "not_proven" }));
}
