import type { SeatRule } from "./rule.ts";

/** `not_teacher`: neither as main nor as co-teacher. */
export const notTeacher: SeatRule = {
  applies: ({ students }) => students.notTeachers.items.length > 0,
  allows({ school: { sections, students, requests, units }, teacher }, request, section) {
    const student = requests.student[request];
    const unit = sections.unit[section];
    for (let i = students.notTeachers.start[student]; i < students.notTeachers.start[student + 1]; i++) {
      const avoided = students.notTeachers.items[i];
      if (teacher[unit] === avoided) return false;
      for (let j = units.coTeachers.start[unit]; j < units.coTeachers.start[unit + 1]; j++)
        if (units.coTeachers.items[j] === avoided) return false;
    }
    return true;
  },
};
