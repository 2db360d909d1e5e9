import type { Budget, Random } from "@trivium/engine";
import { type Effort, eject } from "../loading/eject.ts";
import type { Loader } from "../loading/loader.ts";
import { MOVES } from "../moves/moves.ts";
import type { Placer } from "../moves/placer.ts";
import { copyPlaces, type Places, restorePlaces } from "../schedule/places.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import { Hits } from "./hits.ts";

/** Temperatures in points of the objective, at the start and the end of the budget: from · (to / from)^(share^delay). */
export interface Cooling {
  readonly from: number;
  readonly to: number;
  /** The greater, the longer it stays near the start. Default 1, each share of the budget cools by the same factor. */
  readonly delay?: number;
}

/** Shares of a cooling between which a run falls, where it is cut into rounds. */
export interface Span {
  readonly begin: number;
  readonly end: number;
}

const WHOLE: Span = { begin: 0, end: 1 };

const temperatureAt = ({ from, to, delay = 1 }: Cooling, share: number): number =>
  from * (to / from) ** (share ** delay);

/** Moves between two looks at the budget. */
const CHECKPOINT = 64;
const EPSILON = 1e-6;
/** Students that lost by a move and are worth a chain each before the move is judged. */
const LOSERS_HELPED = 6;
/** Chains for those losers, and chains tried for their own sake. */
const QUICK: Effort = { depth: 1, reloads: 12 };
const DEEP: Effort = { depth: 3, reloads: 60 };
/** Share of what students still lack that a move is trusted to win back, when it is judged early: most moves win back little, and are dropped sooner. */
const HOPE = 0.3;

/**
 * Simulated annealing over the places of sections, each move priced by re-seating exactly the students that it touches.
 * A move is dropped as soon as what was lost can no longer be made up for by those still to be re-seated.
 */
export class Annealing {
  readonly #schedule: Schedule;
  readonly #placer: Placer;
  readonly #loader: Loader;
  readonly #random: Random;
  readonly #seen: Int32Array;
  readonly #touched: number[] = [];
  readonly #gainers: number[] = [];
  readonly #most: Float64Array;
  readonly #hits: Hits;
  #stamp = 0;
  iterations = 0;
  best: Places;

  constructor(schedule: Schedule, placer: Placer, loader: Loader, random: Random) {
    this.#schedule = schedule;
    this.#placer = placer;
    this.#loader = loader;
    this.#random = random;
    const { students, requests, weights } = schedule.school;
    this.#seen = new Int32Array(students.ids.length);
    this.#most = Float64Array.from(students.ids, (_, student) => {
      let sum: number = weights.complete;
      for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
        if (requests.kind[q] < 2) sum += requests.value[q];
      return sum;
    });
    this.#hits = new Hits(schedule, this.#most);
    this.best = copyPlaces(schedule);
  }

  /**
   * Seats every student, in random order, then once more with chains for those who lack something. Who sits as in the plan before lacks
   * no more than there, and is only seated better where a seat is free.
   */
  loadAll(): void {
    const { students } = this.#schedule.school;
    const order = this.#random.shuffle(Int32Array.from(students.ids, (_, student) => student));
    const anew = order.filter((student) => !this.#sitAsHinted(student));
    for (const student of anew) this.#loader.reload(student);
    for (const student of anew) this.#help(student, DEEP);
    if (anew.length < order.length) for (const student of order) this.#loader.improve(student);
    this.#schedule.commit();
    this.best = copyPlaces(this.#schedule);
  }

  /** Seats a student as in the schedule to start from. @returns whether that still stands; if not, nothing is kept of it */
  #sitAsHinted(student: number): boolean {
    const schedule = this.#schedule;
    const { students, hintSection, sections, warm } = schedule.school;
    if (!warm) return false;
    const mark = schedule.mark();
    const total = schedule.total;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = hintSection[q];
      if (section < 0 || schedule.time[sections.unit[section]] < 0 || schedule.seatsLeft(section) <= 0) continue;
      if (this.#loader.maySit(q, section)) schedule.sit(q, section);
    }
    schedule.setValue(student, worth(schedule, student));
    if (this.#loader.stands(student)) return true;
    schedule.undo(mark, total);
    return false;
  }

  run(budget: Budget, cooling: Cooling, onCheckpoint: () => void, { begin, end }: Span = WHOLE): void {
    let share = budget.spent(this.iterations);
    while (share < 1) {
      const temperature = temperatureAt(cooling, begin + (end - begin) * share);
      for (let i = 0; i < CHECKPOINT; i++) this.#step(temperature);
      this.iterations += CHECKPOINT;
      onCheckpoint();
      share = budget.spent(this.iterations);
    }
    if (this.best.total > this.#schedule.total + EPSILON) restorePlaces(this.#schedule, this.best);
  }

  #step(temperature: number): void {
    const schedule = this.#schedule;
    const random = this.#random;
    if (schedule.unmetCount > 0 && random.unit() < 0.08) {
      const student = schedule.school.requests.student[schedule.unmet[random.below(schedule.unmetCount)]];
      if (eject(schedule, this.#loader, random, student, DEEP)) this.#keep();
      return;
    }
    const total = schedule.total;
    const floor = total + temperature * Math.log(random.unit() + 1e-12);
    this.#placer.changed.length = 0;
    if (this.#propose() && this.#reseat(floor)) this.#keep();
    else schedule.undo(0, total);
  }

  #keep(): void {
    const schedule = this.#schedule;
    schedule.commit();
    if (schedule.total > this.best.total + EPSILON) this.best = copyPlaces(schedule);
  }

  #propose(): boolean {
    let pick = this.#random.unit();
    for (const { move, weight } of MOVES) {
      pick -= weight;
      if (pick < 0) return move(this.#placer, this.#random);
    }
    return MOVES[0].move(this.#placer, this.#random);
  }

  /**
   * Re-seats whom the changed units touch: those whose schedule broke, then those who lack something, then those who wait for the course.
   * @returns false as soon as the objective can't reach the floor any more
   */
  #reseat(floor: number): boolean {
    const schedule = this.#schedule;
    this.#collectTouched();
    this.#collectGainers();
    let hope = 0;
    let broken = 0;
    for (let i = 0; i < this.#touched.length; i++) {
      const student = this.#touched[i];
      hope += this.#most[student] - schedule.value[student];
      if (this.#loader.stands(student)) continue;
      this.#touched[i] = this.#touched[broken];
      this.#touched[broken++] = student;
    }
    for (const student of this.#gainers) hope += this.#most[student] - schedule.value[student];
    let certain = this.#hardestFirst(broken);
    if (schedule.total - certain + hope * HOPE < floor) return false;
    const losers: number[] = [];
    let lost = 0;
    for (let i = 0; i < this.#touched.length; i++) {
      const student = this.#touched[i];
      const value = schedule.value[student];
      hope -= this.#most[student] - value;
      if (i >= broken) {
        if (value < this.#most[student] - EPSILON) this.#loader.improve(student);
        continue;
      }
      // Chains may win back what seats are wanting for, not what clashes.
      const own = this.#hits.certain[student];
      certain -= own;
      const helped = losers.length < LOSERS_HELPED ? lost + value - own : 0;
      const spare = schedule.total - certain + helped + hope * HOPE - floor;
      if (spare < 0 || !this.#loader.reload(student, Math.max(0, value - spare))) return false;
      if (schedule.value[student] >= value - EPSILON) continue;
      losers.push(student);
      lost += value - schedule.value[student] - own;
    }
    for (const student of this.#gainers) if (this.#seatsFor(student)) this.#loader.improve(student);
    if (losers.length > 0 && losers.length <= LOSERS_HELPED && schedule.total < floor)
      for (const student of losers) this.#help(student, QUICK);
    return schedule.total >= floor;
  }

  /**
   * Orders those whose schedule broke by what they clash with: who can't leave it loses most, and a bad move is dropped after few of them.
   * @returns what they lose in any case, in points
   */
  #hardestFirst(broken: number): number {
    const touched = this.#touched;
    const { hardness, certain: lost } = this.#hits;
    let certain = 0;
    for (let i = 0; i < broken; i++) {
      const student = touched[i];
      this.#hits.look(student, this.#placer.changed);
      const own = hardness[student];
      certain += lost[student];
      let at = i;
      for (; at > 0 && hardness[touched[at - 1]] < own; at--) touched[at] = touched[at - 1];
      touched[at] = student;
    }
    return certain;
  }

  /** Whether a changed unit has a seat for something that the student lacks. */
  #seatsFor(student: number): boolean {
    const schedule = this.#schedule;
    const { units, sections, students, requests } = schedule.school;
    for (const unit of this.#placer.changed) {
      if (schedule.time[unit] < 0) continue;
      for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
        const section = units.sections.items[i];
        if (schedule.seatsLeft(section) <= 0) continue;
        for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
          if (schedule.choice[q] < 0 && requests.course[q] === sections.course[section]) return true;
      }
    }
    return false;
  }

  #help(student: number, effort: Effort): void {
    if (this.#schedule.value[student] < this.#most[student] - EPSILON)
      eject(this.#schedule, this.#loader, this.#random, student, effort);
  }

  /** Those seated in changed units, in random order. */
  #collectTouched(): void {
    const schedule = this.#schedule;
    const { units, requests } = schedule.school;
    const stamp = ++this.#stamp;
    this.#touched.length = 0;
    this.#gainers.length = 0;
    for (const unit of this.#placer.changed) {
      for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++) {
        const section = units.sections.items[i];
        for (let seat = 0; seat < schedule.enrolled[section]; seat++) {
          const student = requests.student[schedule.seat(section, seat)];
          if (this.#seen[student] === stamp) continue;
          this.#seen[student] = stamp;
          this.#touched.push(student);
        }
      }
    }
    this.#random.shuffle(this.#touched);
  }

  /** Those with an unmet request for a course of a changed unit. */
  #collectGainers(): void {
    const schedule = this.#schedule;
    const { units, sections, requests } = schedule.school;
    const stamp = this.#stamp;
    for (let i = 0; i < schedule.unmetCount; i++) {
      const request = schedule.unmet[i];
      const student = requests.student[request];
      if (this.#seen[student] === stamp) continue;
      for (const unit of this.#placer.changed) {
        if (!hasCourse(unit, requests.course[request])) continue;
        this.#seen[student] = stamp;
        this.#gainers.push(student);
        break;
      }
    }
    function hasCourse(unit: number, course: number): boolean {
      if (schedule.time[unit] < 0) return false;
      for (let i = units.sections.start[unit]; i < units.sections.start[unit + 1]; i++)
        if (sections.course[units.sections.items[i]] === course) return true;
      return false;
    }
  }
}
