import { bondHolds } from "../../constraints/bonds.ts";
import { hasFreeSlots, hasLunch } from "../../constraints/day.ts";
import type { Schedule } from "../../schedule/schedule.ts";

/** What one student wants, and the sections (or only thought-of times) that could meet it. */
export interface Wish {
  readonly course: number;
  /** The request on file, −1 for a wish without one. */
  readonly request: number;
  readonly value: number;
  readonly options: readonly Option[];
}

export interface Option {
  /** Section index, −1 for a section that is only thought of. */
  readonly section: number;
  readonly time: number;
  /** Share of its seats taken: emptier goes first among equals. */
  readonly fill: number;
  /** Moves of others that free a seat in it; absent: none needed. */
  readonly moves?: number;
}

export interface Found {
  readonly value: number;
  readonly fill: number;
  /** Option per wish, null = unmet. */
  readonly options: readonly (Option | null)[];
}

const NODES = 30_000;
const EPSILON = 1e-9;
/** Points that a move of somebody else costs here: less than any request is worth. */
const MOVE = 5;

/**
 * The `count` best schedules of one student, best first: by value, then by emptier sections. Exact within the node limit:
 * depth-first over the wishes, fewest options first; a branch that can't beat the worst of the list with every wish that still fits is cut.
 *
 * @param mostMoves of others, over all options chosen
 * @param student whose absences, lunch, free slots and links hold; −1 a newcomer, who needs lunch only
 */
export function bestSchedules(
  schedule: Schedule,
  student: number,
  asked: readonly Wish[],
  count: number,
  mostMoves = 0,
): Found[] {
  const { school } = schedule;
  const { timeBits, bitWords: words } = school.calendar;
  const wishes = asked.map((wish) => ({
    ...wish,
    options: wish.options.filter((option) => available(schedule, student, option)),
  }));
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[a].options.length - wishes[b].options.length || a - b);
  const found: Found[] = [];
  const chosen: (Option | null)[] = wishes.map(() => null);
  const taken = new Int32Array(words);
  let nodes = 0;
  let moves = 0;
  const cannotEnter = (most: number, fill: number): boolean => {
    if (found.length < count) return false;
    const worst = found[count - 1];
    return most < worst.value - EPSILON || (most < worst.value + EPSILON && fill >= worst.fill);
  };
  const descend = (step: number, value: number, fill: number): void => {
    if (++nodes > NODES || cannotEnter(value + mostOf(step), fill)) return;
    if (step === order.length) {
      found.push({ value, fill, options: [...chosen] });
      found.sort((a, b) => b.value - a.value || a.fill - b.fill);
      found.length = Math.min(found.length, count);
      return;
    }
    const wish = wishes[order[step]];
    for (const option of wish.options) {
      const more = option.moves ?? 0;
      if (!fits(option) || moves + more > mostMoves || !bondsHold(schedule, wishes, chosen, wish, option)) continue;
      moves += more;
      for (let w = 0; w < words; w++) taken[w] |= timeBits[option.time * words + w];
      chosen[order[step]] = option;
      if (dayHolds(schedule, student, taken)) descend(step + 1, value + wish.value - MOVE * more, fill + option.fill);
      chosen[order[step]] = null;
      moves -= more;
      for (let w = 0; w < words; w++) taken[w] &= ~timeBits[option.time * words + w];
    }
    descend(step + 1, value, fill);
  };
  descend(0, 0, 0);
  return found;

  /** What the wishes from `step` on are worth that one option each still fits beside what is taken. */
  function mostOf(step: number): number {
    let sum = 0;
    for (let i = step; i < order.length; i++) {
      const { value, options } = wishes[order[i]];
      if (options.some(fits)) sum += value;
    }
    return sum;
  }

  function fits({ time }: Option): boolean {
    for (let w = 0; w < words; w++) if ((taken[w] & timeBits[time * words + w]) !== 0) return false;
    return true;
  }
}

function available({ school }: Schedule, student: number, option: Option): boolean {
  const { timeBits, bitWords: words } = school.calendar;
  for (let w = 0; student >= 0 && w < words; w++)
    if ((timeBits[option.time * words + w] & school.students.off[student * words + w]) !== 0) return false;
  return true;
}

function dayHolds({ school }: Schedule, student: number, taken: Int32Array): boolean {
  if (student >= 0) return hasLunch(school, student, taken, 0) && hasFreeSlots(school, student, taken, 0);
  const words = school.calendar.bitWords;
  const waves = school.waveBits.length / words;
  for (let wave = 0; wave < waves; wave++) {
    let clash = 0;
    for (let w = 0; w < words; w++) clash |= school.waveBits[wave * words + w] & taken[w];
    if (clash === 0) return true;
  }
  return waves === 0;
}

function bondsHold(
  schedule: Schedule,
  wishes: readonly Wish[],
  chosen: readonly (Option | null)[],
  wish: Wish,
  option: Option,
): boolean {
  if (wish.request < 0 || option.section < 0) return true;
  const { start, items } = schedule.school.links.requests;
  for (let i = start[wish.request]; i < start[wish.request + 1]; i += 3) {
    const there = chosen[wishes.findIndex((other) => other.request === items[i])];
    if (there && there.section >= 0 && !bondHolds(schedule, items[i + 1], items[i + 2], option.section, there.section))
      return false;
  }
  return true;
}
