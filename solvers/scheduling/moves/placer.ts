import type { Random } from "@trivium/engine";
import { coTeachersMay, mayStand, type Rules, teacherMay } from "../constraints/rules.ts";
import { linkHolds } from "../constraints/unit-links.ts";
import type { Schedule } from "../schedule/schedule.ts";

const NO_ROOM = -1;
const NONE = -2;

/**
 * Puts units where every hard rule lets them be: finds teacher and room for a time, changes rooms with another unit where that frees one,
 * and, in `force`, takes out whoever is in the way. All through the schedule's log: the caller takes back what it doesn't want.
 */
export class Placer {
  readonly schedule: Schedule;
  readonly rules: Rules;
  readonly #random: Random;
  /** units × times: 1 = the unit may meet then. */
  readonly #open: Uint8Array;
  /** Units that changed place since `changed.length = 0`. */
  readonly changed: number[] = [];

  constructor(schedule: Schedule, rules: Rules, random: Random) {
    this.schedule = schedule;
    this.rules = rules;
    this.#random = random;
    const { units, calendar } = schedule.school;
    this.#open = new Uint8Array(units.count * calendar.times);
    for (let unit = 0; unit < units.count; unit++)
      for (let i = units.times.start[unit]; i < units.times.start[unit + 1]; i++)
        this.#open[unit * calendar.times + units.times.items[i]] = 1;
  }

  mayMeet(unit: number, time: number): boolean {
    return this.#open[unit * this.schedule.school.calendar.times + time] === 1;
  }

  remove(unit: number): void {
    this.schedule.place(unit, -1, -1, -1);
    this.changed.push(unit);
  }

  /** Places an unplaced unit; with the teacher named (one of its candidates; −1 any), in any room. @returns whether it could */
  place(unit: number, time: number, teacher = -1): boolean {
    const { hasTeachers, units } = this.schedule.school;
    if (!coTeachersMay(this.schedule, this.rules, unit, time, NO_ROOM)) return false;
    if (!hasTeachers) return this.#withTeacher(unit, time, NO_ROOM);
    if (teacher >= 0 && this.#mayTeach(unit, teacher) && this.#withTeacher(unit, time, teacher)) return true;
    const first = units.teachers.start[unit];
    const count = units.teachers.start[unit + 1] - first;
    if (count === 0) return false;
    const offset = this.#random.below(count);
    for (let i = 0; i < count; i++) {
      const candidate = units.teachers.items[first + ((i + offset) % count)];
      if (candidate !== teacher && this.#withTeacher(unit, time, candidate)) return true;
    }
    return false;
  }

  /** Places an unplaced unit with exactly this teacher. */
  placeWith(unit: number, time: number, teacher: number): boolean {
    return coTeachersMay(this.schedule, this.rules, unit, time, NO_ROOM) && this.#withTeacher(unit, time, teacher);
  }

  /** Places an unplaced unit with exactly this teacher, in exactly this room; −1 only where the school has none. */
  placeIn(unit: number, time: number, teacher: number, room: number): boolean {
    const { hasTeachers, hasRooms } = this.schedule.school;
    if (hasTeachers !== teacher >= 0 || hasRooms !== room >= 0) return false;
    if (hasRooms && !this.#listed(unit, room)) return false;
    if (!mayStand(this.schedule, this.rules, unit, time, teacher, room)) return false;
    this.#stand(unit, time, teacher, room);
    return true;
  }

  #withTeacher(unit: number, time: number, teacher: number): boolean {
    if (teacher >= 0 && !teacherMay(this.schedule, this.rules, teacher, unit, time, NO_ROOM, true)) return false;
    const room = this.#room(unit, time, teacher);
    if (room === NONE) return false;
    this.#stand(unit, time, teacher, room);
    return true;
  }

  #stand(unit: number, time: number, teacher: number, room: number): void {
    this.schedule.place(unit, time, teacher, room);
    this.changed.push(unit);
  }

  /** A room for the unit: the teacher's own, else the first free in the order of fitness, else one that its user can leave for another. */
  #room(unit: number, time: number, teacher: number): number {
    const { school } = this.schedule;
    if (!school.hasRooms) return mayStand(this.schedule, this.rules, unit, time, teacher, NO_ROOM) ? NO_ROOM : NONE;
    const { start, items } = school.units.rooms;
    const home = teacher >= 0 ? school.teachers.homeRoom[teacher] : -1;
    if (home >= 0 && this.#listed(unit, home) && mayStand(this.schedule, this.rules, unit, time, teacher, home))
      return home;
    for (let i = start[unit]; i < start[unit + 1]; i++)
      if (mayStand(this.schedule, this.rules, unit, time, teacher, items[i])) return items[i];
    for (let i = start[unit]; i < start[unit + 1]; i++)
      if (this.#freeRoom(unit, time, teacher, items[i])) return items[i];
    return NONE;
  }

  #mayTeach(unit: number, teacher: number): boolean {
    const { start, items } = this.schedule.school.units.teachers;
    for (let i = start[unit]; i < start[unit + 1]; i++) if (items[i] === teacher) return true;
    return false;
  }

  #listed(unit: number, room: number): boolean {
    const { start, items } = this.schedule.school.units.rooms;
    for (let i = start[unit]; i < start[unit + 1]; i++) if (items[i] === room) return true;
    return false;
  }

  /** Moves the one unit that keeps `room` busy at that time into another room, if it can go. */
  #freeRoom(unit: number, time: number, teacher: number, room: number): boolean {
    const schedule = this.schedule;
    const blockers = this.#roomBlockers(time, room, 2);
    if (blockers.length !== 1) return false;
    const [other] = blockers;
    const { start, items } = schedule.school.units.rooms;
    const place = { time: schedule.time[other], teacher: schedule.teacher[other], room: schedule.room[other] };
    const mark = schedule.mark();
    const total = schedule.total;
    schedule.place(other, -1, -1, -1);
    for (let i = start[other]; i < start[other + 1]; i++) {
      const next = items[i];
      if (next === room || !this.#seats(other, next)) continue;
      if (!mayStand(schedule, this.rules, other, place.time, place.teacher, next)) continue;
      this.#stand(other, place.time, place.teacher, next);
      if (mayStand(schedule, this.rules, unit, time, teacher, room)) return true;
      schedule.place(other, -1, -1, -1);
      this.changed.pop();
    }
    schedule.undo(mark, total);
    return false;
  }

  #seats(unit: number, room: number): boolean {
    return this.schedule.school.rooms.capacity[room] >= this.schedule.unitEnrolled[unit];
  }

  #roomBlockers(time: number, room: number, most: number): number[] {
    const blockers: number[] = [];
    for (const other of this.schedule.roomUnits[room])
      if (blockers.length < most && this.overlap(time, this.schedule.time[other])) blockers.push(other);
    return blockers;
  }

  /** Whether nobody can teach at both times. */
  overlap(a: number, b: number): boolean {
    const { timeReach, timeAtoms, atomWords } = this.schedule.school.calendar;
    for (let w = 0; w < atomWords; w++)
      if ((timeReach[a * atomWords + w] & timeAtoms[b * atomWords + w]) !== 0) return true;
    return false;
  }

  /**
   * Places an unplaced unit at (time, teacher, room) and takes out whoever is in the way: the teacher's and co-teachers' other classes,
   * the room's, linked partners that disagree; then, where loads or rows still forbid it, others of the teacher, at most `most` in all.
   * @returns those taken out, or null where it can't be (something may then be half done: take it back)
   */
  force(unit: number, time: number, teacher: number, room: number, most: number): number[] | null {
    const schedule = this.schedule;
    const out: number[] = [];
    const { coTeachers } = schedule.school.units;
    const people = teacher >= 0 ? [teacher] : [];
    for (let i = coTeachers.start[unit]; i < coTeachers.start[unit + 1]; i++) people.push(coTeachers.items[i]);
    for (const person of people)
      for (const other of [...schedule.teacherUnits[person]])
        if (schedule.time[other] >= 0 && this.overlap(time, schedule.time[other])) this.#takeOut(other, out);
    if (room >= 0) for (const other of this.#roomBlockers(time, room, 64)) this.#takeOut(other, out);
    this.#takeOutPartners(unit, time, teacher, room, out);
    if (out.length > most) return null;
    while (!mayStand(schedule, this.rules, unit, time, teacher, room)) {
      const blamed = people.filter((person) => !this.#personMay(person, unit, time, room, person === teacher));
      const others = blamed.length > 0 ? schedule.teacherUnits[blamed[0]] : [];
      if (others.length === 0 || out.length >= most) return null;
      this.#takeOut(others[this.#random.below(others.length)], out);
    }
    this.#stand(unit, time, teacher, room);
    return out;
  }

  #personMay(person: number, unit: number, time: number, room: number, asMain: boolean): boolean {
    return teacherMay(this.schedule, this.rules, person, unit, time, room, asMain);
  }

  #takeOut(unit: number, out: number[]): void {
    if (this.schedule.time[unit] < 0) return;
    this.remove(unit);
    out.push(unit);
  }

  #takeOutPartners(unit: number, time: number, teacher: number, room: number, out: number[]): void {
    const schedule = this.schedule;
    const { start, items } = schedule.school.links.units;
    for (let i = start[unit]; i < start[unit + 1]; i += 2) {
      const partner = items[i];
      if (schedule.time[partner] < 0) continue;
      const there = { time: schedule.time[partner], teacher: schedule.teacher[partner], room: schedule.room[partner] };
      if (!linkHolds(schedule, items[i + 1], { time, teacher, room }, there)) this.#takeOut(partner, out);
    }
  }

  /** A random room of the unit, −1 where the school has none, −2 where none fits. */
  anyRoom(unit: number): number {
    const { school } = this.schedule;
    if (!school.hasRooms) return NO_ROOM;
    const { start, items } = school.units.rooms;
    const count = start[unit + 1] - start[unit];
    return count === 0 ? NONE : items[start[unit] + this.#random.below(count)];
  }

  /** A random candidate teacher, −1 where the school has none, −2 where none is qualified. */
  anyTeacher(unit: number): number {
    const { school } = this.schedule;
    if (!school.hasTeachers) return -1;
    const { start, items } = school.units.teachers;
    const count = start[unit + 1] - start[unit];
    return count === 0 ? NONE : items[start[unit] + this.#random.below(count)];
  }

  /** A random time of the unit, −2 where it has none. */
  anyTime(unit: number): number {
    const { start, items } = this.schedule.school.units.times;
    const count = start[unit + 1] - start[unit];
    return count === 0 ? NONE : items[start[unit] + this.#random.below(count)];
  }
}
