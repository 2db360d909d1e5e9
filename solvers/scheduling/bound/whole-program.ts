import { MipModel, solveMip } from "@trivium/mip";
import { listAt } from "../problem/lists.ts";
import { ALTERNATE, type School } from "../problem/problem.ts";
import { type Collisions, collisionsOf } from "./collisions.ts";
import { Packing } from "./packing.ts";
import { relax } from "./relaxation.ts";
import { addSupply } from "./supply.ts";

/** Branch-and-bound nodes: what they leave unproven is left to the bound. */
const NODES = 100;
/** Students between two looks at the budget. */
const LOOK = 64;

/**
 * A limit on requests met whatever the times (a whole program over what times leave out): x(q) ≤ 1 is request q met,
 *
 *   maximize Σ x(q)  subject to
 *   seats        Σ x(q) of requests that only these sections may meet ≤ Σ seats · k, k as in `addSupply`; flagged students: ≤ Σ ⌊share · seats⌋ · k
 *   day          a student whose day can't hold all requests: Σ (1 − x(q)) over those without which the rest fits + ½ Σ (1 − x(q)) over the others ≥ 1;
 *                Σ x(q) ≤ how many of the shortest fill the slots open
 *   collisions   x(q) + x(q′) ≤ 2 − z(a, b) for a student's requests of singletons a, b; Σ z ≥ 1 over the pairs of a set that can't be laid side by side
 *
 * Students who are in no row of their own are counted by course: x is then how many of them.
 *
 * @returns null where it was stopped before anything was proven
 */
export async function wholeBound(school: School, stop: () => boolean): Promise<number | null> {
  const packing = new Packing(school);
  const collisions = collisionsOf(school, packing, singletonsOf(school));
  const model = new MipModel("maximize");
  const seats = new SeatRows(model, school);
  if (!addStudents(model, school, packing, collisions, seats, stop)) return null;
  seats.close();
  const { bound, status } = await solveMip(model, { nodeLimit: NODES, heuristicEffort: 0, cancelled: stop });
  if (status === "failed" || !Number.isFinite(bound)) return null;
  return Math.floor(bound + 1e-5);
}

function singletonsOf({ courses }: School): number[] {
  return Array.from(courses.ids.keys()).filter(
    (course) => courses.sections.start[course + 1] - courses.sections.start[course] === 1 && courses.demand[course] > 0,
  );
}

/** @returns false where it was stopped */
function addStudents(
  model: MipModel,
  school: School,
  packing: Packing,
  { pairs, sets }: Collisions,
  seats: SeatRows,
  stop: () => boolean,
): boolean {
  const { students, requests } = school;
  const { studentMax } = relax(school);
  const collide = pairs.map(({ always }) => model.addVariable(0, always ? 1 : 0, 1));
  for (const set of sets)
    model.addRow(
      1,
      Number.POSITIVE_INFINITY,
      set.map((pair) => collide[pair]),
    );
  for (let student = 0; student < students.ids.length; student++) {
    if (student % LOOK === 0 && stop()) return false;
    const wishes: number[] = [];
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.kind[q] !== ALTERNATE && packing.holds(student, [q])) wishes.push(q);
    const both = pairs.flatMap(({ a, b }, pair) => {
      const first = wishes.findIndex((q) => requests.course[q] === a);
      const second = wishes.findIndex((q) => requests.course[q] === b);
      return first >= 0 && second >= 0 ? [[first, second, pair]] : [];
    });
    const fits = packing.holds(student, wishes);
    if (fits && both.length === 0) {
      for (const q of wishes) seats.ask(q);
      continue;
    }
    const met = wishes.map((q) => seats.askAlone(q));
    for (const [first, second, pair] of both)
      model.addRow(Number.NEGATIVE_INFINITY, 2, [met[first], met[second], collide[pair]]);
    if (fits) continue;
    addDay(model, packing, student, wishes, met);
    model.addRow(Number.NEGATIVE_INFINITY, studentMax[student], met);
  }
  return true;
}

/** One without whom the rest fits is unmet, or at least two of the others. */
function addDay(
  model: MipModel,
  packing: Packing,
  student: number,
  wishes: readonly number[],
  met: readonly number[],
): void {
  const weights = wishes.map((wish) => {
    const rest = wishes.filter((other) => other !== wish);
    return packing.holds(student, rest) ? 1 : 0.5;
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  model.addRow(Number.NEGATIVE_INFINITY, all - 1, met, weights);
}

/** Seats of each course, by which of its sections a request may be met in. */
class SeatRows {
  readonly #model: MipModel;
  readonly #school: School;
  /** Requests alike: course, sections that may meet them (empty = all without a rule of their own), flagged or not. */
  readonly #classes = new Map<string, { readonly request: number; count: number; readonly alone: number[] }>();
  readonly #ruled: Uint8Array;
  readonly #shared: Uint8Array;

  constructor(model: MipModel, school: School) {
    this.#model = model;
    this.#school = school;
    const { courses, sections } = school;
    const some = (test: (section: number) => boolean) =>
      Uint8Array.from(courses.ids, (_, course) => (listAt(courses.sections, course).some(test) ? 1 : 0));
    this.#ruled = some((section) => sections.reserved[section] >= 0 || sections.closed[section] === 1);
    this.#shared = some((section) => sections.inclusionShare[section] <= 1);
  }

  /** Counts a request with all others like it. */
  ask(request: number): void {
    this.#classOf(request).count++;
  }

  /** @returns a variable of its own: whether it is met */
  askAlone(request: number): number {
    const variable = this.#model.addVariable(1, 0, 1);
    this.#classOf(request).alone.push(variable);
    return variable;
  }

  #classOf(request: number) {
    const { requests, students } = this.#school;
    const course = requests.course[request];
    const pool = this.#poolOf(request)?.join() ?? "";
    const flagged = this.#shared[course] === 1 && students.inclusion[requests.student[request]] === 1 ? 1 : 0;
    const key = `${course}/${pool}/${flagged}`;
    const known = this.#classes.get(key);
    if (known) return known;
    const fresh = { request, count: 0, alone: [] };
    this.#classes.set(key, fresh);
    return fresh;
  }

  /** Sections that may meet a request; null = all of its course. */
  #poolOf(request: number): number[] | null {
    const { requests, students, courses, sections } = this.#school;
    const course = requests.course[request];
    const lock = requests.lockedSection[request];
    if (lock === -1 && this.#ruled[course] === 0) return null;
    const team = students.team[requests.student[request]];
    return listAt(courses.sections, course).filter(
      (section) =>
        (lock === -1 ? sections.closed[section] === 0 : lock === section) &&
        (sections.reserved[section] < 0 || sections.reserved[section] === team),
    );
  }

  /** Writes the rows, once all requests are known. */
  close(): void {
    const model = this.#model;
    const { requests, students, courses } = this.#school;
    const asked = [...this.#classes.values()].map((each) => ({
      ...each,
      course: requests.course[each.request],
      pool: new Set(this.#poolOf(each.request) ?? listAt(courses.sections, requests.course[each.request])),
      flagged: students.inclusion[requests.student[each.request]] === 1,
      met: each.count > 0 ? [...each.alone, model.addVariable(1, 0, each.count)] : each.alone,
    }));
    const seats = this.#seatsOf();
    for (const classes of Map.groupBy(asked, ({ course }) => course).values()) {
      const pools = new Map(classes.map(({ pool }) => [[...pool].join(), pool]));
      for (const pool of pools.values()) {
        const inside = classes.filter((each) => [...each.pool].every((section) => pool.has(section)));
        this.#row(
          inside.flatMap(({ met }) => met),
          pool,
          seats.all,
        );
        if (this.#shared[classes[0].course] === 1)
          this.#row(
            inside.flatMap(({ met, flagged }) => (flagged ? met : [])),
            pool,
            seats.flagged,
          );
      }
    }
  }

  #row(met: readonly number[], pool: ReadonlySet<number>, seats: ReadonlyMap<number, readonly Seats[]>): void {
    const row = this.#model.addRow(Number.NEGATIVE_INFINITY, 0, met);
    for (const section of pool)
      for (const { variable, count } of seats.get(section) ?? []) this.#model.addEntry(row, variable, -count);
  }

  /** Seats that a section stands for, with the variable of how many there are of its kind; under one section of each kind. */
  #seatsOf(): { all: Map<number, Seats[]>; flagged: Map<number, Seats[]> } {
    const { sections, units, rooms, hasRooms } = this.#school;
    const all = new Map<number, Seats[]>();
    const flagged = new Map<number, Seats[]>();
    for (const { unit, variable } of addSupply(this.#model, this.#school)) {
      const largest = hasRooms
        ? Math.max(...listAt(units.rooms, unit).map((room) => rooms.capacity[room]))
        : Number.POSITIVE_INFINITY;
      for (const section of listAt(units.sections, unit)) {
        const count = Math.min(sections.seats[section], largest);
        const share = sections.inclusionShare[section];
        all.set(section, [{ variable, count }]);
        flagged.set(section, [{ variable, count: share > 1 ? count : Math.floor(share * count + 1e-9) }]);
      }
    }
    return { all, flagged };
  }
}

interface Seats {
  readonly variable: number;
  readonly count: number;
}
