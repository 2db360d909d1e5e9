import type { TableRow } from "@trivium/model";
import { type AnswerRule, type Fields, number, records, strings } from "../../answer-fields.ts";
import type { Report } from "../../report.ts";
import type { Reading } from "../reading.ts";
import { type Enrollment, judgeSeating, type Seating } from "./seated.ts";

type Request = TableRow<"requests">;

/** Moves of others where the question names no limit. */
const MOST_MOVES = 3;
const NEWCOMER = "a newcomer";

/**
 * `walk_in`: every schedule offered is laid on the plan, with the moves that it names in their order: what is asked for is met or said not to be, sections
 * stand as in the plan, who moves keeps the course, and no rule that seats can break is broken.
 */
export const walkIn: AnswerRule<Reading> = (reading, question, answer, report) => {
  const asked = wishesOf(reading, question);
  const most = question.moves === undefined ? MOST_MOVES : number(question.moves);
  for (const schedule of records(answer.schedules)) {
    report.check("answers.walk-in-nobody-moved", records(schedule.moves).length === 0, () => "somebody is moved");
    judge(reading, question, asked, schedule, report);
  }
  for (const schedule of records(answer.with_moves)) {
    const count = records(schedule.moves).length;
    report.check("answers.walk-in-moves", count >= 1 && count <= most, () => `${count} moves, ${most} are allowed`);
    judge(reading, question, asked, schedule, report);
  }
};

/** What is asked for, as requests. A course that is not on file is one that the student has to have. */
function wishesOf({ schedules }: Reading, { student_id, courses }: Fields): Request[] {
  const own = schedules.get(String(student_id))?.requests ?? [];
  if (courses === undefined) return own.filter(({ kind }) => kind !== "alternate");
  return strings(courses).map((course_id): Request => {
    const onFile = own.find((row) => row.course_id === course_id);
    if (onFile && onFile.kind !== "alternate") return onFile;
    return { student_id: typeof student_id === "string" ? student_id : NEWCOMER, course_id, kind: "required" };
  });
}

function judge(reading: Reading, { student_id }: Fields, asked: readonly Request[], offer: Fields, report: Report) {
  const rows = records(offer.sections);
  for (const row of rows) {
    const section = reading.byId.get(String(row.section_id))?.row;
    const same = (column: "course_id" | "pattern_id" | "teacher_id" | "room_id" | "term_id") =>
      (section?.[column] ?? "") === (row[column] ?? "");
    report.check(
      "answers.walk-in-sections",
      section !== undefined && (["course_id", "term_id", "pattern_id", "teacher_id", "room_id"] as const).every(same),
      () => `section ${row.section_id} does not stand like that in the plan`,
    );
  }
  const met = rows.map((row) => String(row.course_id));
  const told = [...met, ...strings(offer.unmet)].sort().join();
  const due = asked.map((row) => row.course_id).sort();
  report.check(
    "answers.walk-in-wishes",
    told === due.join() && number(offer.met) === met.length,
    () => `${told} are met or said not to be, ${due.join()} are asked for; ${offer.met} of them are said to be met`,
  );
  const id = typeof student_id === "string" ? student_id : NEWCOMER;
  const kinds = new Map(asked.map((row) => [row.course_id, row.kind]));
  const enrollments = rows.map((row): Enrollment => {
    const course = String(row.course_id);
    const kind = kinds.get(course) ?? "required";
    return { student_id: id, section_id: String(row.section_id), request_course_id: course, kind };
  });
  const school = reading.courses.get(asked[0]?.course_id ?? "")?.school_id ?? "";
  // A newcomer's grade is not known, so any lunch wave will do.
  const newcomer = { student_id: id, school_id: school, grade: "" } as unknown as TableRow<"students">;
  const student = reading.schedules.get(id)?.student ?? newcomer;
  const own: Seating = { student, requests: asked, enrollments };
  judgeSeating(reading, [own, ...movedSeats(reading, records(offer.moves), id, report)], report);
}

/** Those who are moved, with the seats that they have then. */
function movedSeats(reading: Reading, moves: readonly Fields[], walkIn: string, report: Report): Seating[] {
  const seats = new Map<string, Enrollment[]>();
  for (const move of moves) {
    const id = String(move.student_id);
    const own = seats.get(id) ?? [...(reading.schedules.get(id)?.enrollments ?? [])];
    const at = own.findIndex(({ section_id }) => section_id === move.from);
    const course = (section: unknown) => reading.byId.get(String(section))?.row.course_id;
    const keeps = course(move.from) === move.course_id && course(move.to) === move.course_id;
    report.check(
      "answers.walk-in-moved",
      at >= 0 && keeps && id !== walkIn,
      () => `${id} can't be moved from ${move.from} to ${move.to} in ${move.course_id}`,
    );
    if (at >= 0) own[at] = { ...own[at], section_id: String(move.to) };
    seats.set(id, own);
  }
  return [...seats].flatMap(([id, enrollments]) => {
    const schedule = reading.schedules.get(id);
    return schedule ? [{ student: schedule.student, requests: schedule.requests, enrollments }] : [];
  });
}
