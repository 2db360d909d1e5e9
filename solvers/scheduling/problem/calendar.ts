import { type Dataset, dayNumber, type Row, type TABLES } from "@trivium/model";
import type { Calendar, DaySlots } from "./problem.ts";

type Course = Row<(typeof TABLES)["courses"]>;
type Term = Row<(typeof TABLES)["terms"]>;

/** Calendar of the schools, and for each course the times that its length, terms and patterns allow. */
export interface CalendarDraft {
  readonly calendar: Calendar;
  /** course_id → time indices, in the order term, pattern. */
  readonly timesOf: ReadonlyMap<string, readonly number[]>;
  /** `school:pattern:term` → time index. */
  readonly timeIndex: ReadonlyMap<string, number>;
  /** `school index | day:period` → slot index. */
  readonly slotIndex: ReadonlyMap<string, number>;
}

interface Slots {
  readonly names: string[];
  readonly school: number[];
  readonly day: number[];
  readonly startS: number[];
  readonly endS: number[];
  readonly rows: number[][];
  readonly days: DaySlots[];
  readonly index: Map<string, number>;
}

/** Class slots of the schools, day by day in clock order; rows end where lunch comes between. */
function slotsOf(dataset: Dataset, schoolIds: readonly string[]): Slots {
  const out: Slots = {
    names: [],
    school: [],
    day: [],
    startS: [],
    endS: [],
    rows: [],
    days: [],
    index: new Map(),
  };
  const dayNames: string[] = [];
  schoolIds.forEach((schoolId, school) => {
    const periods = dataset.tables.periods.filter((row) => row.school_id === schoolId);
    for (const dayName of new Set(periods.map((row) => row.day))) {
      if (!dayNames.includes(dayName)) dayNames.push(dayName);
      const ofDay = periods.filter((row) => row.day === dayName).sort((a, b) => a.start - b.start);
      const slots: number[] = [];
      let row: number[] = [];
      for (const period of ofDay) {
        if (period.kind === "lunch" && row.length > 0) {
          out.rows.push(row);
          row = [];
        }
        if ((period.kind ?? "class") !== "class") continue;
        const slot = out.names.length;
        out.names.push(`${dayName}:${period.period_id}`);
        out.school.push(school);
        out.day.push(dayNames.indexOf(dayName));
        out.startS.push(period.start);
        out.endS.push(period.end);
        out.index.set(`${school}|${dayName}:${period.period_id}`, slot);
        slots.push(slot);
        row.push(slot);
      }
      if (row.length > 0) out.rows.push(row);
      out.days.push({ school, day: dayNames.indexOf(dayName), slots });
    }
  });
  return out;
}

interface Terms {
  readonly ids: string[];
  readonly leafIds: string[];
  readonly leaves: Int32Array;
  /** 0 = no parent. */
  readonly depth: number[];
  readonly rows: readonly Term[];
}

/** The only term of a district that lists none; it has no id in the plan. */
const ONE_YEAR: Term = { term_id: "", title: "", start_date: "0001-01-01", end_date: "9999-12-31" };

function termsOf(dataset: Dataset): Terms {
  const rows = dataset.tables.terms.length > 0 ? dataset.tables.terms : [ONE_YEAR];
  const ids = rows.map((row) => row.term_id);
  const parent = rows.map((row) => (row.parent_term_id === undefined ? -1 : ids.indexOf(row.parent_term_id)));
  const isLeaf = rows.map((_, i) => !parent.includes(i));
  const leafTerms = ids
    .map((_, i) => i)
    .filter((i) => isLeaf[i])
    .sort((a, b) => (rows[a].start_date < rows[b].start_date ? -1 : 1));
  const leaves = new Int32Array(ids.length);
  const depth = ids.map(() => 0);
  leafTerms.forEach((leaf, bit) => {
    for (let term = leaf; term >= 0; term = parent[term]) leaves[term] |= 1 << bit;
  });
  ids.forEach((_, i) => {
    for (let term = parent[i]; term >= 0; term = parent[term]) depth[i]++;
  });
  return { ids, leafIds: leafTerms.map((i) => ids[i]), leaves, depth, rows };
}

const DEPTH_OF_LENGTH = { year: 0, semester: 1, trimester: 1, quarter: 2 } as const;

/** Terms that a course of this length may be taught in: year = without parent, semester and trimester its children, quarter theirs. */
function termChoices(terms: Terms, course: Course): number[] {
  const allowed = course.terms_allowed ?? [];
  const ofLength = terms.ids.map((_, i) => i).filter((i) => terms.depth[i] === DEPTH_OF_LENGTH[course.term]);
  if (allowed.length > 0) return terms.ids.map((_, i) => i).filter((i) => allowed.includes(terms.ids[i]));
  // A district may have semesters and trimesters side by side: their titles tell them apart.
  const named = ofLength.filter((i) => terms.rows[i].title.toLowerCase().includes(course.term));
  return named.length > 0 ? named : ofLength;
}

interface Pattern {
  readonly id: string;
  readonly slots: readonly number[];
}

/** Patterns of a school whose every meeting is a class slot; without a table, one a period on all its days. */
function patternsOf(dataset: Dataset, schoolId: string, school: number, slots: Slots): Pattern[] {
  const rows = dataset.tables.patterns.filter((row) => row.school_id === schoolId);
  const given =
    rows.length > 0
      ? rows.map((row) => ({ id: row.pattern_id, meetings: row.meetings }))
      : [
          ...Map.groupBy(
            dataset.tables.periods.filter((row) => row.school_id === schoolId && (row.kind ?? "class") === "class"),
            (row) => row.period_id,
          ),
        ].map(([id, periods]) => ({ id, meetings: periods.map((row) => `${row.day}:${row.period_id}`) }));
  return given
    .map(({ id, meetings }) => ({ id, slots: meetings.map((name) => slots.index.get(`${school}|${name}`) ?? -1) }))
    .filter((pattern) => pattern.slots.length > 0 && pattern.slots.every((slot) => slot >= 0));
}

interface Time {
  readonly term: number;
  readonly school: number;
  readonly pattern: Pattern;
}

/**
 * @param watched slots that students' rules or lunch waves name: atoms of different watched slots never share a student bit
 */
export function buildCalendar(
  dataset: Dataset,
  schoolIds: readonly string[],
  watched: ReadonlySet<string>,
): CalendarDraft {
  const slots = slotsOf(dataset, schoolIds);
  const terms = termsOf(dataset);
  const times: Time[] = [];
  const timeIndex = new Map<string, number>();
  const timesOf = new Map<string, readonly number[]>();
  const patterns = schoolIds.map((id, school) => patternsOf(dataset, id, school, slots));
  const addTime = (school: number, term: number, pattern: Pattern): number => {
    const key = `${school}:${pattern.id}:${terms.ids[term]}`;
    const known = timeIndex.get(key);
    if (known !== undefined) return known;
    timeIndex.set(key, times.length);
    return times.push({ term, school, pattern }) - 1;
  };
  for (const course of dataset.tables.courses) {
    const school = schoolIds.indexOf(course.school_id);
    if (school < 0) continue;
    const allowed = course.patterns_allowed ?? [];
    const shapes = patterns[school].filter(
      (pattern) =>
        (allowed.length === 0 || allowed.includes(pattern.id)) &&
        (course.periods_per_cycle === undefined || pattern.slots.length === course.periods_per_cycle),
    );
    timesOf.set(
      course.course_id,
      termChoices(terms, course).flatMap((term) => shapes.map((pattern) => addTime(school, term, pattern))),
    );
  }
  // A locked time need not be one that the course allows: the lock goes before.
  for (const row of [...dataset.tables.sections, ...dataset.tables.today_sections]) {
    const course = dataset.tables.courses.find((each) => each.course_id === row.course_id);
    const school = course ? schoolIds.indexOf(course.school_id) : -1;
    if (!course || school < 0 || row.pattern_id === undefined) continue;
    const pattern = patterns[school].find((each) => each.id === row.pattern_id);
    const choices = row.term_id === undefined ? termChoices(terms, course) : [terms.ids.indexOf(row.term_id)];
    for (const term of choices) if (pattern && term >= 0) addTime(school, term, pattern);
  }
  return { calendar: pack(slots, terms, times, watched), timesOf, timeIndex, slotIndex: slots.index };
}

/** Slots of other schools that a slot touches by name and day or by the clock: a shared teacher can't be in both. */
function reachOf(slots: Slots): number[][] {
  return slots.names.map((name, a) =>
    slots.names.flatMap((other, b) => {
      const apart = slots.school[a] !== slots.school[b];
      const overlap =
        slots.day[a] === slots.day[b] && slots.startS[a] < slots.endS[b] && slots.startS[b] < slots.endS[a];
      return apart && (name === other || overlap) ? [b] : [];
    }),
  );
}

function pack(slots: Slots, terms: Terms, times: readonly Time[], watched: ReadonlySet<string>): Calendar {
  const slotCount = slots.names.length;
  const leaves = terms.leafIds.length;
  const atoms = leaves * slotCount;
  const atomWords = Math.max(1, Math.ceil(atoms / 32));
  const timeAtoms = new Int32Array(times.length * atomWords);
  const timeReach = new Int32Array(times.length * atomWords);
  const reach = reachOf(slots);
  const users: number[][] = Array.from({ length: atoms }, () => []);
  times.forEach((time, index) => {
    for (let leaf = 0; leaf < leaves; leaf++) {
      if (((terms.leaves[time.term] >> leaf) & 1) === 0) continue;
      for (const slot of time.pattern.slots) {
        const atom = leaf * slotCount + slot;
        if (users[atom].at(-1) !== index) users[atom].push(index);
        timeAtoms[index * atomWords + (atom >> 5)] |= 1 << (atom & 31);
        for (const each of [slot, ...reach[slot]]) {
          const touched = leaf * slotCount + each;
          timeReach[index * atomWords + (touched >> 5)] |= 1 << (touched & 31);
        }
      }
    }
  });
  const { bitOfAtom, bits } = shareBits(users, (atom) => {
    const name = slots.names[atom % slotCount];
    return watched.has(name) ? name : "";
  });
  const bitWords = Math.max(1, Math.ceil(bits / 32));
  const timeBits = new Int32Array(times.length * bitWords);
  const bitSlots = new Int32Array(bits * leaves);
  users.forEach((list, atom) => {
    const bit = bitOfAtom[atom];
    if (bit < 0) return;
    bitSlots[bit * leaves + Math.floor(atom / slotCount)]++;
    for (const time of list) timeBits[time * bitWords + (bit >> 5)] |= 1 << (bit & 31);
  });
  return {
    leafIds: terms.leafIds,
    slotNames: slots.names,
    termIds: terms.ids,
    termLeaves: terms.leaves,
    termStart: Int32Array.from(terms.rows, (row) => dayNumber(row.start_date)),
    termEnd: Int32Array.from(terms.rows, (row) => dayNumber(row.end_date)),
    slots: slotCount,
    rows: slots.rows,
    days: slots.days,
    slotStartS: Int32Array.from(slots.startS),
    slotEndS: Int32Array.from(slots.endS),
    slotDay: Int32Array.from(slots.day),
    slotSchool: Int32Array.from(slots.school),
    atomWords,
    bitWords,
    bitSlots,
    bits,
    bitOfAtom,
    times: times.length,
    timeTerm: Int32Array.from(times, (time) => time.term),
    timeSchool: Int32Array.from(times, (time) => time.school),
    timePattern: times.map((time) => time.pattern.id),
    timeLeaves: Int32Array.from(times, (time) => terms.leaves[time.term]),
    timeAtoms,
    timeReach,
    timeBits,
  };
}

/** Atoms that the same times take are one bit. */
function shareBits(users: readonly number[][], mark: (atom: number) => string) {
  const bitOfSignature = new Map<string, number>();
  const bitOfAtom = Int32Array.from(users, (list, atom) => {
    if (list.length === 0) return -1;
    const signature = `${mark(atom)}/${list.join(",")}`;
    const known = bitOfSignature.get(signature);
    if (known !== undefined) return known;
    bitOfSignature.set(signature, bitOfSignature.size);
    return bitOfSignature.size - 1;
  });
  return { bitOfAtom, bits: bitOfSignature.size };
}
