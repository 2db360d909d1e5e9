import type { TimetableMeeting } from "@trivium/model";

const WORD = 31;
/** Weeks that two words of 31 bits hold. */
export const MOST_WEEKS = 2 * WORD;
/** Distinct times up to which a table of all pairs is kept: 32 MB. */
const TABLED = 4_000;
/** Slots between times that never meet on a day: more than any gap. */
const FAR = 32_000;
/** Days that one word holds. */
export const MOST_DAYS = 31;

/** The distinct times of an instance, in flat arrays. Bit i of `days` is day i, of `weeks` week i, of `moreWeeks` week 31 + i. */
export class Times {
  readonly count: number;
  readonly meetings: readonly TimetableMeeting[];
  readonly start: Int32Array;
  /** First slot after the meeting. */
  readonly end: Int32Array;
  readonly days: Int32Array;
  readonly weeks: Int32Array;
  readonly moreWeeks: Int32Array;
  readonly firstDay: Int32Array;
  readonly firstWeek: Int32Array;
  /**
   * Slots between two times that share a day of a week, negative where they overlap, FAR where they share none: a · count + b.
   * What the search asks most is then one look; where the table would be too large, it is worked out each time.
   */
  readonly between: Int16Array | undefined;

  constructor(meetings: readonly TimetableMeeting[]) {
    this.count = meetings.length;
    this.meetings = meetings;
    this.start = Int32Array.from(meetings, ({ start }) => start);
    this.end = Int32Array.from(meetings, ({ start, length }) => start + length);
    this.days = Int32Array.from(meetings, ({ days }) => word(days, 0));
    this.weeks = Int32Array.from(meetings, ({ weeks }) => word(weeks, 0));
    this.moreWeeks = Int32Array.from(meetings, ({ weeks }) => word(weeks, WORD));
    this.firstDay = Int32Array.from(meetings, ({ days }) => days.indexOf("1"));
    this.firstWeek = Int32Array.from(meetings, ({ weeks }) => weeks.indexOf("1"));
    this.between = meetings.length > TABLED ? undefined : this.#table();
  }

  #table(): Int16Array {
    const { count } = this;
    const table = new Int16Array(count * count);
    for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) table[a * count + b] = between(this, a, b);
    return table;
  }

  inWeek(time: number, week: number): boolean {
    return week < WORD ? (this.weeks[time] & (1 << week)) !== 0 : (this.moreWeeks[time] & (1 << (week - WORD))) !== 0;
  }

  meets(time: number, day: number, week: number): boolean {
    return (this.days[time] & (1 << day)) !== 0 && this.inWeek(time, week);
  }
}

function word(bits: string, from: number): number {
  let result = 0;
  for (let i = 0; i < WORD && from + i < bits.length; i++) if (bits[from + i] === "1") result |= 1 << i;
  return result;
}

export const shareWeek = (t: Times, a: number, b: number): boolean =>
  ((t.weeks[a] & t.weeks[b]) | (t.moreWeeks[a] & t.moreWeeks[b])) !== 0;

export const shareDayAndWeek = (t: Times, a: number, b: number): boolean =>
  (t.days[a] & t.days[b]) !== 0 && shareWeek(t, a, b);

const between = (t: Times, a: number, b: number): number =>
  (t.days[a] & t.days[b]) !== 0 && shareWeek(t, a, b) ? Math.max(t.start[a] - t.end[b], t.start[b] - t.end[a]) : FAR;

/** Whether two times that share a day of a week have fewer than `gap` slots between them; with 0, whether they overlap. */
export const gapBelow = (t: Times, a: number, b: number, gap: number): boolean =>
  (t.between === undefined ? between(t, a, b) : t.between[a * t.count + b]) < gap;

export const overlap = (t: Times, a: number, b: number): boolean => gapBelow(t, a, b, 0);
