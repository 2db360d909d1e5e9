import { ALL_DAY, type HalfDay } from "../halfday/half-day.ts";
import type { SbrpInstance } from "./read.ts";

const FEET_PER_S = 88 / 3;
const SEATS = 66;
export const UNLOAD_S = 154.4;
const UNLOAD_FIXED_S = 29;
const UNLOAD_STUDENT_S = 1.9;
export const TICKS_PER_S = 1000;

/** Mixed: riders of several schools on one run, times at school by riders, arrival (not the end of unloading) in the window. */
export type SbrpSetting = "fixed" | "window" | "mixed";

/** Unloading n students at a school in the mixed setting, seconds. */
export const unloadingS = (students: number): number => UNLOAD_FIXED_S + UNLOAD_STUDENT_S * students;

/** Loading n students at a stop, seconds. */
export const loadingS = (students: number): number => 19 + 2.6 * students;

/** Manhattan drive, seconds. */
export const driveS = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  (Math.abs(a.x - b.x) + Math.abs(a.y - b.y)) / FEET_PER_S;

/**
 * The public set as a half day in milliseconds, every drive rounded up: nodes are the stops, then the schools, then one depot that is nowhere
 * (its drives take no time), because buses may start and end anywhere. A run's end is the end of unloading: AMEARLY in the fixed setting, up to AMLATE in the window setting;
 * in the mixed setting unloading begins in [AMEARLY, AMLATE].
 */
export function sbrpHalfDay(instance: SbrpInstance, rideMaxS: number, setting: SbrpSetting): HalfDay {
  const places = [...instance.stops, ...instance.schools];
  const nodes = places.length + 1;
  const depot = places.length;
  const travel = new Int32Array(nodes * nodes);
  for (let a = 0; a < places.length; a++)
    for (let b = 0; b < places.length; b++)
      travel[a * nodes + b] = Math.ceil(driveS(places[a], places[b]) * TICKS_PER_S - 1e-6);
  const { stops, schools } = instance;
  const isMixed = setting === "mixed";
  const unloadS = isMixed ? UNLOAD_FIXED_S : UNLOAD_S;
  const ofStops = (value: (stop: (typeof stops)[number], index: number) => number) => Int32Array.from(stops, value);
  const ofSchools = (value: (school: (typeof schools)[number], index: number) => number) =>
    Int32Array.from(schools, value);
  return {
    nodes,
    travel,
    schoolMixes: isMixed ? new Uint8Array(schools.length ** 2).fill(1) : null,
    visits: stops.length,
    visitNode: ofStops((_, index) => index),
    visitSchool: ofStops((stop) => stop.school),
    visitService: ofStops((stop) => Math.round(loadingS(stop.students) * TICKS_PER_S)),
    visitUnload: ofStops((stop) => (isMixed ? Math.round(UNLOAD_STUDENT_S * stop.students * TICKS_PER_S) : 0)),
    visitBenches: ofStops((stop) => stop.students),
    visitWheelchairs: new Int32Array(stops.length),
    visitRiders: ofStops((stop) => stop.students),
    visitRideMax: new Int32Array(stops.length).fill(rideMaxS * TICKS_PER_S),
    visitGrades: new Int32Array(stops.length),
    gradeShares: new Int32Array(0),
    schools: schools.length,
    schoolNode: ofSchools((_, index) => stops.length + index),
    schoolService: new Int32Array(schools.length).fill(unloadS * TICKS_PER_S),
    schoolEndMin: ofSchools((school) => (school.earlyS + (isMixed ? unloadS : 0)) * TICKS_PER_S),
    schoolEndMax: ofSchools(
      (school) => (setting === "fixed" ? school.earlyS : school.lateS + (isMixed ? unloadS : 0)) * TICKS_PER_S,
    ),
    schoolRunsMax: new Int32Array(schools.length).fill(stops.length),
    kinds: 1,
    kindBenches: Int32Array.of(SEATS),
    kindWheelchairs: Int32Array.of(0),
    kindDepot: Int32Array.of(depot),
    kindFrom: Int32Array.of(-ALL_DAY),
    kindTo: Int32Array.of(ALL_DAY),
    kindCount: Int32Array.of(stops.length),
    kindDuty: Int32Array.of(ALL_DAY),
    kindFixed: Float64Array.of(50_000 * TICKS_PER_S),
    linkBuffer: 0,
    rideWeight: 0,
  };
}
