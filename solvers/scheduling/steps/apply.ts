import type { Step } from "@trivium/model";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";

/** Lays steps on a schedule; seats over a cap are the caller's to allow. Steps name sections and students of this school. */
export function applySteps(schedule: Schedule, steps: readonly Step[]): void {
  const { sections, calendar, teachers, rooms, students, requests } = schedule.school;
  const sectionOf = new Map(sections.ids.map((id, section) => [id, section]));
  const studentOf = new Map(students.ids.map((id, student) => [id, student]));
  const touched = new Set<number>();
  for (const step of steps) {
    const section = sectionOf.get(step.section_id) ?? -1;
    const unit = sections.unit[section];
    if (step.step === "close") schedule.place(unit, -1, -1, -1);
    else if (step.step === "place") {
      const time = calendar.timePattern.findIndex(
        (pattern, index) =>
          pattern === step.pattern_id && (calendar.termIds[calendar.timeTerm[index]] || null) === step.term_id,
      );
      const index = (ids: readonly string[], id: string | null) => (id === null ? -1 : ids.indexOf(id));
      schedule.place(unit, time, index(teachers.ids, step.teacher_id), index(rooms.ids, step.room_id));
    } else if (step.step !== "seats") {
      const student = studentOf.get(step.student_id) ?? -1;
      touched.add(student);
      for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
        if (requests.course[q] === sections.course[section]) schedule.sit(q, step.step === "enter" ? section : -1);
    }
  }
  for (const student of touched) schedule.setValue(student, worth(schedule, student));
}
