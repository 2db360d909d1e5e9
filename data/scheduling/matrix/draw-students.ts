import type { Random } from "@trivium/engine";
import type { ConflictMatrix } from "./conflict-matrix.ts";

/** Exchanges tried for each request. */
const EXCHANGES = 250;
const HOT = 6;
const COLD = 0.05;

/** What was drawn: each student's courses, and the matrix of those. */
export interface DrawnStudents {
  readonly courses: readonly Int32Array[];
  readonly pairs: Float64Array;
}

/**
 * Students whose course pairs follow a matrix: requests are dealt out, then exchanged between students, two at a time, by simulated
 * annealing on Σ (pairs of the students − pairs of the matrix)². A course keeps its number of requests.
 */
export function drawStudents(
  random: Random,
  { courses, requests, pairs }: ConflictMatrix,
  count: number,
): DrawnStudents {
  const own = deal(random, requests, count);
  const fit = new Fit(courses.length, pairs, own);
  const total = requests.reduce((sum, each) => sum + each, 0);
  const tries = EXCHANGES * total;
  const cooling = (COLD / HOT) ** (1 / tries);
  let temperature = HOT;
  for (let n = 0; n < tries; n++) {
    temperature *= cooling;
    const [s, t] = [random.below(count), random.below(count)];
    const [i, j] = [random.below(own[s].length), random.below(own[t].length)];
    const [a, b] = [own[s][i], own[t][j]];
    if (s === t || a === b || own[s].includes(b) || own[t].includes(a)) continue;
    const change = fit.replace(own[s], i, b) + fit.replace(own[t], j, a);
    if (change > 0 && random.unit() >= Math.exp(-change / temperature)) {
      fit.replace(own[s], i, a);
      fit.replace(own[t], j, b);
    }
  }
  return { courses: own, pairs: fit.now };
}

/** Requests to students round by round, the largest course first, so that nobody has a course twice. */
function deal(random: Random, requests: Int32Array, count: number): Int32Array[] {
  const total = requests.reduce((sum, each) => sum + each, 0);
  const order = random.shuffle(Array.from({ length: count }, (_, student) => student));
  const own: number[][] = order.map(() => []);
  const courses = Array.from(requests, (_, course) => course).sort((a, b) => requests[b] - requests[a] || a - b);
  let dealt = 0;
  for (const course of courses) for (let n = 0; n < requests[course]; n++) own[order[dealt++ % count]].push(course);
  if (dealt !== total || requests.some((each) => each > count))
    throw new Error("a course has more requests than students");
  return own.map((list) => Int32Array.from(list));
}

/** Squared distance to a matrix, kept as courses are exchanged. */
class Fit {
  readonly now: Float64Array;
  readonly #goal: Float64Array;
  readonly #count: number;

  constructor(count: number, goal: Float64Array, own: readonly Int32Array[]) {
    this.#count = count;
    this.#goal = goal;
    this.now = new Float64Array(count * count);
    for (const list of own)
      for (let i = 0; i < list.length; i++) for (let j = 0; j < i; j++) this.#add(list[i], list[j], 1);
  }

  /** Puts another course in a student's place. @returns by how much the distance grew */
  replace(list: Int32Array, place: number, course: number): number {
    const old = list[place];
    let change = 0;
    for (let k = 0; k < list.length; k++)
      if (k !== place) change += this.#add(list[k], old, -1) + this.#add(list[k], course, 1);
    list[place] = course;
    return change;
  }

  #add(a: number, b: number, by: number): number {
    const at = a * this.#count + b;
    const off = this.now[at] - this.#goal[at];
    this.now[at] += by;
    this.now[b * this.#count + a] += by;
    return by * (2 * off + by);
  }
}
