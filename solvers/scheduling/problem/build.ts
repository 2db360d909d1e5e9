import type { SolveOptions } from "@trivium/engine";
import { type Dataset, InputError } from "@trivium/model";
import { buildCalendar } from "./calendar.ts";
import { buildCatalog } from "./catalog.ts";
import { inOrder } from "./in-order.ts";
import { buildLinks } from "./links.ts";
import { openTimes } from "./open-times.ts";
import type { ObjectiveTables, SchedulingProblem, School } from "./problem.ts";
import { buildRooms, buildStaff, buildTeachers } from "./staff.ts";
import { buildStudents, watchedSlots } from "./students.ts";
import { todayOf } from "./today.ts";
import { type Weights, weightsOf } from "./weights.ts";

/**
 * Dataset → problem. Schools that share a teacher are decided together, all others apart.
 * The order of the rows decides nothing: tables are read in the order of their keys. Without terms, teachers, rooms or patterns the plan has none (terms: one year; patterns: one a period, on all its days).
 *
 * @throws InputError missing-tables, no-such-school, unknown-weight, locked-time-unknown
 */
export function buildProblem(district: Dataset, options: SolveOptions): SchedulingProblem {
  const dataset = inOrder(district);
  for (const name of ["periods", "courses", "requests"] as const) {
    if (dataset.tables[name].length === 0)
      throw new InputError(
        "missing-tables",
        `scheduling needs ${name}.csv, which is absent or empty. Maybe the folder scheduling/ is missing?`,
        {
          path: `scheduling/${name}.csv`,
        },
      );
  }
  const offering = [...new Set(dataset.tables.courses.map((course) => course.school_id))];
  if (options.schoolId !== undefined && !offering.includes(options.schoolId))
    throw new InputError(
      "no-such-school",
      `no course is offered at school ${options.schoolId}. Maybe one of ${offering.join(", ")}?`,
      { path: "school_id", values: { school_id: options.schoolId } },
    );
  const weights = weightsOf(dataset.settings.scheduling.weights, options.weights);
  const groups = options.schoolId === undefined ? sharingTeachers(dataset, offering) : [[options.schoolId]];
  return {
    schools: groups.map((schoolIds) => buildSchool(dataset, schoolIds, weights, options)),
    weights: { ...weights, moved_student: priceOfMoved(dataset, weights) },
    ...parityPrices(dataset),
    tables: objectiveTables(dataset, groups.flat()),
    preferences: new Map(
      dataset.tables.teacher_courses.map((row) => [`${row.teacher_id}/${row.course_id}`, row.preference ?? 1]),
    ),
    today: todayOf(dataset, groups.flat()),
  };
}

/** Schools joined by shared teachers, in the order of their first course. */
function sharingTeachers(dataset: Dataset, schoolIds: readonly string[]): string[][] {
  const group = new Map(schoolIds.map((id) => [id, id]));
  const root = (id: string): string => {
    const parent = group.get(id) ?? id;
    return parent === id ? id : root(parent);
  };
  const courseSchool = new Map(dataset.tables.courses.map((course) => [course.course_id, course.school_id]));
  const reach = Map.groupBy(dataset.tables.teacher_courses, (row) => row.teacher_id);
  const coTaught = Map.groupBy(
    dataset.tables.sections.flatMap((row) =>
      [row.teacher_id, ...(row.co_teacher_ids ?? [])].map((teacher) => ({ teacher, course: row.course_id })),
    ),
    (row) => row.teacher,
  );
  for (const teacher of dataset.tables.teachers) {
    const schools = [
      ...(reach.get(teacher.teacher_id) ?? []).map((row) => courseSchool.get(row.course_id)),
      ...(coTaught.get(teacher.teacher_id) ?? []).map((row) => courseSchool.get(row.course)),
    ].filter((id) => id !== undefined);
    for (const id of schools) group.set(root(id), root(schools[0]));
  }
  return [...Map.groupBy(schoolIds, root).values()];
}

function buildSchool(dataset: Dataset, schoolIds: readonly string[], weights: Weights, options: SolveOptions): School {
  const scheduling = dataset.settings.scheduling;
  const draft = buildCalendar(dataset, schoolIds, watchedSlots(dataset));
  const { calendar } = draft;
  const staff = buildStaff(dataset, schoolIds);
  const price = priceOfMoved(dataset, weights);
  const stable = price + weights.moved_teacher + weights.moved_room + weights.moved_time > 0;
  const warm = options.start?.area === "scheduling" && options.start.decisions !== null;
  const start = warm
    ? (options.start?.decisions as SchedulingProblemDecisions)
    : { sections: dataset.tables.today_sections, enrollments: dataset.tables.today_enrollments };
  // Locked rosters hold only where their sections stay apart, as today: so that is where the search starts.
  const held = dataset.tables.sections.some((row) => row.locked?.includes("roster"));
  const cold = !warm && !stable && !held;
  const catalog = buildCatalog(dataset, schoolIds, draft, staff, { rows: start.sections, cold });
  const waves = scheduling.lunch?.waves ?? [];
  const { students, requests } = buildStudents(dataset, schoolIds, calendar, {
    ...catalog,
    teacherIndex: staff.teacherIndex,
    weights,
    waves: waves.length,
  });
  const teachers = buildTeachers(dataset, schoolIds, calendar, staff.teacherRows, staff.roomIndex, catalog.courseIndex);
  const places = buildRooms(dataset, calendar, staff.roomRows);
  const [hasTeachers, hasRooms] = [dataset.tables.teachers.length > 0, dataset.tables.rooms.length > 0];
  const units = {
    ...catalog.units,
    times: openTimes(catalog.units, calendar, { teachers, hasTeachers, rooms: places.rooms, hasRooms }),
  };
  const parts = { ...catalog, units, calendar, students, requests };
  return {
    schoolIds,
    calendar,
    courses: catalog.courses,
    sections: catalog.sections,
    units,
    hasTeachers,
    teachers,
    hasRooms,
    ...places,
    students,
    requests,
    links: buildLinks(dataset, parts),
    waveBits: waveBits(waves, calendar),
    weights: { ...weights, moved_student: price },
    ...parityPrices(dataset),
    hintSection: hintSections(start.enrollments, catalog.sectionIndex, parts, cold),
    warm: !cold,
  };
}

const priceOfMoved = (dataset: Dataset, weights: Weights): number =>
  dataset.settings.scheduling.price_moved_student ?? weights.moved_student;

/** Prices of uneven groups and of groups served worse; a parity goal without weights has 1 and 100. */
function parityPrices({ settings }: Dataset): Pick<School, "parity" | "parityMet"> {
  const { parity } = settings.scheduling;
  if (parity === undefined || parity.columns.length === 0) return { parity: 0, parityMet: 0 };
  return { parity: parity.weight ?? 1, parityMet: parity.requests_met_weight ?? 100 };
}

function objectiveTables({ tables, settings }: Dataset, schoolIds: readonly string[]): ObjectiveTables {
  const here = <T extends { readonly school_id: string }>(rows: readonly T[]) =>
    rows.filter((row) => schoolIds.includes(row.school_id));
  const columns = settings.scheduling.parity?.columns ?? [];
  const groups = (extra: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.entries(extra).filter(([name]) => columns.includes(name)));
  return {
    terms: tables.terms,
    periods: here(tables.periods),
    patterns: here(tables.patterns),
    courses: here(tables.courses),
    course_links: tables.course_links,
    sections: tables.sections,
    teachers: tables.teachers.filter((row) =>
      [row.school_id, ...(row.schools ?? [])].some((id) => schoolIds.includes(id)),
    ),
    rooms: here(tables.rooms),
    students: here(tables.students).map(({ student_id, school_id, grade, extra }) => ({
      student_id,
      school_id,
      grade,
      extra: groups(extra),
    })),
    student_rules: tables.student_rules.filter((row) => row.unavailable !== undefined),
    settings: settings.scheduling,
  };
}

type SchedulingProblemDecisions = {
  readonly sections: Dataset["tables"]["today_sections"];
  readonly enrollments: Dataset["tables"]["today_enrollments"];
};

function waveBits(waves: readonly (readonly string[])[], calendar: School["calendar"]): Int32Array {
  const masks = new Int32Array(waves.length * calendar.bitWords);
  waves.forEach((names, wave) => {
    for (let atom = 0; atom < calendar.bitOfAtom.length; atom++) {
      const bit = calendar.bitOfAtom[atom];
      if (bit >= 0 && names.includes(calendar.slotNames[atom % calendar.slots]))
        masks[wave * calendar.bitWords + (bit >> 5)] |= 1 << (bit & 31);
    }
  });
  return masks;
}

function hintSections(
  enrollments: SchedulingProblemDecisions["enrollments"],
  sectionIndex: ReadonlyMap<string, number>,
  { students, requests, sections }: Pick<School, "students" | "requests" | "sections">,
  cold: boolean,
): Int32Array {
  const hints = new Int32Array(requests.count).fill(-1);
  if (cold) return hints;
  const studentIndex = new Map(students.ids.map((id, index) => [id, index]));
  for (const row of enrollments) {
    const student = studentIndex.get(row.student_id);
    const section = sectionIndex.get(row.section_id);
    if (student === undefined || section === undefined) continue;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.course[q] === sections.course[section]) hints[q] = section;
  }
  return hints;
}
