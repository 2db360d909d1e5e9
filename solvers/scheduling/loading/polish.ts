import { maySit, type Rules } from "../constraints/rules.ts";
import { dayCost, hasDayCost } from "../objective/day-cost.ts";
import { Evenness } from "../objective/evenness.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import type { Loader } from "./loader.ts";

const PASSES = 6;
/** Requests of one student that are looked at, and nodes of the search. */
const MOST = 32;
const NODES = 400;
/** Picks whose legality is looked into: each seats the student for a moment, which costs more than many nodes. */
const LOOKS = 30;
/** Nodes of a whole school, so that who cancels a search soon has what was found. */
const NODES_OF_SCHOOL = 2_400_000;
const EPSILON = 1e-6;

/** A seat that a student could have for one of the requests met. */
interface Option {
  readonly section: number;
  readonly cost: number;
}

/**
 * With what is met given, the small parts of the objective: even sections, even groups where parity is a goal, even terms, no holes,
 * no seat over the cap, nobody moved. Student by student, the cheapest other sections of the same courses (depth-first, bounded),
 * until a pass changes nothing. Nobody loses a request: a step is kept only where the whole grows.
 */
export class Polish {
  readonly #schedule: Schedule;
  readonly #rules: Rules;
  readonly #loader: Loader;
  readonly #evenness: Evenness;
  /** Atoms taken, a row of words a depth. */
  readonly #taken: Int32Array;
  readonly #hasDays: boolean;
  #student = 0;
  #requests: readonly number[] = [];
  #options: readonly (readonly Option[])[] = [];
  /** Least that the requests from here on cost. */
  #least: readonly number[] = [];
  #picked: number[] = [];
  #best: readonly number[] = [];
  #bestCost = 0;
  #nodes = 0;
  #looks = 0;

  constructor(schedule: Schedule, rules: Rules, loader: Loader) {
    this.#schedule = schedule;
    this.#rules = rules;
    this.#loader = loader;
    this.#evenness = new Evenness(schedule);
    this.#hasDays = hasDayCost(schedule.school);
    this.#taken = new Int32Array((MOST + 1) * schedule.school.calendar.atomWords);
  }

  run(): void {
    const { students, warm } = this.#schedule.school;
    let nodes = 0;
    for (let pass = 0; pass < (warm ? 1 : PASSES) && nodes < NODES_OF_SCHOOL; pass++) {
      let changed = 0;
      for (let student = 0; student < students.ids.length; student++) {
        if (this.#sitsAsBefore(student)) continue;
        if (this.#better(student)) changed++;
        nodes += this.#nodes;
      }
      this.#schedule.commit();
      if (changed === 0) break;
    }
  }

  /** Whether the student sits as in the plan that the search began from: then nobody asked to be moved for evenness. */
  #sitsAsBefore(student: number): boolean {
    const { school, choice } = this.#schedule;
    const { students, hintSection, warm } = school;
    if (!warm) return false;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (choice[q] !== hintSection[q]) return false;
    return true;
  }

  #better(student: number): boolean {
    const schedule = this.#schedule;
    const mark = schedule.mark();
    const total = schedule.total;
    this.#student = student;
    const now = this.#takeOut();
    if (this.#requests.length <= MOST && this.#options.some((list) => list.length > 1)) {
      const before = this.#smallCost(now);
      this.#bestCost = this.#costOf(now) - EPSILON;
      this.#best = [];
      this.#nodes = 0;
      this.#looks = 0;
      this.#descend(0, 0);
      if (this.#best.length > 0) {
        const gain = before - this.#smallCost(this.#best);
        this.#seat(this.#best);
        if (schedule.total - total + gain > EPSILON && this.#loader.stands(student)) return true;
        this.#count(this.#best, -1);
      }
    }
    schedule.undo(mark, total);
    this.#count(now, 1);
    return false;
  }

  /** Takes the student out of every section, and fills requests (the fewest options first) and options. @returns the sections left */
  #takeOut(): number[] {
    const schedule = this.#schedule;
    const { students } = schedule.school;
    const all: { request: number; from: number; options: Option[] }[] = [];
    for (let q = students.requestStart[this.#student]; q < students.requestStart[this.#student + 1]; q++)
      if (schedule.choice[q] >= 0) all.push({ request: q, from: schedule.choice[q], options: [] });
    for (const { request, from } of all) {
      schedule.sit(request, -1);
      this.#evenness.count(this.#student, from, -1);
    }
    for (const each of all) each.options = this.#optionsOf(each.request, each.from);
    all.sort((a, b) => a.options.length - b.options.length || a.request - b.request);
    this.#requests = all.map(({ request }) => request);
    this.#options = all.map(({ options }) => options);
    const least = all.map(({ options }) => options[0].cost);
    for (let i = least.length - 2; i >= 0; i--) least[i] += least[i + 1];
    this.#least = [...least, 0];
    return all.map(({ from }) => from);
  }

  /** Seats of a request's course that the student may have, cheapest first; the one just left among them. */
  #optionsOf(request: number, from: number): Option[] {
    const schedule = this.#schedule;
    const { courses, sections, students, requests } = schedule.school;
    const { start, items } = courses.sections;
    const course = requests.course[request];
    const options: Option[] = [];
    for (let i = start[course]; i < start[course + 1]; i++) {
      const section = items[i];
      const open =
        section === from ||
        (schedule.time[sections.unit[section]] >= 0 &&
          schedule.seatsLeft(section) > 0 &&
          (students.plain[this.#student] === 1 && sections.reserved[section] < 0 && sections.closed[section] === 0
            ? true
            : maySit(schedule, this.#rules, request, section)));
      if (open) options.push({ section, cost: this.#seatCost(request, section) });
    }
    return options.sort((a, b) => a.cost - b.cost || a.section - b.section);
  }

  #seatCost(request: number, section: number): number {
    const { enrolled, school } = this.#schedule;
    const { requests, sections, weights } = school;
    const over = enrolled[section] >= sections.cap[section] ? weights.over_cap : 0;
    const moved = requests.today[request] >= 0 && requests.today[request] !== section ? weights.moved_student : 0;
    return over + moved + this.#evenness.costOfJoining(this.#student, section, enrolled[section]);
  }

  /** Cost of a seat each, in the order of the requests, and of the days they make. */
  #costOf(sections: readonly number[]): number {
    const seats = sections.reduce((sum, section, i) => sum + this.#seatCost(this.#requests[i], section), 0);
    return seats + this.#daysOf(sections);
  }

  /** The part of it that the schedule's total does not count. */
  #smallCost(sections: readonly number[]): number {
    const { enrolled } = this.#schedule;
    const even = sections.reduce(
      (sum, section) => sum + this.#evenness.costOfJoining(this.#student, section, enrolled[section]),
      0,
    );
    return even + this.#daysOf(sections);
  }

  #daysOf(sections: readonly number[]): number {
    if (!this.#hasDays) return 0;
    const { school, time } = this.#schedule;
    const { calendar } = school;
    const taken = new Int32Array(calendar.atomWords);
    for (const section of sections)
      for (let w = 0; w < calendar.atomWords; w++)
        taken[w] |= calendar.timeAtoms[time[school.sections.unit[section]] * calendar.atomWords + w];
    return dayCost(school, this.#student, taken, 0);
  }

  #descend(depth: number, cost: number): void {
    if (++this.#nodes > NODES || cost + this.#least[depth] >= this.#bestCost) return;
    const { school, time } = this.#schedule;
    const { calendar, sections } = school;
    const words = calendar.atomWords;
    const taken = this.#taken;
    if (depth === this.#requests.length) {
      const whole = cost + (this.#hasDays ? dayCost(school, this.#student, taken, depth * words) : 0);
      if (whole >= this.#bestCost || ++this.#looks > LOOKS || !this.#isLegal()) return;
      this.#bestCost = whole;
      this.#best = this.#picked.slice(0, depth);
      return;
    }
    for (const option of this.#options[depth]) {
      const at = time[sections.unit[option.section]] * words;
      let clash = 0;
      for (let w = 0; w < words; w++) {
        const before = depth === 0 ? 0 : taken[depth * words + w];
        clash |= before & calendar.timeAtoms[at + w];
        taken[(depth + 1) * words + w] = before | calendar.timeAtoms[at + w];
      }
      if (clash !== 0) continue;
      this.#picked[depth] = option.section;
      this.#descend(depth + 1, cost + option.cost);
    }
  }

  /** Whether what is picked keeps the student's own rules; asked only of picks that would be the best. */
  #isLegal(): boolean {
    const schedule = this.#schedule;
    const mark = schedule.mark();
    const total = schedule.total;
    for (const [i, request] of this.#requests.entries()) schedule.sit(request, this.#picked[i]);
    const legal = this.#loader.stands(this.#student);
    schedule.undo(mark, total);
    return legal;
  }

  #seat(sections: readonly number[]): void {
    const schedule = this.#schedule;
    for (const [i, request] of this.#requests.entries()) schedule.sit(request, sections[i]);
    this.#count(sections, 1);
    schedule.setValue(this.#student, worth(schedule, this.#student));
  }

  #count(sections: readonly number[], sign: 1 | -1): void {
    for (const section of sections) this.#evenness.count(this.#student, section, sign);
  }
}
