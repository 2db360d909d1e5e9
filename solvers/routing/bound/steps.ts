import type { Direction, RoutingProblem } from "../problem.ts";

/** When runs of a school end (AM: unloaded; PM: loading begins), from the earliest to the latest of the bells it may have. */
export function endWindow(
  problem: RoutingProblem,
  direction: Direction,
  school: number,
): { fromS: number; toS: number } {
  const { amEndMinS, amEndMaxS, pmBeginMinS, pmBeginMaxS, allowedStartsS, bellStartS } = problem.schools[school];
  const earlier = Math.min(...allowedStartsS) - bellStartS;
  const later = Math.max(...allowedStartsS) - bellStartS;
  return direction === "AM"
    ? { fromS: amEndMinS + earlier, toS: amEndMaxS + later }
    : { fromS: pmBeginMinS + earlier, toS: pmBeginMaxS + later };
}

/** Seconds between the ends (PM: the beginnings) of a run of `from` and the next one, of `to`, on the same bus. */
export type LeastStep = (from: number, to: number, tripS: number) => number;

/**
 * Least steps between runs, by the school of the run before, that of the next one, and the trip of the farthest rider of the run that is driven between
 * them: AM the one of `to`, PM the one of `from`. In it are the drive (the trip, or between the schools, or to the nearest stop), one rider's dwell,
 * the time at school and the buffer.
 */
export function leastSteps(problem: RoutingProblem, direction: Direction): LeastStep {
  const { schools, settings, drives, places, nearestS } = problem;
  const isAm = direction === "AM";
  const count = schools.length;
  const between = (x: number, y: number) =>
    drives.durationS.reduce((least, durations) => {
      const seconds = durations[x * places.length + y];
      return seconds < 0 ? least : Math.min(least, seconds);
    }, Infinity);
  const drive = new Float64Array(count * count);
  for (let from = 0; from < count; from++)
    for (let to = 0; to < count; to++) {
      const nearest = nearestS[isAm ? to : from];
      drive[from * count + to] =
        from === to
          ? nearest.toSchool + nearest.fromSchool
          : Math.max(between(schools[from].place, schools[to].place), isAm ? nearest.toSchool : nearest.fromSchool);
    }
  const besides = settings.linkBufferS + Math.floor(settings.dwellS + settings.dwellPerRiderS);
  return (from, to, tripS) =>
    besides + Math.max(drive[from * count + to], tripS) + (isAm ? schools[to].unloadS : schools[from].loadS);
}
