import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RoadError } from "@trivium/model";
import type { Conditions } from "../conditions/conditions.ts";
import type { RoadMap } from "../map/road-map.ts";
import { PROFILE } from "../profile.ts";
import type { OsrmExecutables, OsrmProgram } from "./executables.ts";
import { busProfileLua } from "./profile-lua.ts";
import { segmentSpeeds, shapeNodes, turnPenalties } from "./speed-files.ts";

/** Counts up whenever what is handed to OSRM's programs changes. */
const FORMAT = 1;
const NAME = "map.osrm";
/** What customizing changes in place. */
const OWN = ["geometry", "turn_weight_penalties", "turn_duration_penalties", "enw"].map((each) => `${NAME}.${each}`);

/** Files that describe a time band and are written into the folder of each. */
const SPEEDS = "speeds.csv";
const TURNS = "turns.csv";

export interface PrepareOsrmOptions {
  readonly cacheDir: string;
  readonly signal?: AbortSignal;
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Strongly connected parts of fewer nodes are "small" to OSRM's snapping; the default is OSRM's own. */
  readonly smallComponent?: number;
}

/** An extract that OSRM has read and cut into cells, to be customized for time bands. */
export interface OsrmBase {
  readonly dir: string;
  readonly mapPath: string;
  readonly map: RoadMap;
}

/** What a prepared OSRM says of itself (`data_version` in every answer): map and profile. */
export const dataVersionOf = (mapHash: string): string => `${PROFILE}-${mapHash.slice(0, 24)}`;

/**
 * Reads an extract with the bus profile and cuts it into cells (multi-level Dijkstra), once for each map, profile and version of OSRM.
 *
 * @throws RoadError osrm-prepare with the last words of the program that failed
 */
export async function prepareBase(
  mapPath: string,
  map: RoadMap,
  osrm: OsrmExecutables,
  options: PrepareOsrmOptions,
): Promise<OsrmBase> {
  const profile = busProfileLua();
  const key = hashOf(profile, osrm.version, String(options.smallComponent ?? ""), String(FORMAT));
  const dir = join(options.cacheDir, `osrm-${map.mapHash.slice(0, 24)}-${key}`);
  if (!existsSync(dir)) {
    await whole(dir, async (beside) => {
      await writeFile(join(beside, "bus.lua"), profile);
      const small = options.smallComponent === undefined ? [] : ["--small-component-size", `${options.smallComponent}`];
      const base = join(beside, NAME);
      const version = ["-d", dataVersionOf(map.mapHash), "-o", base];
      await osrmRun(osrm, "osrm-extract", ["-p", join(beside, "bus.lua"), ...version, ...small, mapPath], options);
      options.onProgress?.(0.6);
      await osrmRun(osrm, "osrm-partition", [base], options);
    });
  }
  options.onProgress?.(1);
  return { dir, mapPath, map };
}

/**
 * Customizes a prepared map for a time band: speed factors and closures as segment speeds, turns at the embedded engine's costs. Kept by
 * what it is made of, so that equal bands share one dataset. @returns the path that osrm-routed is given
 */
export async function customizeBand(
  { dir, mapPath, map }: OsrmBase,
  conditions: Conditions,
  band: number,
  osrm: OsrmExecutables,
  options: Pick<PrepareOsrmOptions, "signal"> = {},
): Promise<string> {
  const nodes = await shapeNodes(mapPath, options);
  const speeds = segmentSpeeds(map, nodes, conditions, band);
  const turns = turnPenalties(map.bus, nodes);
  const home = join(dir, `band-${hashOf(speeds, turns)}`);
  if (existsSync(home)) return join(home, NAME);
  await whole(home, async (beside) => {
    // osrm-customize writes new speeds and turns into the files that it reads: those are this band's own, the rest is shared.
    for (const name of (await readdir(dir)).filter((each) => each.startsWith(NAME))) {
      if (OWN.includes(name)) await copyFile(join(dir, name), join(beside, name));
      else await symlink(join("..", name), join(beside, name));
    }
    const [speedFile, turnFile] = [join(beside, SPEEDS), join(beside, TURNS)];
    await writeFile(speedFile, speeds);
    await writeFile(turnFile, turns);
    const files = [...(speeds === "" ? [] : ["--segment-speed-file", speedFile]), "--turn-penalty-file", turnFile];
    await osrmRun(osrm, "osrm-customize", [...files, join(beside, NAME)], options);
  });
  return join(home, NAME);
}

/** Fills a folder beside and renames it, so that it is whole or not there. */
async function whole(dir: string, fill: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${dir}.${process.pid}-${randomUUID().slice(0, 8)}`;
  await mkdir(beside, { recursive: true });
  try {
    await fill(beside);
    await rename(beside, dir).catch((cause) => {
      if (!existsSync(dir)) throw cause;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

const hashOf = (...parts: string[]): string => createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);

function osrmRun(
  osrm: OsrmExecutables,
  program: OsrmProgram,
  args: readonly string[],
  { signal }: { readonly signal?: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(osrm.dir, program), args, { stdio: ["ignore", "pipe", "pipe"], signal });
    let said = "";
    const listen = (text: Buffer) => {
      said = (said + text.toString()).slice(-2000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("error", reject);
    child.once("exit", (code, killed) => {
      if (code === 0) return resolve();
      const last = said.trim().split("\n").slice(-3).join(" ");
      reject(
        new RoadError(
          "osrm-prepare",
          `${program} ended with ${code ?? killed}: ${last}. Maybe the map is damaged, or memory or disk ran out?`,
          { values: { program, code, killed } },
        ),
      );
    });
  });
}
