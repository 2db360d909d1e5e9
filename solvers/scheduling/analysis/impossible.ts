import type { AnalysisAnswer } from "@trivium/model";
import { bitCount } from "../constraints/atoms.ts";
import { listAt } from "../problem/lists.ts";
import { ALTERNATE, KINDS, type School } from "../problem/problem.ts";

type Impossible = AnalysisAnswer["impossible"][number];

/** Requests that no schedule of these sections can meet, whatever the times. */
export function impossibleRequests(school: School): Impossible[] {
  const { requests, students, courses } = school;
  const rows: Impossible[] = [];
  for (let q = 0; q < requests.count; q++) {
    if (requests.kind[q] === ALTERNATE) continue;
    const why = whyNever(school, q);
    if (why === null) continue;
    rows.push({
      student_id: students.ids[requests.student[q]],
      course_id: courses.ids[requests.course[q]],
      kind: KINDS[requests.kind[q]] as "required" | "elective",
      ...why,
    });
  }
  return rows;
}

type Why = Pick<Impossible, "reason_code" | "witness">;

function whyNever(school: School, request: number): Why | null {
  const { requests, students, courses, sections, units } = school;
  const course = requests.course[request];
  const student = requests.student[request];
  const all = listAt(courses.sections, course);
  if (listAt(courses.times, course).length === 0)
    return {
      reason_code: "pattern_impossible",
      witness: `${courses.ids[course]} has no term and pattern of its length`,
    };
  if (all.length === 0) return { reason_code: "not_offered", witness: `${courses.ids[course]} may have no section` };
  const bars = all.map((section) => {
    const lock = requests.lockedSection[request];
    if (lock !== -1 && lock !== section) return "locked_section_id";
    if (sections.reserved[section] >= 0 && sections.reserved[section] !== students.team[student]) return "reserved_for";
    if (sections.closed[section] === 1 && lock !== section) return "a locked roster";
    const times = listAt(units.times, sections.unit[section]);
    if (times.length === 0) return "no time is left to it";
    const inTerm = times.filter((time) => mayMeet(school, request, time));
    if (inTerm.length === 0) return "term_id";
    return inTerm.every((time) => isOff(school, student, time)) ? "the student is not available" : "";
  });
  if (bars.some((bar) => bar === "")) return null;
  return {
    reason_code: "blocked_by_rule",
    witness: all.map((section, i) => `${sections.ids[section]}: ${bars[i]}`).join("; "),
  };
}

/** Whether the term of a time is the one that the request asks for. */
const mayMeet = ({ requests, calendar }: School, request: number, time: number): boolean =>
  requests.term[request] < 0 || requests.term[request] === calendar.timeTerm[time];

function isOff({ students, calendar }: School, student: number, time: number): boolean {
  const words = calendar.bitWords;
  for (let w = 0; w < words; w++)
    if ((students.off[student * words + w] & calendar.timeBits[time * words + w]) !== 0) return true;
  return false;
}

/** Students who ask for more than their day holds: the class slots that their requests take at least, against those that are free for classes. */
export function overfullStudents(school: School): AnalysisAnswer["overfull"] {
  const { students, requests, courses, calendar } = school;
  const leaves = calendar.leafIds.length;
  const shortest = courses.ids.map((_, course) => {
    const sizes = listAt(courses.times, course).map((time) => {
      let atoms = 0;
      for (let w = 0; w < calendar.atomWords; w++) atoms += bitCount(calendar.timeAtoms[time * calendar.atomWords + w]);
      return atoms;
    });
    return sizes.length === 0 ? 0 : Math.min(...sizes);
  });
  return students.ids.flatMap((student_id, student) => {
    let asked = 0;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.kind[q] !== ALTERNATE) asked += shortest[requests.course[q]];
    let open = 0;
    for (let leaf = 0; leaf < leaves; leaf++) open += students.slotsUsable[student * leaves + leaf];
    return asked > open ? [{ student_id, slots_asked: asked / leaves, slots_open: open / leaves }] : [];
  });
}
