import type { Mend, RequestRef, Step } from "@trivium/model";

const NAMED = 3;

/** A mend in words: what to do, and what comes of it. */
export function wordsOf(mend: Mend, studentId: string, courseId: string): { change: string; effect: string } {
  const cost = [
    loses(mend, studentId),
    mend.students_moved > 0 ? `${count(mend.students_moved, "other student")} moved` : "",
  ].filter((text) => text !== "");
  const more = mend.meets.length - 1;
  return {
    change: CHANGES[mend.kind](mend, studentId),
    effect: `${courseId} is met${more > 0 ? `, and ${count(more, "more request")}` : ""}; ${cost.length === 0 ? "nobody loses anything" : cost.join(", ")}`,
  };
}

const CHANGES: Readonly<Record<Mend["kind"], (mend: Mend, studentId: string) => string>> = {
  own_classes: (mend, student) => `move the student's own classes: ${seats(mend, (id) => id === student)}`,
  swap: (mend, student) => `make room by moving ${seats(mend, (id) => id !== student)}`,
  seat: (mend) => `one seat over the cap in ${sectionsOf(mend, "seats").join(", ")}`,
  move_section: (mend) => `move ${places(mend)}`,
  open_section: (mend) => `open ${places(mend)}`,
  drop: (mend) => `give up ${mend.loses.map((row) => row.course_id).join(" and ")}`,
};

function loses({ loses: rows, kind }: Mend, studentId: string): string {
  const own = rows.filter((row) => row.student_id === studentId);
  const others = rows.filter((row) => row.student_id !== studentId);
  const texts = [
    own.length > 0 && kind !== "drop" ? `the student gives up ${own.map((row) => row.course_id).join(" and ")}` : "",
    own.length > 0 && kind === "drop" ? "nobody else is touched" : "",
    others.length > 0 ? `others lose ${count(others.length, "request")}: ${some(others)}` : "",
  ];
  return texts.filter((text) => text !== "").join("; ");
}

const some = (rows: readonly RequestRef[]): string =>
  rows
    .slice(0, NAMED)
    .map((row) => `${row.student_id}:${row.course_id}`)
    .join(", ") + (rows.length > NAMED ? " …" : "");

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

function sectionsOf(mend: Mend, kind: Step["step"]): string[] {
  return mend.steps.filter((step) => step.step === kind).map((step) => step.section_id);
}

/** `s4 from ENG-1 to ENG-3`, for students whom `which` takes. */
function seats({ steps }: Mend, which: (studentId: string) => boolean): string {
  const leaves = steps.filter((step) => step.step === "leave" && which(step.student_id));
  const enters = steps.filter((step) => step.step === "enter" && which(step.student_id));
  const students = [...new Set([...leaves, ...enters].map((step) => ("student_id" in step ? step.student_id : "")))];
  const of = (list: readonly Step[], id: string) =>
    list.flatMap((step) => ("student_id" in step && step.student_id === id ? [step.section_id] : [])).join("+") ||
    "nothing";
  const texts = students.map((id) => `${id} from ${of(leaves, id)} to ${of(enters, id)}`);
  return texts.slice(0, NAMED).join(", ") + (texts.length > NAMED ? ` and ${texts.length - NAMED} more` : "");
}

function places({ steps }: Mend): string {
  return steps
    .flatMap((step) =>
      step.step === "place"
        ? [`${step.section_id} to ${step.pattern_id}${step.term_id ? ` in ${step.term_id}` : ""}`]
        : [],
    )
    .join(" and ");
}
