import { Random, type Solution, type SolveContext } from "@trivium/engine";
import type { SchedulingDecisions } from "@trivium/model";
import { rulesOf } from "../constraints/rules.ts";
import type { SchedulingProblem } from "../problem/problem.ts";
import { decisionsOf } from "../report/decisions.ts";
import { measure } from "../report/metrics.ts";
import { replay } from "../report/replay.ts";
import { unmetOf } from "../report/unmet.ts";
import { copyPlaces, type Places } from "../schedule/places.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { type Effort, eject } from "./eject.ts";
import { loadExactly } from "./load-exactly.ts";
import { Loader } from "./loader.ts";
import { mendInclusion } from "./mend-inclusion.ts";
import { Polish } from "./polish.ts";

const DEEP: Effort = { depth: 3, reloads: 60 };
const PASSES = 4;

/** A solution, with how far it can be from the best on these times: points of all students' schedules, and a proven limit on them. */
interface LoadedStudents {
  readonly solution: Solution<"scheduling">;
  readonly value: number;
  readonly bound: number;
}

/**
 * Loading alone: sections stay as a plan has them, all students are seated anew. One after the other, then ejection chains for what is
 * lacking, then the exact program, then sizes evened out.
 */
export async function loadStudents(
  problem: SchedulingProblem,
  sections: SchedulingDecisions["sections"],
  { random }: Pick<SolveContext<SchedulingProblem>, "random">,
): Promise<LoadedStudents> {
  const places: Places[] = [];
  let [value, bound] = [0, 0];
  for (const [index, schedule] of replay(problem, { sections, enrollments: [] }).entries()) {
    const rules = rulesOf(schedule.school);
    const loader = new Loader(schedule, rules);
    seatAll(schedule, loader, new Random(random.fork(index).seed));
    mendInclusion(schedule, loader);
    const loaded = await loadExactly(schedule, loader);
    new Polish(schedule, rules, loader).run();
    places.push(copyPlaces(schedule));
    value += loaded.value;
    bound += loaded.bound;
  }
  const decisions = decisionsOf(problem, places);
  const unmet = unmetOf(problem, places, Number.POSITIVE_INFINITY);
  const metrics = { ...measure(problem, decisions, unmet), status: "feasible", draft: true };
  const solution = { status: "feasible", decisions, unmet, metrics, bound: null, iterations: 0 } as const;
  return { solution, value, bound };
}

/** Everyone in random order, then chains for those who lack something, until a pass wins nothing. */
function seatAll(schedule: Schedule, loader: Loader, random: Random): void {
  const { students } = schedule.school;
  const order = random.shuffle(Int32Array.from(students.ids, (_, student) => student));
  for (const student of order) loader.reload(student);
  schedule.commit();
  for (let pass = 0, before = -1; pass < PASSES && schedule.unmetCount > 0 && schedule.unmetCount !== before; pass++) {
    before = schedule.unmetCount;
    const lacking = Array.from(schedule.unmet.subarray(0, before), (q) => schedule.school.requests.student[q]);
    for (const student of new Set(lacking)) eject(schedule, loader, random, student, DEEP);
    schedule.commit();
  }
}
