/** Where and when a class meets, and who attends it. */
export interface PlacedClass {
  readonly id: string;
  readonly days: string;
  readonly weeks: string;
  readonly start: number;
  readonly room: string | undefined;
  readonly students: readonly string[];
}

/** A timetable as the competition takes it. */
export interface TimetableSolution {
  /** Of the instance. */
  readonly name: string;
  readonly runtimeS: number;
  readonly cores: number;
  readonly technique: string;
  readonly author: string;
  readonly institution: string;
  readonly country: string;
  readonly classes: readonly PlacedClass[];
}

/** The four parts of the penalty, each times its weight, and their sum. */
export interface TimetablePenalty {
  readonly time: number;
  readonly room: number;
  readonly distribution: number;
  readonly student: number;
  readonly total: number;
}
