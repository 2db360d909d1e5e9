import type { Change, Mend, MoveSectionAnswer, MoveTarget, Step } from "@trivium/model";
import type { School } from "./schedule.ts";

type Cells = Extract<Change, { op: "add" }>["row"];

/** A section held where somebody put it: a row of the district is changed, a section that the engine opened becomes one. */
function held(school: School, section_id: string, course_id: string, values: Cells, locks: readonly string[]): Change {
  const before = school.sections.find((each) => each.section_id === section_id)?.locked ?? [];
  const locked = [...new Set([...before, ...locks])];
  return school.listed.has(section_id)
    ? { op: "set", table: "sections", where: { section_id }, values: { ...values, locked } }
    : { op: "add", table: "sections", row: { section_id, course_id, ...values, locked } };
}

/** The section at its new place, locked there by what was chosen: its time, and the teacher or room of the lane. */
export function moveChanges(
  school: School,
  { section_id, lanes }: Pick<MoveSectionAnswer, "section_id" | "lanes">,
  target: Pick<MoveTarget, "term_id" | "pattern_id" | "teacher_id" | "room_id">,
): Change[] {
  const course = school.sections.find((each) => each.section_id === section_id)?.course_id ?? "";
  const by: Cells = { course: {}, teacher: { teacher_id: target.teacher_id }, room: { room_id: target.room_id } }[
    lanes
  ];
  const place = {
    ...(target.term_id === null ? {} : { term_id: target.term_id }),
    pattern_id: target.pattern_id,
    ...by,
  };
  const locks = [...(target.term_id === null ? [] : ["term"]), "pattern", ...(lanes === "course" ? [] : [lanes])];
  return [held(school, section_id, course, place, locks)];
}

/** A mend as changes of a scenario: sections and seats are the district's rows, and the students who are to gain are locked to their seats. */
export function mendChanges(school: School, mend: Mend): Change[] {
  return mend.steps.flatMap((step) => stepChanges(school, step, mend));
}

function stepChanges(school: School, step: Step, { meets }: Mend): Change[] {
  if (step.step === "seats") {
    const course = school.sections.find((each) => each.section_id === step.section_id)?.course_id ?? "";
    return [held(school, step.section_id, course, { seats_max: step.seats_max }, [])];
  }
  if (step.step === "place") {
    const place = { pattern_id: step.pattern_id, ...(step.term_id === null ? {} : { term_id: step.term_id }) };
    return [
      held(school, step.section_id, step.course_id, place, step.term_id === null ? ["pattern"] : ["term", "pattern"]),
    ];
  }
  const wins = (student: string, course: string) =>
    meets.some((each) => each.student_id === student && each.course_id === course);
  if (step.step === "enter" && step.kind !== "alternate" && wins(step.student_id, step.request_course_id))
    return [
      {
        op: "set",
        table: "requests",
        where: { student_id: step.student_id, course_id: step.request_course_id },
        values: { locked_section_id: step.section_id },
      },
    ];
  return [];
}

/** One seat more in a section. */
export function seatChanges(school: School, section_id: string): Change[] {
  const section = school.sections.find((each) => each.section_id === section_id);
  return section ? [held(school, section_id, section.course_id, { seats_max: section.seats + 1 }, [])] : [];
}
