import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { classSlots, LENGTH_SHARE, slotsPerSection } from "./calendar.ts";

export const requestOtherSchool = schedulingWarning("request-other-school", (view, find) => {
  for (const [request, place] of each(view, "requests")) {
    const course = view.row("courses", "course_id", request.course_id);
    const student = view.row("students", "student_id", request.student_id);
    if (!course || !student || course.school_id === student.school_id) continue;
    find(place, {
      column: "course_id",
      value: request.course_id,
      message: `student ${request.student_id} of ${student.school_id} asks for ${request.course_id}, a course of ${course.school_id}`,
      expected: "a course of the student's own school",
      mend: "correct the course or the student's school, or acknowledge that the student travels",
    });
  }
});

export const requestGradeOutside = schedulingWarning("request-grade-outside", (view, find) => {
  for (const [request, place] of each(view, "requests")) {
    const levels = view.row("courses", "course_id", request.course_id)?.grade_levels;
    if (!levels?.length) continue;
    const grade = view.row("students", "student_id", request.student_id)?.grade;
    if (grade === undefined || levels.includes(grade)) continue;
    find(place, {
      column: "course_id",
      value: request.course_id,
      message: `student ${request.student_id} is in grade ${grade}; ${request.course_id} is for ${levels.join(", ")}`,
      expected: "a student of the course's grade_levels",
      mend: "correct the request, the grade or grade_levels, or acknowledge the exception",
    });
  }
});

export const requestsOverfull = schedulingWarning("requests-overfull", (view, find) => {
  for (const [studentId, indexes] of view.group("requests", "student_id")) {
    const school = view.row("students", "student_id", studentId)?.school_id;
    const slots = view.derived(classSlots).get(school ?? "")?.size;
    if (slots === undefined) continue;
    let wanted = 0;
    for (const index of indexes) {
      const request = view.tables.requests[index];
      const course = request.kind === "alternate" ? undefined : view.row("courses", "course_id", request.course_id);
      if (course) wanted += slotsPerSection(view, course) * LENGTH_SHARE[course.term];
    }
    if (wanted <= slots + 1e-9) continue;
    find(
      { table: "requests", index: indexes[0] },
      {
        column: "student_id",
        value: studentId,
        message: `student ${studentId} asks for courses of ${Math.round(wanted * 10) / 10} slots a cycle; the school has ${slots}`,
        expected: `requests that fit into ${slots} slots`,
        mend: "make some of the requests alternates, or remove them",
      },
    );
  }
});

export const studentWithoutRequests = schedulingWarning("student-without-requests", (view, find) => {
  if (!view.present.has("requests")) return;
  const scheduled = new Set(
    view.tables.requests.map((request) => view.row("students", "student_id", request.student_id)?.school_id),
  );
  for (const [student, place] of each(view, "students")) {
    if (!scheduled.has(student.school_id)) continue;
    if (view.ids("requests", "student_id").has(student.student_id)) continue;
    find(place, {
      column: "student_id",
      value: student.student_id,
      message: `student ${student.student_id} asks for nothing, while others of ${student.school_id} do`,
      expected: "requests in scheduling/requests.csv",
      mend: "add the student's requests, or acknowledge that there are none",
    });
  }
});
