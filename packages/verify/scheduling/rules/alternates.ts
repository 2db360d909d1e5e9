import type { Rule } from "../rule.ts";

/** An alternate stands in for one request that is not met: the one it names, or any where it names none; each request is replaced once. */
export const alternates: Rule = ({ schedules, byId }, report) => {
  for (const { student, requests, enrollments } of schedules.values()) {
    const used = enrollments.filter(({ kind }) => kind === "alternate");
    if (used.length === 0) continue;
    const met = new Set(
      enrollments.filter(({ kind }) => kind !== "alternate").map((row) => byId.get(row.section_id)?.row.course_id),
    );
    const where = { student_id: student.student_id };
    for (const row of used) {
      const course = byId.get(row.section_id)?.row.course_id;
      const own = requests.find(({ course_id, kind }) => course_id === course && kind === "alternate");
      const instead = requests.find(
        ({ course_id, kind }) => course_id === row.request_course_id && kind !== "alternate",
      );
      const right =
        own !== undefined &&
        instead !== undefined &&
        !met.has(instead.course_id) &&
        (own.alternate_for ?? instead.course_id) === instead.course_id;
      report.check(
        "alternates.replace-unmet",
        right,
        () => `alternate ${row.section_id} of student ${student.student_id} may not replace ${row.request_course_id}`,
        where,
      );
    }
    report.check(
      "alternates.once",
      new Set(used.map((row) => row.request_course_id)).size === used.length,
      () => `a request of student ${student.student_id} is replaced twice`,
      where,
    );
  }
};
