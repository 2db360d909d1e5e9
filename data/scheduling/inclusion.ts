import type { Random } from "@trivium/engine";
import type { Section, Teacher } from "./master.ts";
import { suits } from "./staff.ts";

/** Courses where a second teacher helps, and where flagged pupils are spread over the sections. */
export const INCLUSIVE_COURSES: readonly string[] = [
  "ENG9R",
  "ENG10R",
  "ALG1",
  "GEOM",
  "BIO",
  "WGEO",
  "WHIST",
  "ENG11R",
];

/** About one section in forty is co-taught: special-education teachers join where their day allows it. */
export function addCoTeachers(random: Random, teachers: Teacher[], sections: readonly Section[]): void {
  const inclusive = sections.filter(({ course }) => INCLUSIVE_COURSES.includes(course.id));
  for (const section of inclusive) section.flaggedMax = Math.floor(section.planned * 0.2);
  for (const section of sections) if (!inclusive.includes(section)) section.flaggedMax = section.planned;
  const wanted = Math.max(2, Math.round(sections.length / 40));
  const open = random.shuffle([...inclusive]);
  for (let placed = 0; placed < wanted; ) {
    const teacher = newCoTeacher(teachers.length);
    for (const section of open) {
      if (teacher.helping.length === 5 || placed === wanted) break;
      if (section.coTeacher || section.team || !suits(teacher, section.pattern)) continue;
      section.coTeacher = teacher;
      section.flaggedMax = Math.floor(section.planned * 0.45);
      teacher.busy |= section.mask;
      teacher.helping.push(section);
      placed++;
    }
    if (teacher.helping.length === 0) return;
    teachers.push(teacher);
  }
}

function newCoTeacher(index: number): Teacher {
  const id = `T${String(index + 1).padStart(3, "0")}`;
  const department = "Special Education";
  return { id, department, slotsMax: 6, lunchWave: index % 2, away: [], busy: 0, units: [], helping: [] };
}
