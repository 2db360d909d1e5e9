import type { School } from "../problem/problem.ts";

/** What one student wants, and the sections (or only thought-of times) that could meet it. */
export interface Wish {
  readonly course: number;
  readonly value: number;
  readonly options: readonly Option[];
}

export interface Option {
  /** Section index, −1 for a section that is only thought of. */
  readonly section: number;
  readonly time: number;
  /** Share of its seats taken: emptier goes first among equals. */
  readonly fill: number;
}

export interface Found {
  readonly value: number;
  readonly fill: number;
  /** Option per wish, null = unmet. */
  readonly options: readonly (Option | null)[];
}

const NODES = 200_000;

/**
 * The `count` best schedules of one student, best first: by value, then by emptier sections. Exact within the node limit:
 * depth-first over the wishes, fewest options first; a branch that can't beat the worst of the list is cut.
 *
 * @param off slots that the student may not use: bitWords words from `at`
 */
export function bestSchedules(
  school: School,
  wishes: readonly Wish[],
  off: Int32Array,
  at: number,
  count: number,
): Found[] {
  const { timeBits, bitWords: words } = school.calendar;
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[a].options.length - wishes[b].options.length || a - b);
  const rest = new Float64Array(order.length + 1);
  for (let i = order.length - 1; i >= 0; i--)
    rest[i] = rest[i + 1] + (wishes[order[i]].options.length > 0 ? wishes[order[i]].value : 0);
  const found: Found[] = [];
  const chosen: (Option | null)[] = wishes.map(() => null);
  const taken = Int32Array.from({ length: words }, (_, w) => off[at + w]);
  let nodes = 0;
  const worst = () => (found.length < count ? Number.NEGATIVE_INFINITY : found[found.length - 1].value);
  const descend = (step: number, value: number, fill: number): void => {
    if (value + rest[step] < worst() - 1e-9 || ++nodes > NODES) return;
    if (step === order.length) {
      found.push({ value, fill, options: [...chosen] });
      found.sort((a, b) => b.value - a.value || a.fill - b.fill);
      found.length = Math.min(found.length, count);
      return;
    }
    const wish = wishes[order[step]];
    for (const option of wish.options) {
      let clash = 0;
      for (let w = 0; w < words; w++) clash |= taken[w] & timeBits[option.time * words + w];
      if (clash !== 0) continue;
      for (let w = 0; w < words; w++) taken[w] |= timeBits[option.time * words + w];
      chosen[order[step]] = option;
      descend(step + 1, value + wish.value, fill + option.fill);
      chosen[order[step]] = null;
      for (let w = 0; w < words; w++) taken[w] &= ~timeBits[option.time * words + w];
    }
    descend(step + 1, value, fill);
  };
  descend(0, 0, 0);
  return found;
}
