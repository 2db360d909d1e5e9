import type { Dataset, Explanation, Plan } from "@trivium/model";
import type { Report } from "../../report.ts";
import type { Reading, Schedule } from "../reading.ts";
import { unmetReasons } from "../rules/unmet-reasons.ts";
import { judgeSteps } from "../steps.ts";

/** Why a request is unmet, or what a student has: each reason is replayed, and each mend laid on the plan and judged by every hard rule. */
export function explanation(
  dataset: Dataset,
  plan: Plan<"scheduling">,
  reading: Reading,
  { subject, facts, mends }: Explanation,
  report: Report,
): void {
  const [student_id, course_id] = subject.includes(":") ? split(subject) : [subject, undefined];
  const schedule = reading.schedules.get(student_id);
  const reasons = facts.flatMap(({ label, value }): [string, string][] => {
    if (course_id !== undefined) return label === "reason" ? [[course_id, String(value)]] : [];
    const told = /^not met: (\w+)/.exec(String(value))?.[1];
    return told === undefined ? [] : [[label, told]];
  });
  if (schedule) {
    const unmet = reasons.map(([course, reason_code]) => ({
      student_id,
      course_id: course,
      kind: schedule.requests.find((row) => row.course_id === course)?.kind ?? ("required" as const),
      reason_code,
    }));
    // The others stay: partners may be what keeps the student out.
    const others = [...reading.schedules].map(([id, each]): [string, Schedule] => [id, { ...each, unmet: [] }]);
    const schedules = new Map([...others, [student_id, { ...schedule, unmet }] as const]);
    unmetReasons({ ...reading, schedules }, report);
  }
  for (const { mend } of mends) if (mend) judgeSteps(dataset, plan, mend, report);
}

/** `student:course`; a course may have colons of its own. */
const split = (subject: string): [string, string] => {
  const colon = subject.indexOf(":");
  return [subject.slice(0, colon), subject.slice(colon + 1)];
};
