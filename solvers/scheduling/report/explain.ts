import { Random } from "@trivium/engine";
import { type Explanation, InputError, type Mend, type Plan, type Subject } from "@trivium/model";
import { KINDS, type SchedulingProblem } from "../problem/problem.ts";
import { Trial } from "../steps/trial.ts";
import { mendsFor } from "./mends/mends.ts";
import { wordsOf } from "./mends/words.ts";
import { replay } from "./replay.ts";
import { reasonFor } from "./unmet.ts";

const REASONS: Readonly<Record<string, string>> = {
  not_offered: "the course has no section",
  pattern_impossible: "no term and pattern of the right length is there for the course",
  blocked_by_rule: "a rule bars the student from every section",
  all_sections_clash: "every section shares a slot with something worthier in the student's schedule",
  full: "every section that fits by time is full",
  not_proven: "a section seems to fit; the search has not proven that it can't be had",
};

/** Why a request (`S12:BIO1`) is met or not, or how a student (`S12`) stands. @throws InputError unknown-subject, bad-subject */
export function explain(problem: SchedulingProblem, plan: Plan<"scheduling">, subject: Subject): Explanation {
  if (subject.kind !== "request" && subject.kind !== "student")
    throw new InputError(
      "bad-subject",
      `a schedule explains a request or a student, not a ${subject.kind}. Maybe request S12:BIO1?`,
      {
        path: "subject",
        values: { kind: subject.kind },
      },
    );
  const colon = subject.id.indexOf(":");
  const studentId = subject.kind === "student" || colon < 0 ? subject.id : subject.id.slice(0, colon);
  const school = problem.schools.findIndex(({ students }) => students.ids.includes(studentId));
  if (school < 0) throw unknown(subject, "no such student has requests here");
  // Laid out anew, so that no earlier question decides in which order occupants of a seat are tried.
  const trial = new Trial(replay(problem, plan.decisions)[school], new Random(1));
  const student = problem.schools[school].students.ids.indexOf(studentId);
  return subject.kind === "student"
    ? explainStudent(trial, student)
    : explainRequest(trial, student, subject, subject.id.slice(colon + 1));
}

function unknown(subject: Subject, why: string): InputError {
  return new InputError(
    "unknown-subject",
    `${subject.kind} ${subject.id}: ${why}. Maybe the id is written otherwise?`,
    {
      path: "subject.id",
      values: { id: subject.id },
    },
  );
}

function explainRequest(trial: Trial, student: number, subject: Subject, courseId: string): Explanation {
  const { schedule } = trial;
  const { students, requests, courses, sections } = schedule.school;
  let request = -1;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
    if (courses.ids[requests.course[q]] === courseId) request = q;
  if (request < 0) throw unknown(subject, `student ${students.ids[student]} does not ask for ${courseId}`);
  const kind = KINDS[requests.kind[request]];
  const section = schedule.choice[request];
  if (section >= 0)
    return {
      subject: subject.id,
      summary: `${courseId} (${kind}) is met in ${sections.ids[section]}.`,
      facts: [
        { label: "section", value: sections.ids[section] },
        { label: "seats left", value: schedule.seatsLeft(section) },
      ],
      mends: [],
      proven: true,
    };
  const reason = reasonFor(schedule, trial.rules, request);
  const mends = mendsFor(trial, request, true).map((mend) => ({
    ...wordsOf(mend, students.ids[student], courseId),
    mend,
  }));
  return {
    subject: subject.id,
    summary: `${courseId} (${kind}) is not met: ${REASONS[reason.reason_code]}.`,
    facts: [
      { label: "reason", value: reason.reason_code },
      { label: "witness", value: reason.witness ?? "" },
      { label: "students who ask for the course", value: courses.demand[requests.course[request]] },
    ],
    mends:
      mends.length > 0 || reason.fix === undefined
        ? mends
        : [{ change: reason.fix, effect: `${courseId} may be met then: nothing that was tried helps` }],
    proven: reason.reason_code !== "not_proven",
  };
}

function explainStudent(trial: Trial, student: number): Explanation {
  const { schedule } = trial;
  const { students, requests, courses, sections } = schedule.school;
  const facts: { label: string; value: string }[] = [];
  const mends: { change: string; effect: string; mend: Mend }[] = [];
  let asked = 0;
  let met = 0;
  let proven = true;
  for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
    const course = courses.ids[requests.course[q]];
    const section = schedule.choice[q];
    if (requests.kind[q] < 2) asked++;
    if (requests.kind[q] < 2 && section >= 0) met++;
    if (section >= 0) facts.push({ label: course, value: sections.ids[section] });
    else if (requests.kind[q] < 2) {
      const reason = reasonFor(schedule, trial.rules, q);
      if (reason.reason_code === "not_proven") proven = false;
      facts.push({ label: course, value: `not met: ${reason.reason_code} (${reason.witness ?? ""})` });
      const [mend] = mendsFor(trial, q, false);
      if (mend) mends.push({ ...wordsOf(mend, students.ids[student], course), mend });
    }
  }
  return { subject: students.ids[student], summary: `${met} of ${asked} requests are met.`, facts, mends, proven };
}
