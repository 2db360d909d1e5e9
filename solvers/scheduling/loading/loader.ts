import { bondHolds } from "../constraints/bonds.ts";
import { hasDayRule, hasFreeSlots, hasLunch } from "../constraints/day.ts";
import { maySit, type Rules, SEAT_RULES } from "../constraints/rules.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { MOST_OPTIONS, OPEN_SEATS, OptionTable } from "./option-table.ts";
import { StudentSearch } from "./student-search.ts";

/** Nodes of one student's search: hardly ever reached by a student with a usual number of requests. */
const NODES = 400;
/** The same where the answer has to be proven. */
const NODES_PROVEN = 200_000;
const EPSILON = 1e-6;

/** A student's best choice at given prices of seats. */
interface Priced {
  /** Worth less prices. */
  readonly value: number;
  readonly proven: boolean;
  /** Section of each request of the student in order, −1 none. */
  readonly sections: Int32Array;
}

/** Seats students on given section times: each as well as the seats that are left allow. */
export class Loader {
  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #rulesButShare: Rules;
  readonly #table: OptionTable;
  readonly #search: StudentSearch;
  readonly #words: number;
  readonly #taken: Int32Array;

  constructor(schedule: Schedule, rules: Rules) {
    this.#schedule = schedule;
    this.#rules = rules;
    this.#rulesButShare = { ...rules, seat: rules.seat.filter((rule) => rule !== SEAT_RULES.inclusion) };
    this.#table = new OptionTable(schedule, rules, this.#rulesButShare);
    this.#search = new StudentSearch(schedule, this.#table);
    this.#words = schedule.school.calendar.bitWords;
    this.#taken = new Int32Array(this.#words);
  }

  /**
   * Takes the student out of everything and seats them at best.
   * @param atLeast a schedule worth less than this is not looked for: the search is quicker the more is asked
   * @param priceFull what a seat in a full section costs; Infinity (the default) = none can be had.
   *   A finite price leaves sections over their seats: whoever asks takes somebody out, or takes it all back.
   * @returns whether there is such a schedule; if not, the student is left with nothing, for the caller to take back
   */
  reload(student: number, atLeast = 0, priceFull = Number.POSITIVE_INFINITY): boolean {
    const schedule = this.#schedule;
    const { students } = schedule.school;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) schedule.sit(q, -1);
    const table = this.#table;
    table.collect(student, priceFull === Number.POSITIVE_INFINITY ? OPEN_SEATS : { full: priceFull, seats: null });
    const search = this.#search;
    if (!search.run(atLeast, NODES)) {
      schedule.setValue(student, 0);
      return false;
    }
    for (let d = 0; d < table.depths; d++)
      if (search.best[d] >= 0) schedule.sit(table.request[d], table.section[d * MOST_OPTIONS + search.best[d]]);
    schedule.setValue(student, search.bestValue);
    return true;
  }

  /** Seats a student better, or leaves them as they are. */
  improve(student: number): boolean {
    const schedule = this.#schedule;
    if (!this.#hasOpenWish(student)) return false;
    const mark = schedule.mark();
    const total = schedule.total;
    if (this.reload(student, schedule.value[student] + 10 * EPSILON)) return true;
    schedule.undo(mark, total);
    return false;
  }

  /** Without a seat for something that the student lacks nothing can be better, unless a move back to today's section is worth something. */
  #hasOpenWish(student: number): boolean {
    const schedule = this.#schedule;
    const { students, requests, courses, sections, units, calendar, weights } = schedule.school;
    if (weights.moved_student > 0) return true;
    const words = this.#words;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      if (schedule.choice[q] >= 0) continue;
      const course = requests.course[q];
      for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
        const section = courses.sections.items[i];
        const unit = sections.unit[section];
        const time = schedule.time[unit];
        if (time < 0) continue;
        // The student's own seat in a co-seated section is one of the room's.
        if (schedule.seatsLeft(section) <= 0 && units.sections.start[unit + 1] - units.sections.start[unit] === 1)
          continue;
        let off = 0;
        for (let w = 0; w < words; w++) off |= calendar.timeBits[time * words + w] & students.off[student * words + w];
        if (off === 0) return true;
      }
    }
    return false;
  }

  /** As `reload`, but not into that section, and into others only where their share of flagged students holds as they are filled now. */
  reloadWithout(student: number, section: number): void {
    this.#table.barred = section;
    this.reload(student);
    this.#table.barred = -1;
  }

  /** The best choice where seats have a price each and there is no limit to them; nobody is moved. */
  best(student: number, seats: Float64Array): Priced {
    const { students } = this.#schedule.school;
    const first = students.requestStart[student];
    const table = this.#table;
    table.collect(student, { full: Number.POSITIVE_INFINITY, seats });
    const sections = new Int32Array(students.requestStart[student + 1] - first).fill(-1);
    const search = this.#search;
    search.run(0, NODES_PROVEN);
    for (let d = 0; d < table.depths; d++)
      if (search.best[d] >= 0) sections[table.request[d] - first] = table.section[d * MOST_OPTIONS + search.best[d]];
    return { value: Math.max(0, search.bestValue), proven: search.proven, sections };
  }

  /** Whether the student's schedule still stands as it is: no clash, no overfull section, no rule broken. */
  stands(student: number): boolean {
    const schedule = this.#schedule;
    const { students, calendar, sections, rooms } = schedule.school;
    const words = this.#words;
    const taken = this.#taken;
    for (let w = 0; w < words; w++) taken[w] = students.off[student * words + w];
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = schedule.choice[q];
      if (section < 0) continue;
      const unit = sections.unit[section];
      const time = schedule.time[unit];
      if (time < 0) return false;
      let clash = 0;
      for (let w = 0; w < words; w++) {
        const bits = calendar.timeBits[time * words + w];
        clash |= taken[w] & bits;
        taken[w] |= bits;
      }
      if (clash !== 0) return false;
      const room = schedule.room[unit];
      if (room >= 0 && schedule.unitEnrolled[unit] > rooms.capacity[room]) return false;
      if (students.plain[student] === 0 && !this.#staysIn(q, section)) return false;
    }
    if (this.#table.bonded[student] === 1 && !this.#bondsStand(student)) return false;
    if (!hasDayRule(schedule.school, student)) return true;
    for (let w = 0; w < words; w++) taken[w] &= ~students.off[student * words + w];
    return hasLunch(schedule.school, student, taken, 0) && hasFreeSlots(schedule.school, student, taken, 0);
  }

  /** Whether a request may sit in a section by the student's own rules (seats and times apart). */
  maySit(request: number, section: number): boolean {
    return maySit(this.#schedule, this.#rules, request, section);
  }

  #bondsStand(student: number): boolean {
    const schedule = this.#schedule;
    const { students, links } = schedule.school;
    const { start, items } = links.requests;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = schedule.choice[q];
      for (let i = start[q]; section >= 0 && i < start[q + 1]; i += 3) {
        const there = schedule.choice[items[i]];
        if (there >= 0 && !bondHolds(schedule, items[i + 1], items[i + 2], section, there)) return false;
      }
    }
    return true;
  }

  #staysIn(request: number, section: number): boolean {
    const schedule = this.#schedule;
    const { students, requests, sections } = schedule.school;
    // The inclusion share counts the student already: asked again, it would count them twice.
    const counted = sections.inclusionShare[section] <= 1 && students.inclusion[requests.student[request]] === 1;
    return maySit(schedule, counted ? this.#rulesButShare : this.#rules, request, section);
  }
}
