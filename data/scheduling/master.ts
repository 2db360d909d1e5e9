import type { Course } from "./catalogue.ts";
import { cells, type Pattern, type TermId } from "./day.ts";

/** A section of the hidden plan, filled in step by step: course and term, then time and teacher, room, students. */
export interface Section {
  id: string;
  readonly course: Course;
  readonly term: TermId;
  pattern: Pattern;
  /** Cells taken, as bits. */
  mask: number;
  teacher: Teacher;
  coTeacher?: Teacher;
  room: Room;
  /** Students who may enter while the hidden plan is filled. */
  planned: number;
  /** Indices of students. */
  readonly roster: Set<number>;
  /** Pupils with an inclusion flag that may enter. */
  flaggedMax: number;
  flagged: number;
  /** Team that the section is kept for. */
  team?: string;
}

/** What one teacher gives in one slot all year: a year course, two semester courses one after the other, or two small courses together. */
export interface Unit {
  sections: readonly Section[];
  readonly department: string;
  teacher: Teacher;
  pattern: Pattern;
  room: Room;
  readonly coSeated: boolean;
}

export interface Teacher {
  readonly id: string;
  readonly department: string;
  /** Slots that the teacher can be asked for at most. */
  readonly slotsMax: number;
  readonly lunchWave: number;
  /** Slots when a part-timer is away. */
  readonly away: readonly number[];
  /** Cells taken, as bits. */
  busy: number;
  readonly units: Unit[];
  /** Sections only helped in. */
  readonly helping: Section[];
}

export interface Room {
  readonly id: string;
  readonly building: string;
  readonly feature: string;
  busy: number;
  capacity: number;
  department: string;
}

export interface Master {
  readonly units: readonly Unit[];
  readonly sections: readonly Section[];
  readonly teachers: readonly Teacher[];
  readonly rooms: readonly Room[];
}

export const unitMask = (unit: Unit): number => cells(unit.pattern.slots, "Y");

/** Sections of the plan by course. */
export function byCourse(sections: readonly Section[]): Map<string, Section[]> {
  const found = new Map<string, Section[]>();
  for (const section of sections) {
    const list = found.get(section.course.id);
    if (list) list.push(section);
    else found.set(section.course.id, [section]);
  }
  return found;
}
