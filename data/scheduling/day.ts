import type { TableRow } from "@trivium/model";

/** Days A and B of five blocks each, two semesters: 10 slots a semester, 20 cells a year, one bit each. */
export const DAYS = ["A", "B"] as const;
const BLOCKS = 5;
export const SLOTS = DAYS.length * BLOCKS;
const TERMS = ["S1", "S2"] as const;
export type TermId = "Y" | (typeof TERMS)[number];

export type Shape = "single" | "daily" | "double";

/** Slots that a section meets in: one block on one day, the same block daily, or two blocks in a row. */
export interface Pattern {
  readonly id: string;
  readonly shape: Shape;
  readonly slots: readonly number[];
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Index of a slot: day × 5 + block − 1. */
const slotOf = (day: number, block: number): number => day * BLOCKS + block - 1;
export const dayOf = (slot: number): number => Math.floor(slot / BLOCKS);
export const blockOf = (slot: number): number => (slot % BLOCKS) + 1;
export const slotId = (slot: number): string => `${DAYS[dayOf(slot)]}:${blockOf(slot)}`;

export const PATTERNS: readonly Pattern[] = [
  ...numbers(SLOTS).map(
    (slot): Pattern => ({ id: `${DAYS[dayOf(slot)]}${blockOf(slot)}`, shape: "single", slots: [slot] }),
  ),
  ...numbers(BLOCKS).map(
    (block): Pattern => ({ id: `AB${block + 1}`, shape: "daily", slots: [slotOf(0, block + 1), slotOf(1, block + 1)] }),
  ),
  ...numbers(2).flatMap((day) =>
    [1, 4].map(
      (block): Pattern => ({
        id: `${DAYS[day]}${block}-${block + 1}`,
        shape: "double",
        slots: [slotOf(day, block), slotOf(day, block + 1)],
      }),
    ),
  ),
];

/** Cells that slots take in a term, as bits; a year takes both semesters. */
export function cells(slots: readonly number[], term: TermId): number {
  let mask = 0;
  for (const slot of slots) mask |= 1 << slot;
  if (term === "Y") return mask | (mask << SLOTS);
  return term === "S1" ? mask : mask << SLOTS;
}

export const ALL_CELLS = cells(numbers(SLOTS), "Y");

export const countCells = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** Everyone eats in block 3 or in block 4, on both days and all year. */
export const LUNCH_WAVES: readonly (readonly number[])[] = [
  [slotOf(0, 3), slotOf(1, 3)],
  [slotOf(0, 4), slotOf(1, 4)],
];

/** Minutes after midnight, and minutes: from the bell at 07:10 to the bell at 14:00. */
const STARTS = [7 * 60 + 15, 8 * 60 + 51, 10 * 60 + 27, 11 * 60 + 28, 12 * 60 + 30];
const LENGTHS = [90, 90, 55, 55, 90];

/** `terms.csv`, `periods.csv`, `patterns.csv` of a school. */
export function calendar(schoolId: string): {
  terms: TableRow<"terms">[];
  periods: TableRow<"periods">[];
  patterns: TableRow<"patterns">[];
} {
  return {
    terms: [
      { term_id: "Y", title: "School year", start_date: "2027-08-23", end_date: "2028-06-02" },
      { term_id: "S1", title: "Semester 1", start_date: "2027-08-23", end_date: "2028-01-14", parent_term_id: "Y" },
      { term_id: "S2", title: "Semester 2", start_date: "2028-01-18", end_date: "2028-06-02", parent_term_id: "Y" },
    ],
    periods: numbers(SLOTS).map((slot) => ({
      school_id: schoolId,
      period_id: String(blockOf(slot)),
      title: `Block ${blockOf(slot)}`,
      day: DAYS[dayOf(slot)],
      start: STARTS[blockOf(slot) - 1] * 60,
      end: (STARTS[blockOf(slot) - 1] + LENGTHS[blockOf(slot) - 1]) * 60,
      kind: "class",
    })),
    patterns: PATTERNS.map(({ id, slots }) => ({ school_id: schoolId, pattern_id: id, meetings: slots.map(slotId) })),
  };
}
