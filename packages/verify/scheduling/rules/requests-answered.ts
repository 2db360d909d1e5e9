import type { Rule } from "../rule.ts";

/** Every request is met, or replaced, or listed in `unmet` once; an unmet one is never met; nobody sits in what was not asked for, or twice. */
export const requestsAnswered: Rule = ({ schedules, plan, courses, byId }, report) => {
  for (const { student, requests, enrollments, unmet } of schedules.values()) {
    const where = { student_id: student.student_id };
    const wanted = requests.filter(({ kind }) => kind !== "alternate");
    const replaced = new Set(
      enrollments.filter(({ kind }) => kind === "alternate").map((row) => row.request_course_id),
    );
    const met = new Set(
      enrollments.filter(({ kind }) => kind !== "alternate").map((row) => byId.get(row.section_id)?.row.course_id),
    );
    for (const { course_id } of wanted) {
      const listed = unmet.filter((row) => row.course_id === course_id).length;
      const right = met.has(course_id) ? listed === 0 : listed === 1 || (listed === 0 && replaced.has(course_id));
      report.check(
        "requests.answered",
        right,
        () =>
          `request ${student.student_id}:${course_id} is ${met.has(course_id) ? "met" : "not met"} and listed ${listed} time(s) as unmet`,
        { ...where, course_id },
      );
    }
    for (const row of unmet) {
      const asked = wanted.find(({ course_id }) => course_id === row.course_id);
      report.check(
        "requests.unmet-was-asked",
        asked?.kind === row.kind,
        () => `unmet row ${row.student_id}:${row.course_id} (${row.kind}) is not such a request`,
        { ...where, course_id: row.course_id },
      );
    }
    const taken = enrollments.map((row) => byId.get(row.section_id)?.row.course_id);
    report.check(
      "requests.once",
      new Set(taken).size === taken.length,
      () => `student ${student.student_id} takes a course twice`,
      where,
    );
    for (const row of enrollments) {
      const course = byId.get(row.section_id)?.row.course_id;
      const request = requests.find(({ course_id }) => course_id === course);
      const right =
        request !== undefined &&
        (row.kind ?? request.kind) === request.kind &&
        (request.kind === "alternate" || (row.request_course_id ?? course) === course);
      report.check(
        "requests.asked",
        right,
        () =>
          `student ${student.student_id} sits in ${row.section_id} (${row.kind} for ${row.request_course_id}) without such a request`,
        { ...where, section_id: row.section_id },
      );
    }
  }
  for (const row of [...plan.decisions.enrollments, ...plan.unmet])
    report.check(
      "requests.known-student",
      schedules.has(row.student_id),
      () => `student ${row.student_id} is not in students.csv`,
      { student_id: row.student_id },
    );
  for (const row of plan.unmet)
    report.check(
      "requests.known-course",
      courses.has(row.course_id),
      () => `unmet row names ${row.course_id}, a course the plan does not cover`,
      { course_id: row.course_id },
    );
};
