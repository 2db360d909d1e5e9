import type { Random } from "@trivium/engine";
import { groupsShort } from "../objective/groups-met.ts";
import { ALTERNATE } from "../problem/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { worth } from "../schedule/worth.ts";
import { type Effort, eject } from "./eject.ts";
import type { Loader } from "./loader.ts";

const PASSES = 3;
/** Chains for one unmet request: each asks other occupants of a seat. */
const TRIES = 4;
const CHAINS: Effort = { depth: 2, reloads: 40 };
const EPSILON = 1e-6;

/**
 * Where parity of requests met is a goal: chains that give an unmet request a seat whose occupant loses about as much, kept where the objective with
 * what it costs that groups are served worse grows. So a seat goes from who is of a group that is served well to who is of one that is not.
 */
export function evenGroups(schedule: Schedule, loader: Loader, random: Random): void {
  const { school, choice } = schedule;
  const { requests, students, parityMet } = school;
  if (parityMet === 0 || students.groupColumns === 0) return;
  const isMet = (q: number) => choice[q] >= 0;
  let short = groupsShort(school, isMet);
  for (let pass = 0, grew = true; grew && pass < PASSES && short > 0; pass++) {
    grew = false;
    for (let q = 0; q < requests.count; q++) {
      if (requests.kind[q] === ALTERNATE || isMet(q)) continue;
      for (let i = 0; i < TRIES && !isMet(q); i++) grew = exchange(q) || grew;
    }
  }

  /** Seats a request as if it were worth more by the price of parity. */
  function exchange(q: number): boolean {
    schedule.commit();
    const before = schedule.total;
    const usual = requests.value[q];
    const student = requests.student[q];
    requests.value[q] = usual + parityMet;
    const seated = eject(schedule, loader, random, student, CHAINS);
    requests.value[q] = usual;
    if (!seated) return false;
    schedule.setValue(student, worth(schedule, student));
    const after = groupsShort(school, isMet);
    if (schedule.total - parityMet * after > before - parityMet * short + EPSILON) {
      short = after;
      return true;
    }
    schedule.undo(0, before);
    return false;
  }
}
