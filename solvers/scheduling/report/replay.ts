import type { SchedulingDecisions } from "@trivium/model";
import type { SchedulingProblem, School } from "../problem/problem.ts";
import { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";

/** A plan's decisions laid back onto the built problem, school by school. Rows that the problem does not know are left out. */
export function replay(problem: SchedulingProblem, decisions: SchedulingDecisions): Schedule[] {
  return problem.schools.map((school) => replaySchool(school, decisions));
}

function replaySchool(school: School, decisions: SchedulingDecisions): Schedule {
  const schedule = new Schedule(school);
  const { sections, calendar, teachers, rooms, students, requests } = school;
  const sectionIndex = new Map(sections.ids.map((id, index) => [id, index]));
  const timeIndex = new Map(
    calendar.timePattern.map((pattern, time) => [
      `${calendar.timeSchool[time]}/${calendar.termIds[calendar.timeTerm[time]]}/${pattern}`,
      time,
    ]),
  );
  const index = (ids: readonly string[], id: string | undefined) => (id === undefined ? -1 : ids.indexOf(id));
  for (const row of decisions.sections) {
    const section = sectionIndex.get(row.section_id);
    const offering = school.courses.school[sections.course[section ?? 0]];
    const time = timeIndex.get(`${offering}/${row.term_id ?? ""}/${row.pattern_id}`);
    if (section === undefined || time === undefined || schedule.time[sections.unit[section]] >= 0) continue;
    schedule.place(sections.unit[section], time, index(teachers.ids, row.teacher_id), index(rooms.ids, row.room_id));
  }
  const studentIndex = new Map(students.ids.map((id, student) => [id, student]));
  for (const row of decisions.enrollments) {
    const student = studentIndex.get(row.student_id);
    const section = sectionIndex.get(row.section_id);
    if (student === undefined || section === undefined || schedule.time[sections.unit[section]] < 0) continue;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.course[q] === sections.course[section]) schedule.sit(q, section);
  }
  for (let student = 0; student < students.ids.length; student++) schedule.setValue(student, worth(schedule, student));
  schedule.commit();
  return schedule;
}
