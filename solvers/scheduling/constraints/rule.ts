import type { School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** A hard rule on one teacher (or co-teacher) who would take a unit at a time in a room; the unit is unplaced while it is asked. */
export interface TeacherRule {
  /** Whether any teacher of the school is under it. */
  applies(school: School): boolean;
  allows(schedule: Schedule, teacher: number, unit: number, time: number, room: number, asMain: boolean): boolean;
}

/** A hard rule on a unit's place as a whole. */
export interface PlacementRule {
  applies(school: School): boolean;
  allows(schedule: Schedule, unit: number, time: number, teacher: number, room: number): boolean;
}

/** A hard rule on one student in one section, whatever else the student takes. */
export interface SeatRule {
  applies(school: School): boolean;
  allows(schedule: Schedule, request: number, section: number): boolean;
}
