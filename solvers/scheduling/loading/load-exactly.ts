import type { Schedule } from "../schedule/schedule.ts";
import { type Column, Columns } from "./exact/columns.ts";
import { SeatingProgram } from "./exact/seating-program.ts";
import type { Loader } from "./loader.ts";

/** How much may be spent. A school of 600 is proven in some seconds; at 1,500 the relaxed programs take long, so give `stop`. */
export interface ExactEffort {
  /** Rounds of columns: a relaxed program and a best schedule for every student at its prices. */
  readonly rounds?: number;
  readonly nodes?: number;
  readonly stop?: () => boolean;
}

/** What is known after it, in points: Σ worth of all students' schedules, students beyond caps taken off. */
interface Loaded {
  /** Proven limit on it on these times. */
  readonly bound: number;
  readonly value: number;
  readonly rounds: number;
}

const ROUNDS = 30;
const NODES = 200;
const EPSILON = 1e-4;

/**
 * The best seats for all students on times, teachers and rooms as they are: column generation over student schedules, then the
 * whole solution over the columns that can still be in a better one. Starts from how everyone sits now and never gets worse.
 * Students who are to be with or apart from others keep their seats.
 */
export async function loadExactly(schedule: Schedule, loader: Loader, effort: ExactEffort = {}): Promise<Loaded> {
  const { students } = schedule.school;
  const stop = effort.stop ?? (() => false);
  const columns = new Columns(schedule.school);
  const program = new SeatingProgram(schedule);
  for (let i = 0; i < students.ids.length; i++)
    columns.add(i, schedule.choice.slice(students.requestStart[i], students.requestStart[i + 1]));
  const now = new Set(columns.list);
  const value = program.worthOf(now);
  const free = Array.from(students.ids.keys()).filter((i) => isFree(schedule, i));
  let bound = mostOf(schedule);
  let round = 0;
  for (; round < (effort.rounds ?? ROUNDS) && bound > value + EPSILON && !stop(); round++) {
    const relaxed = await program.relaxed(columns.list, stop);
    if (relaxed === null) break;
    const { prices, ofStudent } = relaxed;
    let limit = prices.total;
    let added = 0;
    const seated = new Set(free);
    for (let i = 0; i < students.ids.length; i++) {
      const seats = students.inclusion[i] === 1 ? prices.flagged : prices.plain;
      if (!seated.has(i)) {
        limit += Math.max(0, net(columns.list[i], seats));
        continue;
      }
      const found = loader.best(i, seats);
      limit += found.proven ? found.value : Number.POSITIVE_INFINITY;
      if (found.value > ofStudent[i] + EPSILON && columns.add(i, found.sections)) added++;
    }
    bound = Math.min(bound, limit);
    if (added === 0) break;
  }
  const better =
    bound > value + EPSILON && !stop() ? await wholeOf(program, columns, now, effort.nodes ?? NODES, stop) : null;
  if (better) seat(schedule, better);
  return { bound, value: program.worthOf(better ?? now), rounds: round };
}

/** Nobody else's seat decides where the student may sit. */
function isFree({ school: { students } }: Schedule, student: number): boolean {
  return (
    students.together.start[student] === students.together.start[student + 1] &&
    students.apart.start[student] === students.apart.start[student + 1]
  );
}

function net({ sections, value }: Column, seats: Float64Array): number {
  let sum = value;
  for (const section of sections) if (section >= 0) sum -= seats[section];
  return sum;
}

/** Every request met: more can't be. */
function mostOf({ school: { students, requests, weights } }: Schedule): number {
  let sum = weights.complete * students.ids.length;
  for (let q = 0; q < requests.count; q++) if (requests.kind[q] < 2) sum += requests.value[q];
  return sum;
}

/** The whole solution over the columns that a better one may hold; null where it is no better than what is there. */
async function wholeOf(
  program: SeatingProgram,
  columns: Columns,
  now: ReadonlySet<Column>,
  nodes: number,
  stop: () => boolean,
): Promise<Column[] | null> {
  const value = program.worthOf(now);
  const relaxed = await program.relaxed(columns.list, stop);
  if (relaxed === null || relaxed.objective <= value + EPSILON) return null;
  const gap = relaxed.objective - value;
  columns.keepOnly((column, index) => now.has(column) || relaxed.reducedCosts[index] >= -gap - EPSILON);
  const whole = await program.whole(columns.list, now, nodes, stop);
  return whole !== null && program.worthOf(whole) > value + EPSILON ? whole : null;
}

function seat(schedule: Schedule, chosen: readonly Column[]): void {
  const { students, requests } = schedule.school;
  for (let q = 0; q < requests.count; q++) schedule.sit(q, -1);
  for (let i = 0; i < students.ids.length; i++) schedule.setValue(i, 0);
  for (const { student, sections, value } of chosen) {
    sections.forEach((section, at) => {
      if (section >= 0) schedule.sit(students.requestStart[student] + at, section);
    });
    schedule.setValue(student, value);
  }
  schedule.commit();
}
