import { Random } from "@trivium/engine";
import { ALL_DAY, type HalfDay } from "../halfday/half-day.ts";

/** A small half day drawn from a seed: visits, schools and one depot on a plane, windows of ten minutes, two kinds of bus. */
export function randomHalfDay(seed: number, visits: number, schools: number, options: Partial<HalfDay> = {}): HalfDay {
  const random = new Random(seed);
  const nodes = visits + schools + 1;
  const points = Array.from({ length: nodes }, () => ({ x: random.below(1200), y: random.below(1200) }));
  const travel = new Int32Array(nodes * nodes);
  for (let a = 0; a < nodes; a++)
    for (let b = 0; b < nodes; b++)
      travel[a * nodes + b] = a === b ? -20 : Math.abs(points[a].x - points[b].x) + Math.abs(points[a].y - points[b].y);
  const ofVisits = (value: (visit: number) => number) => Int32Array.from({ length: visits }, (_, i) => value(i));
  const starts = Array.from({ length: schools }, () => 25_000 + random.below(4) * 1800);
  return {
    nodes,
    travel,
    schoolMixes: null,
    visits,
    visitNode: ofVisits((visit) => visit),
    visitSchool: ofVisits(() => random.below(schools)),
    visitService: ofVisits(() => 20 + random.below(40)),
    visitUnload: new Int32Array(visits),
    visitBenches: ofVisits(() => 1 + random.below(8)),
    visitWheelchairs: ofVisits(() => (random.below(8) === 0 ? 1 : 0)),
    visitRiders: ofVisits(() => 1 + random.below(8)),
    visitRideMax: ofVisits(() => 2500 + random.below(1500)),
    visitGrades: ofVisits(() => 1 << random.below(3)),
    gradeShares: Int32Array.of(0b111, 0b011, 0b101),
    schools,
    schoolNode: Int32Array.from({ length: schools }, (_, school) => visits + school),
    schoolService: new Int32Array(schools).fill(120),
    schoolEndMin: Int32Array.from(starts),
    schoolEndMax: Int32Array.from(starts, (start) => start + 600),
    schoolRunsMax: new Int32Array(schools).fill(visits),
    kinds: 2,
    kindBenches: Int32Array.of(20, 12),
    kindWheelchairs: Int32Array.of(0, 2),
    kindDepot: Int32Array.of(nodes - 1, nodes - 1),
    kindFrom: Int32Array.of(-ALL_DAY, -ALL_DAY),
    kindTo: Int32Array.of(ALL_DAY, ALL_DAY),
    kindCount: Int32Array.of(visits, visits),
    kindDuty: Int32Array.of(ALL_DAY, ALL_DAY),
    kindFixed: Float64Array.of(20_000, 18_000),
    linkBuffer: 60,
    rideWeight: 0.125,
    ...options,
  };
}
