import type { Dataset, RequestRef, Step } from "@trivium/model";
import { type AnswerRule, type Fields, number, records } from "../../answer-fields.ts";
import type { Report } from "../../report.ts";
import type { Reading } from "../reading.ts";
import { judgeSteps } from "../steps.ts";

/** Rows whose steps are done anew, from the first: each judges the whole plan. */
const REPLAYED = 8;

/**
 * `one_more`: rows stand by their gain, name what the district has, and count what they say that they meet and lose; the first of those that come with
 * steps are laid on the plan and judged by every hard rule.
 */
export const oneMore: AnswerRule<Reading> = (reading, _question, answer, report) => {
  const rows = records(answer.rows);
  const gains = rows.map((row) => number(row.gain));
  report.check(
    "answers.one-more-ranked",
    gains.every((gain, i) => i === 0 || gain <= gains[i - 1]),
    () => "the rows do not stand by their gain",
  );
  for (const row of rows) known(reading, row, report);
  const told = rows.filter((row) => Array.isArray(row.steps));
  for (const row of told) {
    const counted = records(row.meets).length - records(row.loses).length;
    report.agree("answers.one-more-gain", number(row.gain), counted, {}, `the gain of ${row.kind} ${row.id}`);
  }
  for (const row of told.filter(({ lacks }) => records(lacks).length === 0).slice(0, REPLAYED)) {
    const claim = { steps: row.steps as Step[], meets: row.meets as RequestRef[], loses: row.loses as RequestRef[] };
    judgeSteps(districtOf(reading.dataset, row), reading.plan, claim, report);
  }
};

function known({ dataset, courses, byId }: Reading, row: Fields, report: Report): void {
  const { teachers, rooms, patterns, periods, teacher_courses } = dataset.tables;
  const lacks: readonly unknown[] = Array.isArray(row.lacks) ? row.lacks : [];
  const closed = row.kind === "section_fewer";
  const section = byId.get(String(row.section_id));
  const right =
    courses.has(String(row.course_id)) &&
    (row.teacher_id === null || teachers.some(({ teacher_id }) => teacher_id === row.teacher_id)) &&
    (row.room_id === null || rooms.some(({ room_id }) => room_id === row.room_id)) &&
    (row.pattern_id === null ||
      patterns.some(({ pattern_id }) => pattern_id === row.pattern_id) ||
      (patterns.length === 0 && periods.some(({ period_id }) => period_id === row.pattern_id))) &&
    ((row.kind !== "seat" && row.kind !== "moved_period" && !closed) || section?.row.course_id === row.course_id);
  report.check("answers.one-more-known", right, () => `${row.kind} ${row.id} names what the district has not`);
  if (row.kind !== "section_more" || row.teacher_id === null || lacks.includes("teacher")) return;
  report.check(
    "answers.one-more-qualified",
    section !== undefined ||
      teacher_courses.some((each) => each.teacher_id === row.teacher_id && each.course_id === row.course_id),
    () => `${row.teacher_id} is not qualified for ${row.course_id}`,
  );
}

/** The district that a row is about: with one section fewer of a course, a teacher with one more; seats and sections more come with the steps. */
function districtOf(dataset: Dataset, row: Fields): Dataset {
  const { tables } = dataset;
  if (row.kind === "section_fewer") {
    const courses = tables.courses.map((course) =>
      course.course_id === row.course_id ? { ...course, sections: undefined } : course,
    );
    const sections = tables.sections.filter(({ section_id }) => section_id !== row.section_id);
    return { ...dataset, tables: { ...tables, courses, sections } };
  }
  if (row.kind !== "teacher_section") return dataset;
  const teachers = tables.teachers.map((teacher) =>
    teacher.teacher_id === row.id && teacher.sections_max !== undefined
      ? { ...teacher, sections_max: teacher.sections_max + 1 }
      : teacher,
  );
  return { ...dataset, tables: { ...tables, teachers } };
}
