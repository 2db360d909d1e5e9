import { type LatLon, RoadError, type TravelMatrix } from "@trivium/model";
import { z } from "zod";
import type { OsrmClient } from "./client.ts";

/** Sources and targets of one request at most. A table of a million cells is 10 MB of JSON, which is parsed in one go. */
const BLOCK = 1000;
/** The least that a server takes: half of its own default for a table's size. */
const LEAST_BLOCK = 50;
/** Requests under way at once. */
const AT_ONCE = 4;

/** Places on one piece of road, one a step behind the other, come out of OSRM as a little less than nothing: −0.4 m for 0.4 m. */
const SLIGHTLY = 2;

/** A point that lies farther from the road than this has no way from or to it. */
export interface TableOptions {
  readonly offMapM: number;
  /** Sides of the street that the bus must arrive and leave on, in OSRM's words, for all points. */
  readonly approach?: "curb" | "unrestricted";
}

interface Block {
  readonly fromSource: number;
  readonly fromTarget: number;
  readonly size: number;
}

/**
 * Many-to-many drives, asked in square blocks, several at once. A server that finds a block too big, or is too slow for it, is asked for smaller ones.
 *
 * @throws RoadError osrm-answer when the table is not what was asked for; those of `OsrmClient`
 */
export async function osrmMatrix(
  client: OsrmClient,
  sources: readonly LatLon[],
  targets: readonly LatLon[],
  options: TableOptions,
): Promise<TravelMatrix> {
  const cells = sources.length * targets.length;
  const matrix: TravelMatrix = {
    sources: sources.length,
    targets: targets.length,
    durationsS: new Float64Array(cells).fill(Number.NaN),
    distancesM: new Float64Array(cells).fill(Number.NaN),
  };
  const waiting: Block[] = blocksOf(sources.length, targets.length, 0, 0, BLOCK);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let block = waiting.shift(); block !== undefined; block = waiting.shift()) {
        try {
          await fill(client, sources, targets, block, options, matrix);
        } catch (error) {
          const side = Math.min(
            block.size,
            Math.max(sources.length - block.fromSource, targets.length - block.fromTarget),
          );
          const smaller = Math.max(LEAST_BLOCK, side >> 1);
          if (!tooBig(error) || smaller >= side) throw error;
          const lastSource = Math.min(sources.length, block.fromSource + block.size);
          const lastTarget = Math.min(targets.length, block.fromTarget + block.size);
          waiting.push(...blocksOf(lastSource, lastTarget, block.fromSource, block.fromTarget, smaller));
        }
      }
    }),
  );
  return matrix;
}

/** Where a point begins or ends a drive. */
export interface OsrmSnap extends LatLon {
  readonly distanceM: number;
  readonly street: string;
}

/**
 * Where drives from or to points begin and end. `/nearest` would not say that: it takes roads that lead nowhere (cut off by the map's edge, a gate),
 * which a drive does not use. So a one-row table is asked, from a place on the main network, and its waypoints are taken.
 *
 * @param main a place on the main network, where one is known
 */
export async function osrmSnaps(
  client: OsrmClient,
  points: readonly LatLon[],
  main: LatLon | undefined,
): Promise<OsrmSnap[]> {
  const snaps: OsrmSnap[] = [];
  let size = BLOCK;
  while (snaps.length < points.length) {
    const block = points.slice(snaps.length, snaps.length + size);
    const all = [main ?? block[0]!, ...block];
    try {
      const answer = await client.ask("table", {
        coordinates: all.map(({ lat, lon }) => [lat, lon] as const),
        sources: [0],
        destinations: block.map((_, i) => i + 1),
        generate_hints: false,
      });
      snaps.push(...snapsOf(answer, block.length, client.url));
    } catch (error) {
      if (!tooBig(error) || size <= LEAST_BLOCK) throw error;
      size = Math.max(LEAST_BLOCK, size >> 1);
    }
  }
  return snaps;
}

function snapsOf(answer: unknown, count: number, url: string): OsrmSnap[] {
  const parsed = snapsSchema.safeParse(answer);
  if (!parsed.success || parsed.data.destinations.length !== count) throw notTable(url, `${count} destinations`);
  return parsed.data.destinations.map(({ location, name, distance }) => ({
    lat: location[1],
    lon: location[0],
    street: name,
    distanceM: distance,
  }));
}

const snapsSchema = z.object({
  destinations: z.array(
    z.object({ location: z.tuple([z.number(), z.number()]), name: z.string(), distance: z.number().min(0) }),
  ),
});

/** A server that is too slow for a block may be quick enough for a smaller one. */
const tooBig = (error: unknown): boolean =>
  error instanceof RoadError && (error.code === "osrm-TooBig" || error.code === "osrm-slow");

function blocksOf(sources: number, targets: number, fromSource: number, fromTarget: number, size: number): Block[] {
  const blocks: Block[] = [];
  for (let i = fromSource; i < sources; i += size) {
    for (let j = fromTarget; j < targets; j += size) blocks.push({ fromSource: i, fromTarget: j, size });
  }
  return blocks;
}

async function fill(
  client: OsrmClient,
  sources: readonly LatLon[],
  targets: readonly LatLon[],
  { fromSource, fromTarget, size }: Block,
  { offMapM, approach }: TableOptions,
  matrix: TravelMatrix,
): Promise<void> {
  const from = sources.slice(fromSource, fromSource + size);
  const to = targets.slice(fromTarget, fromTarget + size);
  const same = sources === targets && fromSource === fromTarget;
  const points = same ? from : [...from, ...to];
  const answer = await client.ask("table", {
    coordinates: points.map(({ lat, lon }) => [lat, lon] as const),
    ...(same ? {} : { sources: from.map((_, i) => i), destinations: to.map((_, j) => from.length + j) }),
    annotations: "duration,distance",
    generate_hints: false,
    ...(approach === "curb" ? { approaches: points.map(() => "curb") } : {}),
  });
  const table = tableOf(answer, from.length, to.length, client.url);
  const onMap = table.targetsM.map((metres) => metres <= offMapM);
  for (let i = 0; i < from.length; i++) {
    if (table.sourcesM[i]! > offMapM) continue;
    const row = (fromSource + i) * targets.length + fromTarget;
    for (let j = 0; j < to.length; j++) {
      if (!onMap[j]) continue;
      matrix.durationsS[row + j] = Math.abs(table.durations[i]![j] ?? Number.NaN);
      matrix.distancesM[row + j] = Math.abs(table.distances[i]![j] ?? Number.NaN);
    }
  }
}

interface Table {
  readonly durations: readonly (readonly (number | null)[])[];
  readonly distances: readonly (readonly (number | null)[])[];
  /** Distance of each point to the road. */
  readonly sourcesM: readonly number[];
  readonly targetsM: readonly number[];
}

/** By hand: a schema library would take longer over a million cells than OSRM takes to compute them. */
function tableOf(answer: unknown, sources: number, targets: number, url: string): Table {
  const { durations, distances, sources: from, destinations: to } = answer as Record<string, unknown>;
  const cellsOf = (name: string, rows: unknown): (number | null)[][] => {
    if (!Array.isArray(rows) || rows.length !== sources) throw notTable(url, `${name} of ${sources} rows`);
    for (const row of rows) {
      if (!Array.isArray(row) || row.length !== targets) throw notTable(url, `${name} of ${targets} columns`);
      for (const cell of row) {
        if (cell !== null && !(typeof cell === "number" && cell >= -SLIGHTLY && cell < Infinity))
          throw notTable(url, `${name} that are numbers ≥ 0 or null`);
      }
    }
    return rows;
  };
  const snapsOf = (name: string, count: number, places: unknown): number[] => {
    if (!Array.isArray(places) || places.length !== count) throw notTable(url, `${count} ${name}`);
    return places.map((place) => {
      const distance = (place as { distance?: unknown } | null)?.distance;
      if (typeof distance !== "number" || !(distance >= 0)) throw notTable(url, `the distance of ${name} to the road`);
      return distance;
    });
  };
  return {
    durations: cellsOf("durations", durations),
    distances: cellsOf("distances", distances),
    sourcesM: snapsOf("sources", sources, from),
    targetsM: snapsOf("destinations", targets, to),
  };
}

function notTable(url: string, expected: string): RoadError {
  return new RoadError(
    "osrm-answer",
    `The OSRM server at ${url} answered a table without ${expected}. Maybe it is another version, or something between changes its answers?`,
    { values: { url, expected } },
  );
}
