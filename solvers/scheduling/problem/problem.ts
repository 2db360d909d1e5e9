import type { Dataset, SchedulingDecisions, UnmetOf } from "@trivium/model";
import type { Weights } from "./weights.ts";

/** Lists of whole numbers of varying length, end to end: list i is items[start[i]] … items[start[i + 1] − 1]. */
export interface Lists {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/**
 * When a section may meet. A **leaf** is a term without children, an **atom** a (leaf, slot) pair: bit `leaf * slots + slot` of `atomWords` 32-bit words.
 * A **time** is a term with a pattern. For students, atoms that every time takes or leaves together are one bit, so most schools fit one or two words.
 */
export interface Calendar {
  readonly leafIds: readonly string[];
  readonly slotNames: readonly string[];
  readonly termIds: readonly string[];
  /** Per term, the leaves under it, as bits. */
  readonly termLeaves: Int32Array;
  /** Per term: dates as days since 1970, both inclusive. */
  readonly termStart: Int32Array;
  readonly termEnd: Int32Array;
  readonly slots: number;
  /** Class slots of one day of one school that follow each other without lunch between. */
  readonly rows: readonly (readonly number[])[];
  /** Per school and day, its class slots. */
  readonly days: readonly DaySlots[];
  /** Minutes after midnight × 60: start and end of each slot in seconds, and its day (index of a name shared by all schools). */
  readonly slotStartS: Int32Array;
  readonly slotEndS: Int32Array;
  readonly slotDay: Int32Array;
  readonly slotSchool: Int32Array;
  readonly atomWords: number;
  readonly bitWords: number;
  /** Atoms of each leaf that one student bit stands for: bits × leaves. */
  readonly bitSlots: Int32Array;
  readonly bits: number;
  /** Student bit of each atom, −1 where no time takes it. */
  readonly bitOfAtom: Int32Array;

  readonly times: number;
  readonly timeTerm: Int32Array;
  readonly timeSchool: Int32Array;
  readonly timePattern: readonly string[];
  readonly timeLeaves: Int32Array;
  /** times × atomWords */
  readonly timeAtoms: Int32Array;
  /** times × atomWords: the same, with what overlaps by the clock in other schools; for teachers. */
  readonly timeReach: Int32Array;
  /** times × bitWords */
  readonly timeBits: Int32Array;
}

export interface DaySlots {
  readonly school: number;
  readonly day: number;
  readonly slots: readonly number[];
}

export interface Courses {
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly school: Int32Array;
  readonly demand: Int32Array;
  readonly seatsMax: Int32Array;
  /** Seats that a section is planned with: `seats_target`, else 95 % of the cap. */
  readonly seatsTarget: Float64Array;
  /** Sections the district asked for; −1 = the engine decides. */
  readonly sectionsAsked: Int32Array;
  readonly sections: Lists;
  /** Time indices by length, terms and patterns allowed. */
  readonly times: Lists;
  /** Who may teach it, best preference first, with the preference beside; where. */
  readonly teachers: Lists;
  readonly preference: Int32Array;
  readonly rooms: Lists;
}

export interface Sections {
  readonly ids: readonly string[];
  readonly course: Int32Array;
  readonly unit: Int32Array;
  /** Seats as the district gives them; students beyond them have a price. */
  readonly cap: Int32Array;
  /** Students it may hold at most: `cap`, and what `seats_over_max` allows beyond. */
  readonly seats: Int32Array;
  /** Team or program that the section is kept for, −1 = anyone. */
  readonly reserved: Int32Array;
  /** Largest share of flagged students, 2 = none given. */
  readonly inclusionShare: Float64Array;
  /** 1 = its roster is locked: only students locked to it may be in it. */
  readonly closed: Uint8Array;
  readonly listed: Uint8Array;
  /** Co-teachers as the district gives them. */
  readonly coTeacherIds: readonly (readonly string[])[];
  /** Teacher, room and time of today's section of that id: −1 = it has none, −2 = one that can't be had any more. */
  readonly todayTeacher: Int32Array;
  readonly todayRoom: Int32Array;
  readonly todayTime: Int32Array;
}

/**
 * A teaching unit: what one teacher teaches in one room at one time. One section, or several co-seated ones.
 * Candidates hold what locks and qualifications leave.
 */
export interface Units {
  readonly count: number;
  readonly sections: Lists;
  readonly times: Lists;
  /** The same where nobody and no room were ever unavailable. */
  readonly timesAsked: Lists;
  /** Qualified teachers; empty = none can be had. Ignored where the district has no teachers. */
  readonly teachers: Lists;
  /** Steps of preference (3 is best) that each candidate teacher lacks, over the unit's sections, beside `teachers.items`. */
  readonly dislike: Int32Array;
  readonly rooms: Lists;
  /** Given and unchangeable co-teachers. */
  readonly coTeachers: Lists;
  /** 1 = may stay unplaced: the engine decides how many sections the course has. */
  readonly optional: Uint8Array;
  /** 1 = opened from the start; others only where a request needs them. */
  readonly wanted: Uint8Array;
  /** Hints from the rows, today's schedule or a plan: time, teacher, room, −1 where none. */
  readonly hintTime: Int32Array;
  readonly hintTeacher: Int32Array;
  readonly hintRoom: Int32Array;
}

export interface Teachers {
  readonly ids: readonly string[];
  /** teachers × atomWords */
  readonly off: Int32Array;
  readonly sectionsMax: Int32Array;
  readonly sectionsMin: Int32Array;
  readonly prepsMax: Int32Array;
  readonly consecutiveMax: Int32Array;
  readonly planningMin: Int32Array;
  readonly homeRoom: Int32Array;
  readonly schools: readonly (readonly number[])[];
  /** `teacher * courses + course` → sections of it per leaf at most. */
  readonly courseMax: ReadonlyMap<number, number>;
}

export interface Rooms {
  readonly ids: readonly string[];
  readonly building: Int32Array;
  readonly capacity: Int32Array;
  /** rooms × atomWords */
  readonly off: Int32Array;
}

export const REQUIRED = 0;
export const ELECTIVE = 1;
export const ALTERNATE = 2;
export const KINDS = ["required", "elective", "alternate"] as const;

/** Requests, sorted by student; alternates last within a student. */
export interface Requests {
  readonly count: number;
  readonly student: Int32Array;
  readonly course: Int32Array;
  readonly kind: Uint8Array;
  /** What meeting it (or replacing by it) counts in the objective. */
  readonly points: Float64Array;
  /** What the search takes it for: the same, and beyond any price where a locked roster holds the student's seat. */
  readonly value: Float64Array;
  /** Term that it must be met in, −1 any. */
  readonly term: Int32Array;
  /** The only section that may meet it, −1 any, −2 none (the section is not there). */
  readonly lockedSection: Int32Array;
  /** Request of the same student that an alternate stands in for, −1 any, −2 none of the student's. */
  readonly alternateFor: Int32Array;
  /** Section of today's enrollment in the course, −1 none. */
  readonly today: Int32Array;
}

export interface Students {
  readonly ids: readonly string[];
  readonly grades: readonly string[];
  readonly school: Int32Array;
  /** Requests of student i: requestStart[i] … requestStart[i + 1] − 1. */
  readonly requestStart: Int32Array;
  /** students × bitWords */
  readonly off: Int32Array;
  /** Atoms that are no hole when free: absence and lunch waves; students × atomWords. */
  readonly quiet: Int32Array;
  /** Class slots free in each leaf beyond those off. */
  readonly freeSlots: Int32Array;
  /** Free slots left per leaf once `freeSlots` and `off` are taken: students × leaves. */
  readonly slotsUsable: Int32Array;
  readonly team: Int32Array;
  readonly inclusion: Uint8Array;
  readonly together: Lists;
  readonly apart: Lists;
  readonly notTeachers: Lists;
  /** Lunch waves open to the student, as bits; 0 = no lunch rule. */
  readonly waves: Int32Array;
  /** Value of each group column of the parity goal, as a number, −1 none: students × `groupColumns`. */
  readonly groups: Int32Array;
  readonly groupColumns: number;
  /** 1 = no rule of their own: only seats and time count. */
  readonly plain: Uint8Array;
}

export const LINK_KINDS = [
  "same_time",
  "consecutive",
  "same_teacher",
  "same_room",
  "not_same_time",
  "different_term",
] as const;
export type UnitLinkKind = (typeof LINK_KINDS)[number];

/** Bonds between units (times, teachers, rooms) and between a student's sections of two courses. */
export interface Links {
  /** Per unit pairs: partner unit, index of LINK_KINDS. */
  readonly units: Lists;
  /** slots × slots: 1 = next to each other on a day, no lunch between. */
  readonly adjacent: Int32Array;
  /** Bonds between requests of one student, per request triples: partner request, BOND_*, link. */
  readonly requests: Lists;
  /** Section → position in its course for `same_students` pairing, per link: `link * sections + section`, −1 not in it. */
  readonly pairs: ReadonlyMap<number, number>;
}

/** Both met only in sections that are a pair of the link. */
export const BOND_PAIR = 0;
/** This request's section ends before the partner's starts. */
export const BOND_BEFORE = 1;
/** This request's section starts after the partner's ends. */
export const BOND_AFTER = 2;
/** No common leaf. */
export const BOND_APART = 3;

/** One school, or several that share teachers: what one search decides. Plain and typed arrays only. */
export interface School {
  readonly schoolIds: readonly string[];
  readonly calendar: Calendar;
  readonly courses: Courses;
  readonly sections: Sections;
  readonly units: Units;
  readonly hasTeachers: boolean;
  readonly teachers: Teachers;
  readonly hasRooms: boolean;
  readonly rooms: Rooms;
  readonly students: Students;
  readonly requests: Requests;
  readonly links: Links;
  /** Lunch waves: waves × bitWords. */
  readonly waveBits: Int32Array;
  /** Minutes between buildings: buildings × buildings, empty = travel takes no time. */
  readonly travelMin: Float64Array;
  readonly buildings: number;
  readonly weights: Weights;
  /** Price of uneven groups in the sections of a course, where the planner makes parity a goal; else 0. */
  readonly parity: number;
  /** Price of a request that a group of the parity goal lacks to its school's share of requests met; else 0. */
  readonly parityMet: number;
  /** Section of each request in the schedule to start from, −1 none; length requests. */
  readonly hintSection: Int32Array;
  readonly warm: boolean;
}

/** The rows that the objective is counted from; group columns only those of a parity goal. */
export type ObjectiveTables = Pick<
  Dataset["tables"],
  | "terms"
  | "periods"
  | "patterns"
  | "courses"
  | "course_links"
  | "sections"
  | "teachers"
  | "rooms"
  | "students"
  | "student_rules"
> & { readonly settings: Dataset["settings"]["scheduling"] };

/** What the engine solves: schools that share no teacher apart, each a search of its own. */
export interface SchedulingProblem {
  readonly schools: readonly School[];
  readonly weights: Weights;
  readonly parity: number;
  readonly parityMet: number;
  /** What the objective needs of the tables, by their ids, for decisions that the search never made (today's, a hand-made plan's). */
  readonly tables: ObjectiveTables;
  /** `teacher/course` → preference, 0–3; 1 where the district gives none. */
  readonly preferences: ReadonlyMap<string, number>;
  readonly today: { readonly decisions: SchedulingDecisions; readonly unmet: UnmetOf["scheduling"] } | null;
}
