import type { School } from "../problem/problem.ts";

const PLACE = 0;
const ENROLL = 1;
const VALUE = 2;

/**
 * A schedule being searched: where every unit is placed, who sits in which section, and what it is worth.
 * Every change is logged, so that any run of changes can be taken back: `const mark = schedule.mark()` … `schedule.undo(mark)`.
 * Placing checks nothing (the rules of `constraints/` do, before); sums follow each change.
 */
export class Schedule {
  readonly school: School;
  /** Per unit; −1 = unplaced. */
  readonly time: Int32Array;
  readonly teacher: Int32Array;
  readonly room: Int32Array;
  /** Students in each section, those of them flagged for inclusion, students in each unit. */
  readonly enrolled: Int32Array;
  readonly flagged: Int32Array;
  readonly unitEnrolled: Int32Array;
  /** Section that meets each request (or stands in for another), −1 none. */
  readonly choice: Int32Array;
  /** Worth of each student's schedule. */
  readonly value: Float64Array;
  /** Atoms taken, teachers × words and rooms × words. */
  readonly teacherBusy: Int32Array;
  readonly roomBusy: Int32Array;
  /** Atoms that a teacher's sections take or, in other schools, touch by name or by the clock. */
  readonly teacherTouched: Int32Array;
  readonly teacherUnits: number[][];
  readonly roomUnits: number[][];
  /** Sections per teacher and leaf; different courses as main teacher; sections of each course as main teacher. */
  readonly load: Int32Array;
  readonly preps: Int32Array;
  readonly courseLoad: Uint8Array;
  /** Requests (no alternates) not met: the first `unmetCount` of `unmet`. */
  readonly unmet: Int32Array;
  unmetCount = 0;
  /** The objective: to be maximized. */
  total = 0;
  /** Needed units without a place. */
  unplacedNeeded = 0;

  readonly #unmetPlace: Int32Array;
  readonly #rosterStart: Int32Array;
  readonly #roster: Int32Array;
  readonly #rosterPlace: Int32Array;
  #log: number[] = [];

  constructor(school: School) {
    this.school = school;
    const { units, sections, requests, students, teachers, rooms, calendar, courses } = school;
    const leaves = calendar.leafIds.length;
    this.time = new Int32Array(units.count).fill(-1);
    this.teacher = new Int32Array(units.count).fill(-1);
    this.room = new Int32Array(units.count).fill(-1);
    this.enrolled = new Int32Array(sections.ids.length);
    this.flagged = new Int32Array(sections.ids.length);
    this.unitEnrolled = new Int32Array(units.count);
    this.choice = new Int32Array(requests.count).fill(-1);
    this.value = new Float64Array(students.ids.length);
    this.teacherBusy = new Int32Array(teachers.ids.length * calendar.atomWords);
    this.roomBusy = new Int32Array(rooms.ids.length * calendar.atomWords);
    this.teacherTouched = new Int32Array(teachers.ids.length * calendar.atomWords);
    this.teacherUnits = teachers.ids.map(() => []);
    this.roomUnits = rooms.ids.map(() => []);
    this.load = new Int32Array(teachers.ids.length * leaves);
    this.preps = new Int32Array(teachers.ids.length * leaves);
    this.courseLoad = new Uint8Array(teachers.ids.length * leaves * courses.ids.length);
    this.unmet = new Int32Array(requests.count);
    this.#unmetPlace = new Int32Array(requests.count).fill(-1);
    this.#rosterStart = new Int32Array(sections.ids.length + 1);
    for (let s = 0; s < sections.ids.length; s++)
      this.#rosterStart[s + 1] = this.#rosterStart[s] + sections.seats[s] + ROSTER_SLACK;
    this.#roster = new Int32Array(this.#rosterStart[sections.ids.length]);
    this.#rosterPlace = new Int32Array(requests.count);
    for (let q = 0; q < requests.count; q++) if (requests.kind[q] < 2) this.#addUnmet(q);
    for (let t = 0; t < this.load.length; t++)
      this.total -= teachers.sectionsMin[Math.floor(t / leaves)] * school.weights.sections_min;
    for (let u = 0; u < units.count; u++) {
      this.total += this.#unitWorth(u);
      if (units.optional[u] === 0) this.unplacedNeeded++;
    }
  }

  /** Requests that hold a seat of a section. */
  seat(section: number, position: number): number {
    return this.#roster[this.#rosterStart[section] + position];
  }

  seatsLeft(section: number): number {
    const { sections, rooms } = this.school;
    const own = sections.seats[section] - this.enrolled[section];
    const unit = sections.unit[section];
    const room = this.room[unit];
    return room < 0 ? own : Math.min(own, rooms.capacity[room] - this.unitEnrolled[unit]);
  }

  mark(): number {
    return this.#log.length;
  }

  /** Forgets how to take back: what was done stays. */
  commit(): void {
    this.#log.length = 0;
  }

  /** Takes back every change since the mark. `total` is restored exactly where the caller kept it. */
  undo(mark: number, total: number): void {
    const log = this.#log;
    while (log.length > mark) {
      const kind = log.pop();
      if (kind === VALUE) {
        const value = log.pop() as number;
        this.value[log.pop() as number] = value;
      } else if (kind === ENROLL) {
        const section = log.pop() as number;
        this.#sit(log.pop() as number, section);
      } else {
        const room = log.pop() as number;
        const teacher = log.pop() as number;
        const time = log.pop() as number;
        this.#put(log.pop() as number, time, teacher, room);
      }
    }
    this.total = total;
  }

  /** Gives a unit its time, teacher and room; −1, −1, −1 takes its place away. */
  place(unit: number, time: number, teacher: number, room: number): void {
    this.#log.push(unit, this.time[unit], this.teacher[unit], this.room[unit], PLACE);
    this.#put(unit, time, teacher, room);
  }

  /** Seats a request in a section (−1: in none). */
  sit(request: number, section: number): void {
    if (this.choice[request] === section) return;
    this.#log.push(request, this.choice[request], ENROLL);
    this.#sit(request, section);
  }

  setValue(student: number, value: number): void {
    this.#log.push(student, this.value[student], VALUE);
    this.total += value - this.value[student];
    this.value[student] = value;
  }

  #sit(request: number, section: number): void {
    const old = this.choice[request];
    const { sections, students, requests } = this.school;
    const flagged = students.inclusion[requests.student[request]];
    if (old >= 0) {
      this.total += this.#excess(old);
      const place = this.#rosterPlace[request];
      const last = this.#roster[this.#rosterStart[old] + --this.enrolled[old]];
      this.#roster[this.#rosterStart[old] + place] = last;
      this.#rosterPlace[last] = place;
      this.unitEnrolled[sections.unit[old]]--;
      this.flagged[old] -= flagged;
      this.total -= this.#excess(old);
    }
    if (section >= 0) {
      this.total += this.#excess(section);
      const place = this.enrolled[section]++;
      this.#roster[this.#rosterStart[section] + place] = request;
      this.#rosterPlace[request] = place;
      this.unitEnrolled[sections.unit[section]]++;
      this.flagged[section] += flagged;
      this.total -= this.#excess(section);
    }
    this.choice[request] = section;
    if (requests.kind[request] < 2) {
      if (section < 0 && old >= 0) this.#addUnmet(request);
      else if (section >= 0 && old < 0) this.#removeUnmet(request);
    }
  }

  /** Unmet requests in their own order, whatever happened before. */
  sortUnmet(): void {
    this.unmet.subarray(0, this.unmetCount).sort();
    for (let i = 0; i < this.unmetCount; i++) this.#unmetPlace[this.unmet[i]] = i;
  }

  #addUnmet(request: number): void {
    this.#unmetPlace[request] = this.unmetCount;
    this.unmet[this.unmetCount++] = request;
  }

  #removeUnmet(request: number): void {
    const place = this.#unmetPlace[request];
    const last = this.unmet[--this.unmetCount];
    this.unmet[place] = last;
    this.#unmetPlace[last] = place;
    this.#unmetPlace[request] = -1;
  }

  /** Price of flagged students beyond the section's share, and of students beyond its seats where some are allowed. */
  #excess(section: number): number {
    const { sections, weights } = this.school;
    const beyond = this.enrolled[section] - sections.cap[section];
    const price = beyond > 0 && sections.seats[section] > sections.cap[section] ? beyond * weights.over_cap : 0;
    const share = sections.inclusionShare[section];
    if (share > 1) return price;
    const over = this.flagged[section] - Math.floor(share * this.enrolled[section] + 1e-9);
    return over > 0 ? price + over * weights.inclusion : price;
  }

  /** What a unit's place is worth, the teacher's preps and least load apart. */
  #unitWorth(unit: number): number {
    const { units, weights, teachers } = this.school;
    if (this.time[unit] < 0) return units.optional[unit] === 1 ? 0 : -weights.unplaced;
    const size = units.sections.start[unit + 1] - units.sections.start[unit];
    let worth = units.optional[unit] === 1 ? -weights.section * size : 0;
    worth -= this.#movedCost(unit);
    const teacher = this.teacher[unit];
    if (teacher < 0) return worth;
    for (let i = units.teachers.start[unit]; i < units.teachers.start[unit + 1]; i++)
      if (units.teachers.items[i] === teacher) worth -= units.dislike[i] * weights.preference;
    const home = teachers.homeRoom[teacher];
    if (home >= 0 && this.room[unit] !== home) worth -= weights.home_room * size;
    return worth;
  }

  /** Price of the unit's sections whose teacher, room or time is not today's. */
  #movedCost(unit: number): number {
    const { units, sections, weights } = this.school;
    if (weights.moved_teacher + weights.moved_room + weights.moved_time === 0) return 0;
    let cost = 0;
    for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
      const section = units.sections.items[i];
      if (moved(sections.todayTeacher[section], this.teacher[unit])) cost += weights.moved_teacher;
      if (moved(sections.todayRoom[section], this.room[unit])) cost += weights.moved_room;
      if (moved(sections.todayTime[section], this.time[unit])) cost += weights.moved_time;
    }
    return cost;
  }

  #put(unit: number, time: number, teacher: number, room: number): void {
    const { units } = this.school;
    const needed = units.optional[unit] === 0;
    this.total -= this.#unitWorth(unit);
    if (this.time[unit] >= 0) this.#occupy(unit, -1);
    else if (needed) this.unplacedNeeded--;
    this.time[unit] = time;
    this.teacher[unit] = teacher;
    this.room[unit] = room;
    if (time >= 0) this.#occupy(unit, 1);
    else if (needed) this.unplacedNeeded++;
    this.total += this.#unitWorth(unit);
  }

  #occupy(unit: number, sign: 1 | -1): void {
    const { units, calendar } = this.school;
    const room = this.room[unit];
    const words = calendar.atomWords;
    const time = this.time[unit] * words;
    if (room >= 0) {
      for (let w = 0; w < words; w++) this.roomBusy[room * words + w] ^= calendar.timeAtoms[time + w];
      enlist(this.roomUnits[room], unit, sign);
    }
    if (this.teacher[unit] >= 0) {
      this.#occupyPerson(this.teacher[unit], unit, sign);
      this.#countPreps(unit, sign);
    }
    for (let i = units.coTeachers.start[unit]; i < units.coTeachers.start[unit + 1]; i++)
      this.#occupyPerson(units.coTeachers.items[i], unit, sign);
  }

  /** Several sections may touch one atom of another school: what is left is put together anew. */
  #touch(person: number): void {
    const { timeReach, atomWords } = this.school.calendar;
    for (let w = 0; w < atomWords; w++) {
      let touched = 0;
      for (const unit of this.teacherUnits[person]) touched |= timeReach[this.time[unit] * atomWords + w];
      this.teacherTouched[person * atomWords + w] = touched;
    }
  }

  #occupyPerson(person: number, unit: number, sign: 1 | -1): void {
    const { units, calendar } = this.school;
    const words = calendar.atomWords;
    const leaves = calendar.leafIds.length;
    const time = this.time[unit];
    for (let w = 0; w < words; w++) this.teacherBusy[person * words + w] ^= calendar.timeAtoms[time * words + w];
    enlist(this.teacherUnits[person], unit, sign);
    this.#touch(person);
    const sections = units.sections.start[unit + 1] - units.sections.start[unit];
    const least = this.school.teachers.sectionsMin[person];
    for (let leaf = 0; leaf < leaves; leaf++) {
      if (((calendar.timeLeaves[time] >> leaf) & 1) === 0) continue;
      const before = this.load[person * leaves + leaf];
      this.load[person * leaves + leaf] = before + sign * sections;
      if (least > 0)
        this.total +=
          (Math.max(0, least - before) - Math.max(0, least - before - sign * sections)) *
          this.school.weights.sections_min;
    }
  }

  #countPreps(unit: number, sign: 1 | -1): void {
    const { units, sections, calendar, courses, weights } = this.school;
    const leaves = calendar.leafIds.length;
    const teacher = this.teacher[unit];
    const taught = calendar.timeLeaves[this.time[unit]];
    for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
      const course = sections.course[units.sections.items[i]];
      for (let leaf = 0; leaf < leaves; leaf++) {
        if (((taught >> leaf) & 1) === 0) continue;
        const place = (teacher * leaves + leaf) * courses.ids.length + course;
        const before = this.courseLoad[place];
        this.courseLoad[place] = before + sign;
        const change = before === 0 ? 1 : before + sign === 0 ? -1 : 0;
        this.preps[teacher * leaves + leaf] += change;
        this.total -= change * weights.prep;
      }
    }
  }
}

/** Today's and now: −1 = there is no today. */
const moved = (today: number, now: number): boolean => today !== -1 && today !== now;

/** Room in a roster for those that an ejection chain seats before it takes others out. */
const ROSTER_SLACK = 16;

function enlist(list: number[], unit: number, sign: 1 | -1): void {
  if (sign === 1) list.push(unit);
  else {
    const place = list.indexOf(unit);
    list[place] = list[list.length - 1];
    list.pop();
  }
}
