import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { RoadError } from "@trivium/model";
import { unzipSync } from "fflate";
import { fetchWheel, WHEEL_VERSION } from "./wheel.ts";

const run = promisify(execFile);

/** OSRM's own programs, of which these four are used. */
const PROGRAMS = ["osrm-extract", "osrm-partition", "osrm-customize", "osrm-routed"] as const;
export type OsrmProgram = (typeof PROGRAMS)[number];

export interface OsrmExecutables {
  /** Folder that holds the programs. */
  readonly dir: string;
  /** As `osrm-routed --version` says it: v26.10.0. */
  readonly version: string;
}

export interface ExecutablesOptions {
  /** Folder named by the operator (`OSRM_BIN`): it alone is looked at. */
  readonly bin?: string;
  /** Folders to look at, as the variable PATH has them. */
  readonly path?: string;
  /** Where programs that had to be fetched are kept. */
  readonly cacheDir: string;
  readonly signal?: AbortSignal;
}

/**
 * OSRM's programs: from the folder that the operator names, else from the PATH, else fetched once out of the `osrm-bindings` wheel (Linux and
 * macOS; no Python is needed to run them).
 *
 * @throws RoadError osrm-bin, osrm-platform, osrm-fetch, osrm-broken
 */
export async function osrmExecutables(options: ExecutablesOptions): Promise<OsrmExecutables> {
  if (options.bin !== undefined) {
    if (!holdsPrograms(options.bin)) {
      throw new RoadError(
        "osrm-bin",
        `OSRM_BIN names ${options.bin}, which does not hold ${PROGRAMS.join(", ")}. Maybe it is the folder above?`,
        { path: options.bin },
      );
    }
    return checked(options.bin);
  }
  const onPath = (options.path ?? "").split(delimiter).find((dir) => dir !== "" && holdsPrograms(dir));
  if (onPath !== undefined) return checked(onPath);
  const home = join(options.cacheDir, `osrm-${WHEEL_VERSION}`);
  if (!holdsPrograms(home)) await bring(home, options);
  return checked(home);
}

const holdsPrograms = (dir: string) => PROGRAMS.every((name) => existsSync(join(dir, name)));

async function checked(dir: string): Promise<OsrmExecutables> {
  try {
    const { stdout } = await run(join(dir, "osrm-routed"), ["--version"], { timeout: 20_000 });
    return { dir, version: stdout.trim() };
  } catch (cause) {
    throw new RoadError(
      "osrm-broken",
      `OSRM's programs in ${dir} do not run: ${String((cause as Error).message).split("\n")[0]}. Maybe they are of another platform, or a library is missing? The embedded engine needs none.`,
      { path: dir },
    );
  }
}

/** Unpacks the wheel beside and renames, so that the folder is whole or not there. */
async function bring(home: string, { signal }: ExecutablesOptions): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const beside = `${home}.${process.pid}-${randomUUID()}`;
  try {
    const files = unzipSync(await fetchWheel(beside, signal), { filter: ({ name }) => name.startsWith("osrm/bin/") });
    await mkdir(beside, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) {
      if (bytes.length === 0) continue;
      const program = join(beside, basename(name));
      await writeFile(program, bytes);
      await chmod(program, 0o755);
    }
    if (!holdsPrograms(beside)) {
      throw new RoadError(
        "osrm-fetch",
        `The osrm-bindings wheel does not hold ${PROGRAMS.join(", ")}. Maybe it was packed anew?`,
      );
    }
    await rename(beside, home).catch((cause) => {
      if (!holdsPrograms(home)) throw cause;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}
