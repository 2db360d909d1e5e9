import type { Random } from "@trivium/engine";
import type { Placer } from "../moves/placer.ts";
import { ALTERNATE, type School } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { Collisions } from "./collisions.ts";
import { spread } from "./spread.ts";

/** Places tried with others taken out, of which the cheapest is done. */
const FORCED_TRIES = 24;
const STEPS_PER_UNIT = 40;
/** Steps of making room for a section that need not be. */
const STEPS_TO_OPEN = 120;
const MOST_OUT = 5;
/** Sections that may be missing beside those that stand as before, for what stands to be a plan. */
const MOSTLY = 0.1;
/** Steps between two looks at the budget; more than a school without knots needs. */
const CHECKPOINT = 1024;

/**
 * A legal start from nothing: units in order of how few places they have, each where it collides least by the course affinities;
 * a unit without a free place goes where it takes out the fewest, weighed by how often each was taken out before and by how few places it has, and those queue again
 * (iterative forward search: Müller, Barták & Rudová 2005, "Conflict-based statistics").
 * Units that find no place within the steps stay unplaced; the annealing goes on trying.
 */
export class Constructor {
  readonly #placer: Placer;
  readonly #schedule: Schedule;
  readonly #random: Random;
  readonly #collisions: Collisions;
  readonly #evictions: Int32Array;
  /** Per course, points that a request for it is worth on average. */
  readonly #requestWorth: Float64Array;

  constructor(placer: Placer, random: Random) {
    this.#placer = placer;
    this.#schedule = placer.schedule;
    this.#random = random;
    this.#collisions = new Collisions(placer.schedule);
    this.#evictions = new Int32Array(placer.schedule.school.units.count);
    this.#requestWorth = requestWorth(placer.schedule.school);
  }

  /** @param spent share of the solve's budget spent so far; ≥ 1 = stop with what there is */
  build(spent: () => number): void {
    const { units } = this.#schedule.school;
    const order = Array.from({ length: units.count }, (_, unit) => unit);
    const freedom = order.map((unit) => this.#freedom(unit));
    order.sort((a, b) => freedom[a] - freedom[b] || a - b);
    for (const unit of order) this.#takeHint(unit);
    this.#follow();
    const needed = order.filter((unit) => units.optional[unit] === 0 && this.#schedule.time[unit] < 0);
    this.#settle(needed, spent, STEPS_PER_UNIT * units.count);
    this.#open(this.#byDemand(), spent);
    this.#schedule.commit();
    if (this.#schedule.school.warm) return;
    // Anew: now it is known how many sections each course has.
    spread(this.#placer, new Collisions(this.#schedule), this.#random, spent);
  }

  /** Sections that demand asks for and nobody placed yet, those that the most students need first: so each course has one before others have many. */
  #byDemand(): number[] {
    const { units, sections, courses } = this.#schedule.school;
    const seated = new Int32Array(courses.ids.length);
    const need = new Float64Array(units.count);
    for (let unit = 0; unit < units.count; unit++) {
      for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
        const section = units.sections.items[i];
        const course = sections.course[section];
        const students = Math.max(0, Math.min(sections.seats[section], courses.demand[course] - seated[course]));
        need[unit] += students * this.#requestWorth[course];
        seated[course] += sections.seats[section];
      }
    }
    return Array.from({ length: units.count }, (_, unit) => unit)
      .filter((unit) => units.optional[unit] === 1 && units.wanted[unit] === 1 && this.#schedule.time[unit] < 0)
      .sort((a, b) => need[b] - need[a] || this.#freedom(a) - this.#freedom(b) || a - b);
  }

  /** Opens sections that demand asks for. Others make room where they can, and may close where fewer need them. */
  #open(wanted: readonly number[], spent: () => number): void {
    const schedule = this.#schedule;
    const placed = schedule.time.reduce((count, time) => count + (time >= 0 ? 1 : 0), 0);
    // A plan before had its reasons to leave them out, and nobody is to make room for them now.
    const stands = schedule.school.warm && wanted.length < MOSTLY * placed;
    for (const unit of wanted) {
      if (spent() >= 1) return;
      if (this.#placeFree(unit) || stands) continue;
      const mark = schedule.mark();
      const total = schedule.total;
      const before = this.#served();
      this.#settle([unit], spent, STEPS_TO_OPEN);
      if (this.#served() > before) continue;
      schedule.undo(mark, total);
      for (let each = 0; each < schedule.time.length; each++) this.#collisions.follow(each);
    }
  }

  /** What the requests that find a seat by number are worth; a needed unit without a place weighs as ever. */
  #served(): number {
    const { sections, courses, weights } = this.#schedule.school;
    let served = -weights.unplaced * this.#schedule.unplacedNeeded;
    for (let course = 0; course < courses.ids.length; course++) {
      let seats = 0;
      for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
        const section = courses.sections.items[i];
        if (this.#schedule.time[sections.unit[section]] >= 0) seats += sections.seats[section];
      }
      served += Math.min(seats, courses.demand[course]) * this.#requestWorth[course];
    }
    return served;
  }

  /** Places these units, taking out others where there is no other way. */
  #settle(waiting: readonly number[], spent: () => number, steps: number): void {
    const queue = [...waiting];
    for (let step = 0; step < steps && queue.length > 0; step++) {
      if (step % CHECKPOINT === CHECKPOINT - 1 && spent() >= 1) return;
      const unit = queue.shift() as number;
      if (this.#schedule.time[unit] >= 0 || this.#placeFree(unit)) continue;
      const out = this.#placeForced(unit);
      this.#follow();
      if (out === null) {
        if (step < steps / 2) queue.push(unit);
        continue;
      }
      for (const each of out) {
        this.#evictions[each]++;
        queue.push(each);
      }
    }
  }

  #freedom(unit: number): number {
    const { units, hasTeachers, hasRooms } = this.#schedule.school;
    const count = (lists: { start: Int32Array }) => lists.start[unit + 1] - lists.start[unit];
    return (
      count(units.times) * (hasTeachers ? count(units.teachers) : 1) * (hasRooms ? Math.min(12, count(units.rooms)) : 1)
    );
  }

  #takeHint(unit: number): void {
    const { units } = this.#schedule.school;
    const time = units.hintTime[unit];
    if (time < 0 || !this.#placer.mayMeet(unit, time)) return;
    const teacher = this.#listed(unit, units.hintTeacher[unit]);
    if (!this.#placer.placeIn(unit, time, teacher, units.hintRoom[unit])) this.#placer.place(unit, time, teacher);
  }

  #listed(unit: number, teacher: number): number {
    const { start, items } = this.#schedule.school.units.teachers;
    for (let i = start[unit]; i < start[unit + 1]; i++) if (items[i] === teacher) return teacher;
    return -1;
  }

  /** Into the free place that collides least. */
  #placeFree(unit: number): boolean {
    const { units } = this.#schedule.school;
    const first = units.times.start[unit];
    const costs: { time: number; cost: number }[] = [];
    for (let i = first; i < units.times.start[unit + 1]; i++)
      costs.push({
        time: units.times.items[i],
        cost: this.#collisions.ofMove(unit, units.times.items[i]) + this.#random.unit() * 0.5,
      });
    costs.sort((a, b) => a.cost - b.cost);
    for (const { time } of costs) {
      for (const teacher of this.#teachersByNeed(unit, time))
        if (this.#placer.place(unit, time, teacher)) {
          this.#follow();
          return true;
        }
    }
    return false;
  }

  #follow(): void {
    for (const unit of this.#placer.changed) this.#collisions.follow(unit);
    this.#placer.changed.length = 0;
  }

  /** Candidates with the fewest sections for their limit first; who teaches the course already goes before. */
  #teachersByNeed(unit: number, time: number): number[] {
    const { school, load } = this.#schedule;
    if (!school.hasTeachers) return [-1];
    const { start, items } = school.units.teachers;
    const leaves = school.calendar.leafIds.length;
    const leaf = 31 - Math.clz32(school.calendar.timeLeaves[time]);
    const course = school.sections.course[school.units.sections.items[school.units.sections.start[unit]]];
    const rank = (teacher: number) => {
      const share =
        (load[teacher * leaves + leaf] + 1) / Math.min(12, Math.max(1, school.teachers.sectionsMax[teacher]));
      const knows = this.#schedule.courseLoad[(teacher * leaves + leaf) * school.courses.ids.length + course] > 0;
      return share - (knows ? 0.35 : 0);
    };
    return Array.from(items.subarray(start[unit], start[unit + 1]))
      .map((teacher) => ({ teacher, rank: rank(teacher) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ teacher }) => teacher);
  }

  /** The forced place whose victims weigh least; null where nothing could be forced. */
  #placeForced(unit: number): number[] | null {
    const { schedule } = this.#placer;
    let best: { time: number; teacher: number; room: number; cost: number } | null = null;
    for (let i = 0; i < FORCED_TRIES; i++) {
      const place = {
        time: this.#placer.anyTime(unit),
        teacher: this.#placer.anyTeacher(unit),
        room: this.#placer.anyRoom(unit),
      };
      if (place.time < 0 || place.teacher < -1 || place.room < -1) return null;
      const mark = schedule.mark();
      const total = schedule.total;
      const out = this.#placer.force(unit, place.time, place.teacher, place.room, MOST_OUT);
      schedule.undo(mark, total);
      if (out === null) continue;
      const cost =
        out.reduce((sum, each) => sum + (1 + this.#evictions[each]) * (1 + 40 / (1 + this.#freedom(each))), 0) +
        this.#random.unit();
      if (best === null || cost < best.cost) best = { ...place, cost };
    }
    if (best === null) return null;
    // Who goes is drawn anew, and may now be too many: then all stay where they were.
    const mark = schedule.mark();
    const total = schedule.total;
    const out = this.#placer.force(unit, best.time, best.teacher, best.room, MOST_OUT);
    if (out === null) schedule.undo(mark, total);
    return out;
  }
}

function requestWorth({ requests, courses }: School): Float64Array {
  const sum = new Float64Array(courses.ids.length);
  for (let q = 0; q < requests.count; q++)
    if (requests.kind[q] !== ALTERNATE) sum[requests.course[q]] += requests.value[q];
  return sum.map((value, course) => value / Math.max(1, courses.demand[course]));
}
