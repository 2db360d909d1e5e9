import type { Random } from "@trivium/engine";
import type { Enrollments } from "../kernel/enrollments.ts";

/** Draws for one request before it is put up with the least lack. */
const TRIES = 30;
/** Moves towards seats for all, for each request. */
const MENDING = 40;

/**
 * Gives every request its classes, within the limits where it can: each takes the emptiest first, then those in crowded classes move on.
 *
 * @returns seats that are still lacking
 */
export function section(enrollments: Enrollments, random: Random): number {
  const { sectioning: of } = enrollments.state.kernel;
  const order = random.shuffle(Int32Array.from(of.requestCourse.keys()));
  for (const q of order)
    if (!enrollments.free.length || enrollments.chosen[q * of.stride] < 0) takeEmptiest(enrollments, q, random);
  return mend(enrollments, random);
}

function takeEmptiest(enrollments: Enrollments, q: number, random: Random): void {
  const { sectioning: of } = enrollments.state.kernel;
  const course = of.requestCourse[q];
  const best = new Int32Array(of.stride).fill(-1);
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES && least > 0; attempt++) {
    const config = of.configFrom[course] + random.below(of.configFrom[course + 1] - of.configFrom[course]);
    const last = of.subpartFrom[config + 1] - 1;
    const subpart = attempt % 2 === 0 ? last : of.subpartFrom[config] + random.below(last + 1 - of.subpartFrom[config]);
    const c = of.class[of.classFrom[subpart] + random.below(of.classFrom[subpart + 1] - of.classFrom[subpart])];
    if (!enrollments.draw(q, c, random, attempt % 3 !== 2)) continue;
    const lacking = enrollments.lacking(q);
    if (lacking >= least) continue;
    least = lacking;
    best.set(enrollments.drawn);
  }
  enrollments.take(q, best, 0);
}

const over = ({ taken, state }: Enrollments): number =>
  taken.reduce((sum, each, c) => sum + Math.max(0, each - state.kernel.sectioning.limit[c]), 0);

function mend(enrollments: Enrollments, random: Random): number {
  const { sectioning: of } = enrollments.state.kernel;
  const before = new Int32Array(of.stride);
  let lacking = over(enrollments);
  let left = lacking === 0 ? 0 : MENDING * of.requestCourse.length;
  while (lacking > 0 && left > 0) {
    const crowded = [...enrollments.taken.keys()].filter((c) => enrollments.taken[c] > of.limit[c]);
    for (const c of crowded)
      for (let attempt = 0; attempt < TRIES && enrollments.taken[c] > of.limit[c]; attempt++, left--) {
        const course = of.courseOf[c];
        const [from, to] = [of.choiceFrom[course], of.choiceFrom[course + 1]];
        if (from === to) {
          left--;
          break;
        }
        const q = enrollments.someone(c, random);
        if (!enrollments.draw(q, of.choice[from + random.below(to - from)], random, true)) continue;
        before.set(enrollments.chosen.subarray(q * of.stride, (q + 1) * of.stride));
        enrollments.take(q, enrollments.drawn, 0);
        const after = over(enrollments);
        if (after <= lacking) lacking = after;
        else enrollments.take(q, before, 0);
      }
    if (crowded.every((c) => of.choiceFrom[of.courseOf[c]] === of.choiceFrom[of.courseOf[c] + 1])) break;
  }
  return lacking;
}
