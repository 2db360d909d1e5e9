import { applyScenario, type Dataset, InputError, type Plan } from "@trivium/model";
import type { ExportResources } from "../export-plan.ts";
import type { ExportFiles } from "../files.ts";
import { Page } from "../pdf/page.ts";
import { table } from "../pdf/table.ts";
import { type Grid, gridMaker } from "./grid.ts";

type SchedulingPlan = Plan<"scheduling">;
type Section = SchedulingPlan["decisions"]["sections"][number];

/** Whose week a printed page shows. */
interface Sheet {
  readonly title: string;
  readonly note: string;
  readonly schoolId: string;
  readonly sections: readonly Section[];
  readonly say: (section: Section) => string;
}

/**
 * Timetables to print: a page a student, a teacher, a room, in three files; by grade and id, so that a stack can be handed out.
 * @throws InputError dataset-missing
 */
export async function timetableFiles(plan: SchedulingPlan, resources: ExportResources): Promise<ExportFiles> {
  if (!resources.dataset)
    throw new InputError(
      "dataset-missing",
      "a timetable needs the bell schedule and the titles of courses. Maybe give --data DIR",
    );
  const dataset = applyScenario(resources.dataset, plan.scenario);
  const words = wordsOf(dataset);
  return new Map([
    [
      "timetables-students.pdf",
      await printed("Student timetables", students(plan, dataset, words), plan, dataset, resources),
    ],
    [
      "timetables-teachers.pdf",
      await printed("Teacher timetables", teachers(plan, dataset, words), plan, dataset, resources),
    ],
    ["timetables-rooms.pdf", await printed("Room timetables", rooms(plan, dataset, words), plan, dataset, resources)],
  ]);
}

interface Words {
  course(id: string): string;
  school(id: string): string;
  teacher(id: string): string;
}

function wordsOf(dataset: Dataset): Words {
  const courses = new Map(dataset.tables.courses.map((course) => [course.course_id, course.title]));
  const schools = new Map(dataset.tables.schools.map((school) => [school.school_id, school.name]));
  const teachers = new Map(dataset.tables.teachers.map((teacher) => [teacher.teacher_id, teacher.name]));
  return {
    course: (id) => courses.get(id) ?? id,
    school: (id) => schools.get(id) ?? id,
    teacher: (id) => teachers.get(id) ?? id,
  };
}

const where = (section: Section): string => (section.room_id === undefined ? "" : `, ${section.room_id}`);

function students(plan: SchedulingPlan, dataset: Dataset, words: Words): Sheet[] {
  const sectionOf = new Map(plan.decisions.sections.map((section) => [section.section_id, section]));
  const enrolled = Map.groupBy(plan.decisions.enrollments, (enrollment) => enrollment.student_id);
  const say = (section: Section) =>
    `${words.course(section.course_id)}${where(section)}${section.teacher_id === undefined ? "" : `, ${words.teacher(section.teacher_id)}`}`;
  const order = (grade: string) => (grade === "PK" ? -1 : grade === "K" ? 0 : Number(grade));
  return dataset.tables.students
    .filter((student) => enrolled.has(student.student_id))
    .sort((a, b) => order(a.grade) - order(b.grade) || (a.student_id < b.student_id ? -1 : 1))
    .map((student) => ({
      title: `Student ${student.student_id}`,
      note: `${words.school(student.school_id)} · grade ${student.grade}`,
      schoolId: student.school_id,
      sections: (enrolled.get(student.student_id) ?? []).flatMap(({ section_id }) => sectionOf.get(section_id) ?? []),
      say,
    }));
}

function teachers(plan: SchedulingPlan, dataset: Dataset, words: Words): Sheet[] {
  const taught = new Map<string, Section[]>();
  for (const section of plan.decisions.sections)
    for (const teacher of new Set([
      ...(section.teacher_id === undefined ? [] : [section.teacher_id]),
      ...(section.co_teacher_ids ?? []),
    ]))
      taught.set(teacher, [...(taught.get(teacher) ?? []), section]);
  return dataset.tables.teachers
    .filter((teacher) => taught.has(teacher.teacher_id))
    .map((teacher) => ({
      title: teacher.name ?? `Teacher ${teacher.teacher_id}`,
      note: [words.school(teacher.school_id), teacher.name && teacher.teacher_id].filter(Boolean).join(" · "),
      schoolId: teacher.school_id,
      sections: taught.get(teacher.teacher_id) ?? [],
      say: (section) =>
        `${words.course(section.course_id)} (${section.section_id})${where(section)}, ${section.enrolled ?? 0} students`,
    }));
}

function rooms(plan: SchedulingPlan, dataset: Dataset, words: Words): Sheet[] {
  const used = Map.groupBy(
    plan.decisions.sections.filter((section) => section.room_id !== undefined),
    (section) => section.room_id as string,
  );
  return dataset.tables.rooms
    .filter((room) => used.has(room.room_id))
    .map((room) => ({
      title: `Room ${room.room_id}`,
      note: [words.school(room.school_id), room.building, `${room.capacity} seats`].filter(Boolean).join(" · "),
      schoolId: room.school_id,
      sections: used.get(room.room_id) ?? [],
      say: (section) =>
        `${words.course(section.course_id)} (${section.section_id})${section.teacher_id === undefined ? "" : `, ${words.teacher(section.teacher_id)}`}`,
    }));
}

async function printed(
  title: string,
  sheets: readonly Sheet[],
  plan: SchedulingPlan,
  dataset: Dataset,
  { approved }: ExportResources,
): Promise<Uint8Array> {
  const maker = gridMaker(dataset);
  const footer = `${title} · ${dataset.district.name} ${dataset.district.school_year} · plan ${plan.provenance.plan_hash.slice(0, 12)}`;
  const page = new Page({ title, footer, approved });
  sheets.forEach((sheet, at) => {
    if (at > 0) page.next();
    page.title(sheet.title);
    page.note(sheet.note);
    drawGrid(page, maker.grid(sheet.schoolId, sheet.sections, sheet.say));
  });
  if (sheets.length === 0) page.paragraph("Nobody is scheduled.");
  return page.bytes();
}

const TIME_SHARE = 0.22;

function drawGrid(page: Page, { days, rows }: Grid): void {
  const share = (1 - TIME_SHARE) / Math.max(1, days.length);
  table(
    page,
    [{ title: "Period", share: TIME_SHARE }, ...days.map((day) => ({ title: `Day ${day}`, share }))],
    rows.map((row) => [row.time, ...row.cells.map((lines) => lines.join("\n"))]),
  );
}
