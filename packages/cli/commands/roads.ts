import type { RoadEngine, RoadNetwork } from "@trivium/model";
import { busProfileLua, type EngineChoice, engineChoice, openMap, openRoads, prepareMap } from "@trivium/roads";
import {
  type Command,
  DATA_OPTIONS,
  EXIT,
  type ExitCode,
  JSON_OPTION,
  needed,
  numberOption,
  OUT_OPTIONS,
  oneOfOption,
  optional,
  outPath,
  UsageError,
  type Values,
} from "../command.ts";
import { readDataset } from "../district.ts";
import { untilStopped } from "../interrupt.ts";
import { CACHE_DIR } from "../places.ts";
import { bandStart, type NamedPoint, readPoints } from "../points.ts";
import { serveRoads } from "../serve-roads.ts";
import { type Terminal, writeResult } from "../terminal.ts";

const ACTIONS = ["prepare", "matrix", "route", "nearest", "serve", "profile"] as const;

export const roads: Command = {
  name: "roads",
  grammar:
    "prepare MAP [--engine embedded|osrm] | matrix|route|nearest --map MAP (or --data DIR) --points p.csv [--band HH:MM] [--engine E] [--out FILE] [--json] | serve --map MAP [--port N] | profile [--out bus.lua]",
  summary:
    "Prepares a road map, and answers drives on it: m.csv of all pairs, one drive through all points, nearest roads, or a server that speaks OSRM. `profile` writes the bus as a profile for OSRM.",
  options: {
    map: { type: "string", value: "FILE", help: "an .osm.pbf extract" },
    ...DATA_OPTIONS,
    points: { type: "string", value: "FILE", help: "CSV: id, lat, lon" },
    band: { type: "string", value: "HH:MM", help: "time of day, for districts with speed factors (12:00)" },
    port: { type: "string", value: "N", help: "serve: port on the loopback (5000; 0: any free one)" },
    engine: { type: "string", value: "NAME", help: "embedded or osrm (OSRM_URL, ROADS_ENGINE, else embedded)" },
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run([action_, mapFile, ...more], values, terminal) {
    const action = oneOfOption(action_, "action", ACTIONS);
    if (more.length > 0) throw new UsageError(`too many arguments: ${more.join(" ")}`);
    if (action === "profile") {
      writeResult(terminal, outPath(values), busProfileLua());
      return EXIT.done;
    }
    const engine = engineOption(values);
    if (action === "prepare") {
      const progress = terminal.progress("roads");
      const report = await prepareMap(mapFile ?? needed(values, "map"), {
        cacheDir: CACHE_DIR,
        engine,
        onProgress: (share) =>
          progress.update({ phase: "reading the map", share, iterations: 0, best: null, best_label: "", bound: null }),
      });
      progress.end();
      terminal.print(JSON.stringify(report, null, 2));
      return EXIT.done;
    }
    const network = await networkOf(mapFile, values, terminal, engine);
    try {
      return await answer(action, network, values, terminal);
    } finally {
      await network.close();
    }
  },
};

async function answer(
  action: Exclude<(typeof ACTIONS)[number], "prepare" | "profile">,
  network: RoadEngine,
  values: Values,
  terminal: Terminal,
): Promise<ExitCode> {
  const departS = bandStart(optional(values, "band"));
  if (action === "serve") {
    const server = await serveRoads(network, numberOption(values, "port", 0, 65_535, true) ?? 5000, departS);
    terminal.say(`serving roads at ${server.url}/route/v1/driving/… (/table, /nearest; Ctrl-C stops)`);
    await untilStopped(terminal);
    await server.close();
    return EXIT.done;
  }
  const points = readPoints(needed(values, "points"));
  const text = await { matrix, route, nearest }[action](network, points, departS, values.json === true);
  writeResult(terminal, outPath(values), text);
  return EXIT.done;
}

/** As asked; OSRM's programs and server as the environment names them. */
function engineOption(values: Values): EngineChoice {
  const asked = optional(values, "engine");
  if (asked === undefined) return engineChoice();
  const engine = oneOfOption(asked, "--engine", ["embedded", "osrm"] as const);
  return engine === "embedded" ? { engine } : engineChoice({ ...process.env, ROADS_ENGINE: "osrm" });
}

async function networkOf(
  mapFile: string | undefined,
  values: Values,
  terminal: Terminal,
  engine: EngineChoice,
): Promise<RoadEngine> {
  const map = optional(values, "map") ?? mapFile;
  if (map !== undefined) return openMap(map, { cacheDir: CACHE_DIR, engine });
  return openRoads(await readDataset(needed(values, "data"), values, terminal), { cacheDir: CACHE_DIR, engine });
}

const orEmpty = (value: number, digits: number) => (Number.isNaN(value) ? "" : value.toFixed(digits));
const orNull = (value: number) => (Number.isNaN(value) ? null : value);

/** `m.csv`: from, to, duration_s, distance_m; a pair that no road joins has empty figures. */
async function matrix(
  network: RoadNetwork,
  points: readonly NamedPoint[],
  departS: number,
  json: boolean,
): Promise<string> {
  const { durationsS, distancesM } = await network.matrix(points, points, departS);
  const pairs = points.flatMap((from, i) =>
    points.map((to, j) => ({ from: from.id, to: to.id, k: i * points.length + j })),
  );
  if (json)
    return JSON.stringify(
      pairs.map(({ from, to, k }) => ({
        from,
        to,
        duration_s: orNull(durationsS[k]),
        distance_m: orNull(distancesM[k]),
      })),
    );
  const lines = pairs.map(
    ({ from, to, k }) => `${from},${to},${orEmpty(durationsS[k], 1)},${orEmpty(distancesM[k], 1)}`,
  );
  return `from,to,duration_s,distance_m\n${lines.join("\n")}\n`;
}

async function route(
  network: RoadNetwork,
  points: readonly NamedPoint[],
  departS: number,
  json: boolean,
): Promise<string> {
  const drive = await network.drive(points, departS, { steps: json });
  if (json) return JSON.stringify(drive);
  const lines = drive.legs.map(
    (leg, i) => `${points[i].id},${points[i + 1].id},${leg.durationS.toFixed(1)},${leg.distanceM.toFixed(1)}`,
  );
  return `from,to,duration_s,distance_m\n${lines.join("\n")}\n`;
}

async function nearest(
  network: RoadNetwork,
  points: readonly NamedPoint[],
  _departS: number,
  json: boolean,
): Promise<string> {
  const snaps = await network.nearest(points, "bus", 5000);
  if (json) return JSON.stringify(snaps.map((snap, i) => ({ id: points[i].id, ...(snap ?? { distanceM: null }) })));
  const lines = snaps.map((snap, i) =>
    snap
      ? `${points[i].id},${snap.lat},${snap.lon},${snap.distanceM.toFixed(1)},"${snap.street.replaceAll('"', '""')}",${snap.roadClass}`
      : `${points[i].id},,,,,`,
  );
  return `id,lat,lon,distance_m,street,road_class\n${lines.join("\n")}\n`;
}
