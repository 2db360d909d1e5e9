/**
 * A university course timetabling problem of the International Timetabling Competition 2019, as its XML says it.
 * Slots are 5 minutes in the published sets (`slotsPerDay` of them a day); `days` and `weeks` are strings of 0 and 1, one character a day or week.
 *
 * @see Müller, Rudová & Müllerová 2018, University course timetabling and International Timetabling Competition 2019, PATAT 2018
 */
export interface TimetableInstance {
  readonly name: string;
  readonly nrDays: number;
  readonly nrWeeks: number;
  readonly slotsPerDay: number;
  /** What one point of each part of the penalty counts. */
  readonly weights: TimetableWeights;
  readonly rooms: readonly TimetableRoom[];
  readonly courses: readonly TimetableCourse[];
  readonly distributions: readonly TimetableDistribution[];
  readonly students: readonly TimetableStudent[];
}

export interface TimetableWeights {
  readonly time: number;
  readonly room: number;
  readonly distribution: number;
  readonly student: number;
}

/** A weekly meeting: on each of `days`, in each of `weeks`, from slot `start` for `length` slots. */
export interface TimetableMeeting {
  readonly days: string;
  readonly weeks: string;
  readonly start: number;
  readonly length: number;
}

export interface TimetableRoom {
  readonly id: string;
  readonly capacity: number;
  /** Slots of travel to other rooms, either way; 0 to a room that is not named. */
  readonly travel: readonly { readonly room: string; readonly slots: number }[];
  readonly unavailable: readonly TimetableMeeting[];
}

/** A student of a course attends one configuration, and in it one class of every subpart. */
export interface TimetableCourse {
  readonly id: string;
  readonly configs: readonly {
    readonly id: string;
    readonly subparts: readonly { readonly id: string; readonly classes: readonly TimetableClass[] }[];
  }[];
}

export interface TimetableClass {
  readonly id: string;
  /** Seats. */
  readonly limit: number;
  /** Class that its students attend as well. */
  readonly parent: string | undefined;
  readonly needsRoom: boolean;
  readonly rooms: readonly { readonly id: string; readonly penalty: number }[];
  readonly times: readonly (TimetableMeeting & { readonly penalty: number })[];
}

/** The nineteen kinds of distribution constraint, with the number of their parameters. */
export const DISTRIBUTION_PARAMETERS = {
  SameStart: 0,
  SameTime: 0,
  DifferentTime: 0,
  SameDays: 0,
  DifferentDays: 0,
  SameWeeks: 0,
  DifferentWeeks: 0,
  Overlap: 0,
  NotOverlap: 0,
  SameRoom: 0,
  DifferentRoom: 0,
  SameAttendees: 0,
  Precedence: 0,
  WorkDay: 1,
  MinGap: 1,
  MaxDays: 1,
  MaxDayLoad: 1,
  MaxBreaks: 2,
  MaxBlock: 2,
} as const;
export type DistributionKind = keyof typeof DISTRIBUTION_PARAMETERS;

export interface TimetableDistribution {
  readonly kind: DistributionKind;
  /** In slots, days or breaks, as the kind says. */
  readonly parameters: readonly number[];
  readonly required: boolean;
  /** Of one violation; 0 where it is required. */
  readonly penalty: number;
  readonly classes: readonly string[];
}

export interface TimetableStudent {
  readonly id: string;
  readonly courses: readonly string[];
}
