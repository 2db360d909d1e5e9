/** Items of a run: visits (0 …), and `~school` (below 0) where the riders of a school get off before the last one. */
export type RunItems = readonly number[];

type SchoolOf = (visit: number) => number;

export const visitsOf = (run: RunItems): number[] => run.filter((item) => item >= 0);

/** The school at which a run ends: that of riders who have not got off before. */
export function lastSchool(run: RunItems, schoolOf: SchoolOf): number {
  const last = run.find((item) => item >= 0 && !run.includes(~schoolOf(item))) ?? run[0];
  return schoolOf(last);
}

/** Schools of a run in order of call. */
export const schoolsOf = (run: RunItems, schoolOf: SchoolOf): number[] => [
  ...run.filter((item) => item < 0).map((item) => ~item),
  lastSchool(run, schoolOf),
];
