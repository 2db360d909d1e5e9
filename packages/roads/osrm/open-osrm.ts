import { join } from "node:path";
import { formatClock, type LatLon, type RoadAbility, type RoadEngine, RoadError } from "@trivium/model";
import type { Conditions } from "../conditions/conditions.ts";
import type { RoadMap } from "../map/road-map.ts";
import { PROFILE } from "../profile.ts";
import { OsrmClient } from "./client.ts";
import { OsrmRoads } from "./engine.ts";
import { osrmExecutables } from "./executables.ts";
import { customizeBand, type PrepareOsrmOptions, prepareBase } from "./prepare.ts";
import { type RunningOsrm, startRouted } from "./routed.ts";
import { checkMap, mainJunctions } from "./same-map.ts";

/** The district's extract as the embedded engine has it open. */
export interface LocalRoads {
  readonly mapPath: string;
  readonly map: RoadMap;
  readonly conditions: Conditions;
  readonly engine: RoadEngine;
  /** The engine in a server's place, its identity telling why. */
  standIn(insteadOfOsrm: string): RoadEngine;
}

/** What OSRM leaves to the embedded engine on the same extract. */
const LOCAL: readonly RoadAbility[] = [
  "nearest-board",
  "nearest-walk",
  "side-of-street",
  "walk",
  "stop-places",
  "isochrone",
];
/** Our own server shares the machine with the solver: a large table may take minutes when both are busy. */
const OWN_TIMEOUT_MS = 600_000;
const NO_EXTRACT =
  "OSRM knows one network for one vehicle: walking with crossing rules, places to stop and areas of time come from the embedded engine, which needs the extract. Maybe put roads/map.osm.pbf beside the tables?";

export interface OwnOsrmOptions extends PrepareOsrmOptions {
  /** Folder with OSRM's programs (`OSRM_BIN`). */
  readonly bin?: string;
  readonly path?: string;
}

/**
 * OSRM with servers of our own: the extract prepared, a dataset customized for each time band and a server started on it, when the band is first asked for.
 *
 * @throws RoadError those of osrmExecutables, prepareBase, customizeBand, startRouted
 */
export async function openOwnOsrm(local: LocalRoads, options: OwnOsrmOptions): Promise<RoadEngine> {
  const osrm = await osrmExecutables({ ...options, cacheDir: options.cacheDir });
  const base = await prepareBase(local.mapPath, local.map, osrm, options);
  const servers = new Map<string, Promise<RunningOsrm>>();
  const clients = new Map<number, Promise<OsrmClient>>();
  const clientOf = async (band: number) => {
    const data = await customizeBand(base, local.conditions, band, osrm, options);
    const server = servers.get(data) ?? startRouted(osrm, data, options.signal);
    servers.set(data, server);
    return new OsrmClient((await server).url, { timeoutMs: OWN_TIMEOUT_MS });
  };
  const { bands } = local.conditions;
  const client = (band: number) => {
    const known = clients.get(band) ?? clientOf(band);
    clients.set(band, known);
    return known;
  };
  // A server that cannot run is better known now than at the first question.
  await client(0);
  return new OsrmRoads({
    identity: {
      engine: "osrm",
      engine_version: osrm.version,
      map_hash: local.map.mapHash,
      profile: PROFILE,
      bands: bands.map((start) => formatClock(start).replace(/:00$/, "")),
      embedded_for: LOCAL,
    },
    bands,
    client,
    main: mainJunctions(local.map, 1)[0],
    local: local.engine,
    cannot: leftTo(local),
    async close() {
      const running = await Promise.allSettled(servers.values());
      await Promise.all(running.map((each) => (each.status === "fulfilled" ? each.value.stop() : undefined)));
    },
  });
}

export interface OsrmAtOptions {
  readonly url: string;
  /** Places of the district that its map must hold, where there is no extract to tell. */
  readonly places?: readonly LatLon[];
  /** Does the district lay anything on its map that a server there cannot know: closures, barred roads, speed factors? Each in words. */
  readonly conditions: readonly string[];
  readonly timeoutMs?: number;
}

/**
 * An OSRM that runs already (`OSRM_URL`), on the district's map as well as one can tell. It cannot be told of closures, barred roads and speed
 * factors: for a district that has them the embedded engine stands in, and its identity says so.
 *
 * @throws RoadError osrm-wrong-map, osrm-conditions (where there is no extract to stand in with), and those of OsrmClient when it is down or is no OSRM
 */
export async function openOsrmAt(local: LocalRoads | undefined, options: OsrmAtOptions): Promise<RoadEngine> {
  const client = new OsrmClient(options.url, { timeoutMs: options.timeoutMs });
  if (options.conditions.length > 0) {
    const untold = `The OSRM server at ${client.url} cannot be told of the district's ${options.conditions.join(" and ")}`;
    // One engine for all of a plan, and the plan says which and why.
    if (local) return local.standIn(`${untold}.`);
    throw new RoadError(
      "osrm-conditions",
      `${untold}. Maybe put roads/map.osm.pbf beside the tables: then the embedded engine answers, or with ROADS_ENGINE=osrm servers that Trivium starts?`,
      { values: { url: client.url, conditions: options.conditions } },
    );
  }
  const dataVersion = await checkMap(client, local, options.places ?? []);
  const reason = `the server at OSRM_URL has its own data; closures, barred roads and speed factors are laid on where Trivium starts OSRM (ROADS_ENGINE=osrm)`;
  return new OsrmRoads({
    identity: {
      engine: "osrm",
      map_hash: local?.map.mapHash ?? dataVersion,
      profile: dataVersion.startsWith(`${PROFILE}-`) ? PROFILE : "the server's own",
      bands: ["00:00"],
      ...(local ? { embedded_for: LOCAL } : {}),
    },
    bands: [0],
    client: async () => client,
    main: local && mainJunctions(local.map, 1)[0],
    local: local?.engine,
    cannot: { ...leftTo(local), closures: reason, "speed-factors": reason },
    close: async () => {},
  });
}

/** What the embedded engine would be asked and cannot, or is not there to be asked. */
function leftTo(local: LocalRoads | undefined): RoadEngine["cannot"] {
  const reasons = LOCAL.map((ability) => [ability, local ? local.engine.cannot[ability] : NO_EXTRACT] as const);
  return Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined));
}

/** Prepares an extract for OSRM, ready for `openOwnOsrm`: programs, cells, the band without any district's conditions. */
export async function prepareOsrm(
  { mapPath, map, conditions }: Omit<LocalRoads, "engine" | "standIn">,
  options: OwnOsrmOptions,
): Promise<{ readonly version: string; readonly dir: string }> {
  const share = (from: number, to: number) => (part: number) => options.onProgress?.(from + part * (to - from));
  const osrm = await osrmExecutables({ ...options, cacheDir: options.cacheDir });
  const base = await prepareBase(mapPath, map, osrm, { ...options, onProgress: share(0.1, 0.8) });
  await customizeBand(base, conditions, 0, osrm, options);
  options.onProgress?.(1);
  return { version: osrm.version, dir: join(base.dir) };
}
