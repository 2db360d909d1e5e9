import type { LatLon, RoadNetwork } from "@trivium/model";
import type { Direction, Drives, Place } from "../problem.ts";
import type { Bands } from "./bands.ts";

const DIRECTIONS = ["AM", "PM"] as const;

/** Drive times among all places in every band that service uses. */
export async function drivesOf(places: readonly Place[], bands: Bands, roads: RoadNetwork): Promise<Drives> {
  const points = places.map(({ lat, lon }) => ({ lat, lon }));
  const durationS: Int32Array[] = [];
  const distanceM: Int32Array[] = [];
  for (const startS of bands.startS) {
    const matrix = await roads.matrix(points, points, startS);
    durationS.push(wholeOf(matrix.durationsS));
    distanceM.push(wholeOf(matrix.distancesM));
  }
  const [am, pm] = DIRECTIONS.map((direction) => slowestOf(durationS, bands.used[direction]));
  return { bandStartS: bands.startS, durationS, distanceM, slowestS: { AM: am, PM: pm } };
}

type DriveS = (point: number, school: number) => number;

export interface Direct {
  readonly slowest: Readonly<Record<Direction, DriveS>>;
  readonly fastest: Readonly<Record<Direction, DriveS>>;
  /** The fastest the other way (AM from the school, PM to it), of all schools. */
  readonly nearestBack: Readonly<Record<Direction, (point: number) => number>>;
}

/** Direct drives between candidates and schools, the slowest and the fastest of the bands: AM to the school, PM from it; Infinity where no way leads. */
export async function directOf(
  points: readonly LatLon[],
  schools: readonly LatLon[],
  bands: Bands,
  roads: RoadNetwork,
): Promise<Direct> {
  const size = points.length * schools.length;
  const slowest = { AM: new Float64Array(size), PM: new Float64Array(size) };
  const fastest = { AM: new Float64Array(size).fill(Infinity), PM: new Float64Array(size).fill(Infinity) };
  const back = {
    AM: new Float64Array(points.length).fill(Infinity),
    PM: new Float64Array(points.length).fill(Infinity),
  };
  for (const direction of DIRECTIONS) {
    const isAm = direction === "AM";
    for (const band of bands.used[direction]) {
      const [there, here] = isAm ? [schools, points] : [points, schools];
      const ways = (await roads.matrix(there, here, bands.startS[band])).durationsS;
      for (let point = 0; point < points.length; point++)
        for (let school = 0; school < schools.length; school++) {
          const way = ways[isAm ? school * points.length + point : point * schools.length + school];
          if (way >= 0) back[direction][point] = Math.min(back[direction][point], Math.round(way));
        }
      const [from, to] = isAm ? [points, schools] : [schools, points];
      const { durationsS } = await roads.matrix(from, to, bands.startS[band]);
      for (let point = 0; point < points.length; point++)
        for (let school = 0; school < schools.length; school++) {
          const given = durationsS[isAm ? point * schools.length + school : school * points.length + point];
          const drive = Number.isNaN(given) ? Infinity : Math.round(given);
          const cell = point * schools.length + school;
          slowest[direction][cell] = Math.max(slowest[direction][cell], drive);
          fastest[direction][cell] = Math.min(fastest[direction][cell], drive);
        }
    }
  }
  const read =
    (values: Float64Array): DriveS =>
    (point, school) =>
      values[point * schools.length + school];
  return {
    slowest: { AM: read(slowest.AM), PM: read(slowest.PM) },
    fastest: { AM: read(fastest.AM), PM: read(fastest.PM) },
    nearestBack: { AM: (point) => back.AM[point], PM: (point) => back.PM[point] },
  };
}

function wholeOf(values: Float64Array): Int32Array {
  const whole = new Int32Array(values.length);
  for (let cell = 0; cell < values.length; cell++) whole[cell] = values[cell] >= 0 ? Math.round(values[cell]) : -1;
  return whole;
}

function slowestOf(durationS: readonly Int32Array[], bands: readonly number[]): Int32Array {
  const slowest = Int32Array.from(durationS[bands[0]]);
  for (const band of bands.slice(1))
    durationS[band].forEach((value, at) => {
      slowest[at] = value < 0 || slowest[at] < 0 ? -1 : Math.max(slowest[at], value);
    });
  return slowest;
}
