import type { Dataset, Plan, RequestRef, Step, Verification } from "@trivium/model";
import { sealDataset } from "@trivium/model";
import { Report } from "../report.ts";
import { readPlan } from "./reading.ts";
import { fairness } from "./rules/fairness.ts";
import { unmetReasons } from "./rules/unmet-reasons.ts";
import { RULES } from "./rules.ts";

/** What steps laid on a plan are said to do. */
export interface Claim {
  readonly steps: readonly Step[];
  readonly meets: readonly RequestRef[];
  readonly loses: readonly RequestRef[];
}

/**
 * Lays steps (of a mend, a walk-in, one more section) on a plan and judges what comes of it: every hard rule, and that exactly the requests
 * claimed become met or are lost.
 * @param dataset with the plan's scenario applied
 */
export function verifySteps(dataset: Dataset, plan: Plan<"scheduling">, claim: Claim): Verification {
  const report = new Report();
  judgeSteps(dataset, plan, claim, report);
  return report.verification();
}

export function judgeSteps(dataset: Dataset, plan: Plan<"scheduling">, claim: Claim, report: Report): void {
  const after = applySteps(dataset, plan, claim.steps, report);
  const reading = readPlan(after.dataset, after.plan);
  for (const rule of RULES) if (rule !== unmetReasons && rule !== fairness) rule(reading, report);
  const [was, is] = [metIn(dataset, plan), metIn(after.dataset, after.plan)];
  agree(
    report,
    "steps.meets",
    claim.meets,
    [...is].filter((key) => !was.has(key)),
  );
  agree(
    report,
    "steps.loses",
    claim.loses,
    [...was].filter((key) => !is.has(key)),
  );
}

const keyOf = (row: { readonly student_id: string; readonly course_id: string }): string =>
  JSON.stringify([row.student_id, row.course_id]);

function agree(report: Report, rule: string, claimed: readonly RequestRef[], actual: readonly string[]): void {
  const said = claimed.map(keyOf).sort();
  const found = [...actual].sort();
  report.check(rule, said.join() === found.join(), () => `the steps claim ${said.join()}, and do ${found.join()}`);
}

/** Requests met, alternates apart. */
function metIn({ tables }: Dataset, plan: Plan<"scheduling">): Set<string> {
  const course = new Map(plan.decisions.sections.map((row) => [row.section_id, row.course_id]));
  const taken = new Set(
    plan.decisions.enrollments
      .filter((row) => row.kind !== "alternate")
      .map((row) => keyOf({ student_id: row.student_id, course_id: course.get(row.section_id) ?? "" })),
  );
  return new Set(
    tables.requests
      .filter((row) => row.kind !== "alternate")
      .map(keyOf)
      .filter((key) => taken.has(key)),
  );
}

type Sections = Plan<"scheduling">["decisions"]["sections"];

/** The plan, and the district where seats or sections are more than it has, with the steps done in order. */
export function applySteps(
  dataset: Dataset,
  plan: Plan<"scheduling">,
  steps: readonly Step[],
  report: Report,
): { dataset: Dataset; plan: Plan<"scheduling"> } {
  const sections = new Map(plan.decisions.sections.map((row) => [row.section_id, row]));
  const enrollments = new Map(plan.decisions.enrollments.map((row) => [seatKey(row), row]));
  const listed = new Map(dataset.tables.sections.map((row) => [row.section_id, row]));
  const courses = new Map(dataset.tables.courses.map((row) => [row.course_id, row]));
  for (const step of steps) {
    const section = sections.get(step.section_id);
    if (step.step === "enter") {
      const { step: _, ...row } = step;
      enrollments.set(seatKey(row), row);
    } else if (step.step === "leave")
      report.check(
        "steps.leave",
        enrollments.delete(seatKey(step)),
        () => `${step.student_id} leaves ${step.section_id} without a seat`,
      );
    else if (step.step === "close") sections.delete(step.section_id);
    else if (step.step === "seats") {
      if (!report.check("steps.seats", section !== undefined, () => `no section ${step.section_id}`) || !section)
        continue;
      sections.set(step.section_id, { ...section, seats_max: step.seats_max });
      const row = listed.get(step.section_id) ?? { section_id: step.section_id, course_id: section.course_id };
      listed.set(step.section_id, { ...row, seats_max: step.seats_max });
    } else {
      const course = courses.get(step.course_id);
      if (!section && course) courses.set(step.course_id, withSectionMore(course, sections));
      const own = listed.get(step.section_id);
      sections.set(step.section_id, {
        section_id: step.section_id,
        course_id: step.course_id,
        ...(step.term_id === null ? {} : { term_id: step.term_id }),
        pattern_id: step.pattern_id,
        ...(step.teacher_id === null ? {} : { teacher_id: step.teacher_id }),
        ...(own?.co_teacher_ids ? { co_teacher_ids: own.co_teacher_ids } : {}),
        ...(step.room_id === null ? {} : { room_id: step.room_id }),
        seats_max: section?.seats_max ?? own?.seats_max ?? course?.seats_max ?? 0,
      });
    }
  }
  const rosters = Map.groupBy(enrollments.values(), (row) => row.section_id);
  const decisions = {
    sections: [...sections.values()].map((row) => ({ ...row, enrolled: rosters.get(row.section_id)?.length ?? 0 })),
    enrollments: [...enrollments.values()],
  };
  const changed = sealDataset({
    ...dataset,
    tables: { ...dataset.tables, sections: [...listed.values()], courses: [...courses.values()] },
  });
  const after = { ...plan, decisions };
  const met = metIn(changed, after);
  const unmet = changed.tables.requests
    .filter((row) => row.kind !== "alternate" && sectionsCover(plan, row.course_id, courses) && !met.has(keyOf(row)))
    .map(({ student_id, course_id, kind }) => ({ student_id, course_id, kind, reason_code: "not_proven" }));
  return { dataset: changed, plan: { ...after, unmet } };
}

const seatKey = (row: { readonly student_id: string; readonly section_id: string }): string =>
  JSON.stringify([row.student_id, row.section_id]);

type Course = Dataset["tables"]["courses"][number];

/** A section opened by the steps is one that the district has to allow: its count rises with it. */
function withSectionMore(course: Course, sections: ReadonlyMap<string, Sections[number]>): Course {
  const count = [...sections.values()].filter((row) => row.course_id === course.course_id).length + 1;
  return {
    ...course,
    ...(course.sections === undefined ? {} : { sections: Math.max(count, course.sections) }),
    ...(course.sections_max === undefined ? {} : { sections_max: Math.max(count, course.sections_max) }),
  };
}

function sectionsCover(plan: Plan<"scheduling">, courseId: string, courses: ReadonlyMap<string, Course>): boolean {
  const only = plan.scenario.settings.school_id;
  const course = courses.get(courseId);
  return course !== undefined && (only === undefined || course.school_id === only);
}
