import { applyScenario, type Dataset, InputError, type Plan, type TableRow } from "@trivium/model";
import { stringify } from "csv-stringify/sync";
import type { ExportResources } from "../export-plan.ts";
import type { ExportFiles } from "../files.ts";
import { safeText } from "../safe-text.ts";
import { meetingsOf } from "../timetables/meetings.ts";
import { COLUMNS, FILES, type OneRosterFile } from "./columns.ts";

type SchedulingPlan = Plan<"scheduling">;
type Cells = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The schedule as 1EdTech OneRoster 1.2 CSV, for a bulk load into the SIS: sessions, organizations, courses, classes and enrollments.
 * People are the SIS's own and are not written (`file.users` is absent): a sourcedId of a user is the district's student or teacher id.
 * In a bulk file `status` and `dateLastModified` stay empty, as the specification asks.
 * @throws InputError dataset-missing
 * @see 1EdTech OneRoster CSV Binding 1.2.1, sections 2 (manifest) and 3 (files)
 */
export function oneRosterFiles(plan: SchedulingPlan, resources: ExportResources): ExportFiles {
  if (!resources.dataset)
    throw new InputError("dataset-missing", "OneRoster names terms, courses and schools. Maybe give --data DIR");
  const dataset = applyScenario(resources.dataset, plan.scenario);
  const content: Readonly<Record<OneRosterFile, Cells[]>> = {
    academicSessions: sessions(dataset),
    orgs: orgs(dataset),
    courses: courses(dataset, plan),
    classes: classes(dataset, plan),
    enrollments: enrollments(dataset, plan),
  };
  return new Map([
    ["manifest.csv", manifest(plan)],
    ...FILES.map((file): [string, string] => [`${file}.csv`, csv(COLUMNS[file], content[file])]),
  ]);
}

function csv(columns: readonly string[], rows: readonly Cells[]): string {
  return stringify([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))], {
    record_delimiter: "windows",
  });
}

const cell = (value: string | number | boolean | undefined): string => (value === undefined ? "" : String(value));

const ABSENT = [
  "categories",
  "classResources",
  "courseResources",
  "demographics",
  "lineItemLearningObjectiveIds",
  "lineItems",
  "lineItemScoreScales",
  "resources",
  "resultLearningObjectiveIds",
  "results",
  "resultScoreScales",
  "roles",
  "scoreScales",
  "userProfiles",
  "userResources",
  "users",
] as const;

function manifest(plan: SchedulingPlan): string {
  const files = [...ABSENT.map((file) => [`file.${file}`, "absent"]), ...FILES.map((file) => [`file.${file}`, "bulk"])];
  return stringify(
    [
      ["propertyName", "value"],
      ["manifest.version", "1.0"],
      ["oneroster.version", "1.2"],
      ...files.sort(([a], [b]) => (a < b ? -1 : 1)),
      ["source.systemName", "Trivium"],
      ["source.systemCode", `trivium-${plan.trivium_version}`],
    ],
    { record_delimiter: "windows" },
  );
}

const DISTRICT = "district";
const orgId = (schoolId: string) => `school-${schoolId}`;
const sessionId = (termId: string) => `term-${termId}`;
const WHOLE_YEAR = "school-year";

function sessions(dataset: Dataset): Cells[] {
  const { terms } = dataset.tables;
  const schoolYear = Number(dataset.district.school_year.slice(0, 4)) + 1;
  const children = (termId: string) => terms.filter((term) => term.parent_term_id === termId).length;
  const type = (term: TableRow<"terms">): string => {
    if (term.parent_term_id === undefined) return "schoolYear";
    const parent = terms.find((each) => each.term_id === term.parent_term_id);
    if (parent?.parent_term_id !== undefined) return "gradingPeriod";
    return children(term.parent_term_id) === 2 ? "semester" : "term";
  };
  if (terms.length === 0) {
    const year = schoolYear - 1;
    return [
      {
        sourcedId: WHOLE_YEAR,
        title: dataset.district.school_year,
        type: "schoolYear",
        startDate: `${year}-07-01`,
        endDate: `${schoolYear}-06-30`,
        schoolYear,
      },
    ];
  }
  return terms.map((term) => ({
    sourcedId: sessionId(term.term_id),
    title: safeText(term.title),
    type: type(term),
    startDate: term.start_date,
    endDate: term.end_date,
    parentSourcedId: term.parent_term_id === undefined ? undefined : sessionId(term.parent_term_id),
    schoolYear,
  }));
}

function orgs(dataset: Dataset): Cells[] {
  return [
    { sourcedId: DISTRICT, name: safeText(dataset.district.name), type: "district" },
    ...dataset.tables.schools.map((school) => ({
      sourcedId: orgId(school.school_id),
      name: safeText(school.name),
      type: "school",
      identifier: school.nces_id ?? school.school_id,
      parentSourcedId: DISTRICT,
    })),
  ];
}

/** The courses that the plan offers. */
function courses(dataset: Dataset, plan: SchedulingPlan): Cells[] {
  const offered = new Set(plan.decisions.sections.map((section) => section.course_id));
  const year = dataset.tables.terms.find((term) => term.parent_term_id === undefined);
  return dataset.tables.courses
    .filter((course) => offered.has(course.course_id))
    .map((course) => ({
      sourcedId: course.course_id,
      schoolYearSourcedId: year ? sessionId(year.term_id) : WHOLE_YEAR,
      title: safeText(course.title),
      courseCode: course.course_id,
      grades: grades(course),
      orgSourcedId: orgId(course.school_id),
      subjects: safeText(course.department),
    }));
}

function classes(dataset: Dataset, plan: SchedulingPlan): Cells[] {
  const courseOf = new Map(dataset.tables.courses.map((course) => [course.course_id, course]));
  const meetings = meetingsOf(dataset);
  return plan.decisions.sections.flatMap((section) => {
    const course = courseOf.get(section.course_id);
    if (!course) return [];
    const periods = meetings(course.school_id, section.pattern_id).map(({ periodId }) => periodId);
    return [
      {
        sourcedId: section.section_id,
        title: safeText(`${course.title} (${section.section_id})`),
        grades: grades(course),
        courseSourcedId: section.course_id,
        classCode: section.section_id,
        classType: "scheduled",
        location: section.room_id,
        schoolSourcedId: orgId(course.school_id),
        termSourcedIds: section.term_id === undefined ? wholeYear(dataset) : sessionId(section.term_id),
        subjects: safeText(course.department),
        periods: [...new Set(periods)].join(","),
      },
    ];
  });
}

/** Teachers first (the main one is primary), then students, by section. */
function enrollments(dataset: Dataset, plan: SchedulingPlan): Cells[] {
  const courseOf = new Map(dataset.tables.courses.map((course) => [course.course_id, course]));
  const termOf = new Map(dataset.tables.terms.map((term) => [term.term_id, term]));
  const students = Map.groupBy(plan.decisions.enrollments, (enrollment) => enrollment.section_id);
  return plan.decisions.sections.flatMap((section): Cells[] => {
    const course = courseOf.get(section.course_id);
    if (!course) return [];
    const term = section.term_id === undefined ? undefined : termOf.get(section.term_id);
    const row = (userId: string, role: "teacher" | "student", primary: boolean): Cells => ({
      sourcedId: `${section.section_id}:${role}:${userId}`,
      classSourcedId: section.section_id,
      schoolSourcedId: orgId(course.school_id),
      userSourcedId: userId,
      role,
      primary,
      beginDate: term?.start_date,
      endDate: term?.end_date,
    });
    return [
      ...(section.teacher_id === undefined ? [] : [row(section.teacher_id, "teacher", true)]),
      ...(section.co_teacher_ids ?? []).map((teacher) => row(teacher, "teacher", false)),
      ...(students.get(section.section_id) ?? []).map(({ student_id }) => row(student_id, "student", false)),
    ];
  });
}

function wholeYear(dataset: Dataset): string {
  const year = dataset.tables.terms.find((term) => term.parent_term_id === undefined);
  return year ? sessionId(year.term_id) : WHOLE_YEAR;
}

/** CEDS grade codes: PK, KG, 01 … 12. */
function grades(course: TableRow<"courses">): string {
  return (course.grade_levels ?? []).map((grade) => (grade === "K" ? "KG" : grade.padStart(2, "0"))).join(",");
}
