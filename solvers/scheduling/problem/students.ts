import type { Dataset } from "@trivium/model";
import { flatten } from "./lists.ts";
import { ALTERNATE, type Calendar, ELECTIVE, REQUIRED, type Requests, type Students } from "./problem.ts";
import type { Weights } from "./weights.ts";

type Rule = Dataset["tables"]["student_rules"][number];
type RequestRow = Dataset["tables"]["requests"][number];

interface Known {
  readonly courseIndex: ReadonlyMap<string, number>;
  readonly sectionIndex: ReadonlyMap<string, number>;
  readonly teacherIndex: ReadonlyMap<string, number>;
  readonly teams: readonly string[];
  readonly weights: Weights;
  readonly waves: number;
}

/** Slots that any rule of a student names, so that the calendar keeps them apart. */
export function watchedSlots(dataset: Dataset): Set<string> {
  const waves = dataset.settings.scheduling.lunch?.waves ?? [];
  return new Set([...dataset.tables.student_rules.flatMap((rule) => rule.unavailable ?? []), ...waves.flat()]);
}

const KIND_CODE = { required: REQUIRED, elective: ELECTIVE, alternate: ALTERNATE } as const;

export function buildStudents(
  dataset: Dataset,
  schoolIds: readonly string[],
  calendar: Calendar,
  known: Known,
): { students: Students; requests: Requests } {
  const rows = dataset.tables.students.filter((row) => schoolIds.includes(row.school_id));
  const asked = Map.groupBy(
    dataset.tables.requests.filter((row) => known.courseIndex.has(row.course_id)),
    (row) => row.student_id,
  );
  const withRequests = rows.filter((row) => asked.has(row.student_id));
  const index = new Map(withRequests.map((row, student) => [row.student_id, student]));
  const flat = withRequests.flatMap((row) =>
    [...(asked.get(row.student_id) ?? [])].sort(
      (a, b) => Number(a.kind === "alternate") - Number(b.kind === "alternate"),
    ),
  );
  const rules = Map.groupBy(dataset.tables.student_rules, (rule) => rule.student_id);
  return {
    students: studentsOf(dataset, schoolIds, calendar, known, withRequests, index, rules, flat),
    requests: requestsOf(dataset, calendar, known, flat, index),
  };
}

function studentsOf(
  dataset: Dataset,
  schoolIds: readonly string[],
  calendar: Calendar,
  known: Known,
  rows: readonly Dataset["tables"]["students"][number][],
  index: ReadonlyMap<string, number>,
  rules: ReadonlyMap<string, readonly Rule[]>,
  requests: readonly RequestRow[],
): Students {
  const off = new Int32Array(rows.length * calendar.bitWords);
  const leaves = calendar.leafIds.length;
  const quiet = new Int32Array(rows.length * calendar.atomWords);
  const lunchSlots = new Set(dataset.settings.scheduling.lunch?.waves?.flat());
  const slotsUsable = new Int32Array(rows.length * leaves);
  const freeSlots = new Int32Array(rows.length);
  const rulesOf = (student: number) => rules.get(rows[student].student_id) ?? [];
  const school = Int32Array.from(rows, (row) => schoolIds.indexOf(row.school_id));
  rows.forEach((_, student) => {
    const unavailable = new Set(rulesOf(student).flatMap((rule) => rule.unavailable ?? []));
    freeSlots[student] = Math.max(
      0,
      ...rulesOf(student).map((rule) => (rule.kind === "free" ? Number(rule.value ?? 0) || 0 : 0)),
    );
    let usable = 0;
    for (let slot = 0; slot < calendar.slots; slot++) {
      if (calendar.slotSchool[slot] !== school[student]) continue;
      const name = calendar.slotNames[slot];
      if (lunchSlots.has(name) || unavailable.has(name)) blockAtoms(calendar, slot, quiet, student);
      if (unavailable.has(calendar.slotNames[slot])) blockBits(calendar, slot, off, student);
      else usable++;
    }
    for (let leaf = 0; leaf < leaves; leaf++) slotsUsable[student * leaves + leaf] = usable - freeSlots[student];
  });
  const values = (student: number, kind: Rule["kind"]) =>
    rulesOf(student).flatMap((rule) => (rule.kind === kind && rule.value !== undefined ? [rule.value] : []));
  const symmetric = (kind: "with" | "apart") => {
    const partners = rows.map(() => new Set<number>());
    rows.forEach((_, student) => {
      for (const other of values(student, kind).map((id) => index.get(id) ?? -1)) {
        if (other < 0 || other === student) continue;
        partners[student].add(other);
        partners[other].add(student);
      }
    });
    return flatten(partners.map((set) => [...set]));
  };
  const lunch = dataset.settings.scheduling.lunch;
  const waves = Int32Array.from(rows, (row) => {
    const own = lunch?.grades?.[row.grade];
    return own === undefined ? (1 << known.waves) - 1 : own < known.waves ? 1 << own : 0;
  });
  const together = symmetric("with");
  const apart = symmetric("apart");
  const notTeachers = flatten(
    rows.map((_, student) => values(student, "not_teacher").flatMap((id) => known.teacherIndex.get(id) ?? [])),
  );
  const columns = dataset.settings.scheduling.parity?.columns ?? [];
  const requestStart = new Int32Array(rows.length + 1);
  for (const request of requests) requestStart[(index.get(request.student_id) ?? 0) + 1]++;
  for (let student = 0; student < rows.length; student++) requestStart[student + 1] += requestStart[student];
  const held = rosterLocks(dataset, known);
  const special = new Set(
    requests
      .filter(
        (row) =>
          row.term_id !== undefined ||
          row.locked_section_id !== undefined ||
          held.has(`${row.student_id}/${row.course_id}`),
      )
      .map((row) => row.student_id),
  );
  return {
    ids: rows.map((row) => row.student_id),
    grades: rows.map((row) => row.grade),
    school,
    requestStart,
    off,
    quiet,
    freeSlots,
    slotsUsable,
    team: Int32Array.from(rows, (_, student) => {
      const team = values(student, "team")[0];
      return team === undefined ? -1 : known.teams.indexOf(team) < 0 ? -2 : known.teams.indexOf(team);
    }),
    inclusion: Uint8Array.from(rows, (_, student) => (values(student, "section_flag").includes("inclusion") ? 1 : 0)),
    together,
    apart,
    notTeachers,
    waves,
    groups: groupsOf(rows, columns),
    groupColumns: columns.length,
    plain: Uint8Array.from(rows, (row, student) =>
      rulesOf(student).some((rule) => rule.kind !== "free") || special.has(row.student_id) || hasPartner(student)
        ? 0
        : 1,
    ),
  };

  function hasPartner(student: number): boolean {
    return together.start[student] < together.start[student + 1] || apart.start[student] < apart.start[student + 1];
  }
}

/** Values of the columns of the parity goal, numbered by name: students × columns, −1 none. */
function groupsOf(rows: readonly Dataset["tables"]["students"][number][], columns: readonly string[]): Int32Array {
  const groups = new Int32Array(rows.length * columns.length).fill(-1);
  columns.forEach((column, place) => {
    const groupIn = (student: number) => rows[student].extra?.[column] ?? "";
    const values = [...new Set(rows.map((_, student) => groupIn(student)))].filter((value) => value !== "").sort();
    rows.forEach((_, student) => {
      groups[student * columns.length + place] = values.indexOf(groupIn(student));
    });
  });
  return groups;
}

function blockAtoms(calendar: Calendar, slot: number, masks: Int32Array, row: number): void {
  for (let leaf = 0; leaf < calendar.leafIds.length; leaf++) {
    const atom = leaf * calendar.slots + slot;
    masks[row * calendar.atomWords + (atom >> 5)] |= 1 << (atom & 31);
  }
}

function blockBits(calendar: Calendar, slot: number, off: Int32Array, student: number): void {
  for (let leaf = 0; leaf < calendar.leafIds.length; leaf++) {
    const bit = calendar.bitOfAtom[leaf * calendar.slots + slot];
    if (bit >= 0) off[student * calendar.bitWords + (bit >> 5)] |= 1 << (bit & 31);
  }
}

function requestsOf(
  dataset: Dataset,
  calendar: Calendar,
  known: Known,
  rows: readonly RequestRow[],
  index: ReadonlyMap<string, number>,
): Requests {
  const priority = new Map(dataset.tables.courses.map((course) => [course.course_id, course.priority ?? 50]));
  const todayCourse = new Map(dataset.tables.today_sections.map((row) => [row.section_id, row.course_id]));
  const today = new Map(
    dataset.tables.today_enrollments.map((row) => [
      `${row.student_id}/${todayCourse.get(row.section_id)}`,
      known.sectionIndex.get(row.section_id) ?? -1,
    ]),
  );
  const locked = rosterLocks(dataset, known);
  const place = new Map(rows.map((row, request) => [`${row.student_id}/${row.course_id}`, request]));
  const closed = new Set(dataset.tables.sections.filter(rosterLocked).map((row) => row.section_id));
  const lockOf = (row: RequestRow): number => {
    const held = locked.get(`${row.student_id}/${row.course_id}`);
    if (row.locked_section_id === undefined) return held ?? -1;
    const asked = known.sectionIndex.get(row.locked_section_id) ?? -2;
    return (held !== undefined || closed.has(row.locked_section_id)) && held !== asked ? -2 : asked;
  };
  const grades = new Map(dataset.tables.students.map((row) => [row.student_id, row.grade]));
  const factors: Readonly<Record<string, number>> = dataset.settings.scheduling.grade_factors ?? {};
  const points = Float64Array.from(
    rows,
    (row) =>
      requestWorth(row, priority.get(row.course_id) ?? 50, known.weights) *
      (factors[grades.get(row.student_id) ?? ""] ?? 1),
  );
  return {
    count: rows.length,
    student: Int32Array.from(rows, (row) => index.get(row.student_id) ?? 0),
    course: Int32Array.from(rows, (row) => known.courseIndex.get(row.course_id) ?? 0),
    kind: Uint8Array.from(rows, (row) => KIND_CODE[row.kind]),
    points,
    value: points.map(
      (worth, request) =>
        worth + (locked.has(`${rows[request].student_id}/${rows[request].course_id}`) ? HELD_SEAT : 0),
    ),
    term: Int32Array.from(rows, (row) => (row.term_id === undefined ? -1 : calendar.termIds.indexOf(row.term_id))),
    lockedSection: Int32Array.from(rows, lockOf),
    alternateFor: Int32Array.from(rows, (row) =>
      row.alternate_for === undefined ? -1 : (place.get(`${row.student_id}/${row.alternate_for}`) ?? -2),
    ),
    today: Int32Array.from(rows, (row) => today.get(`${row.student_id}/${row.course_id}`) ?? -1),
  };
}

/** Worth of a seat on a locked roster: more than everything else that a student asks for. */
const HELD_SEAT = 100_000;

const rosterLocked = (row: Dataset["tables"]["sections"][number]) => row.locked?.includes("roster") === true;

/** Students of sections whose roster is locked stay where they are today. */
function rosterLocks(dataset: Dataset, known: Known): Map<string, number> {
  const closed = new Map(
    dataset.tables.sections.filter(rosterLocked).map((row) => [row.section_id, row.course_id] as const),
  );
  return new Map(
    dataset.tables.today_enrollments.flatMap((row) => {
      const course = closed.get(row.section_id);
      const section = known.sectionIndex.get(row.section_id);
      return course === undefined || section === undefined ? [] : [[`${row.student_id}/${course}`, section] as const];
    }),
  );
}

/** Value of a request: its kind's weight, up to a tenth more by course priority and a twentieth by rank. */
function requestWorth(row: RequestRow, priority: number, weights: Weights): number {
  const base = weights[row.kind];
  return base * (1 + (0.1 * (99 - priority)) / 98 + 0.05 / (row.rank ?? 5));
}
