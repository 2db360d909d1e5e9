import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unpackedPackages, withLibraries } from "../../../test/setup/debian.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
const scripts = join(root, "bench/peers/facilities");
const python = join(root, ".cache/peers-facilities/bin/python");

/** A statistics package that fits the same lives: its name with version, and what it measures. */
export interface StatisticsPeer {
  readonly name: string;
  fit(livesCsv: string, entry: boolean, repeats: number): Promise<Readonly<Record<string, number>>>;
}

/** lifelines and scikit-survival, pinned, in an environment of their own in `.cache/`; installed when it is not there. */
export async function pythonPeer(): Promise<StatisticsPeer> {
  if (!existsSync(python)) {
    await run("python3", ["-m", "venv", join(root, ".cache/peers-facilities")]);
    await run(python, ["-m", "pip", "install", "--quiet", "-r", join(scripts, "requirements.txt")]);
  }
  return {
    name: "lifelines-0.30.3-scikit-survival-0.28.0",
    async fit(livesCsv, entry, repeats) {
      const script = join(scripts, "fit.py");
      const { stdout } = await run(python, [script, livesCsv, entry ? "entry" : "none", String(repeats)]);
      return JSON.parse(stdout);
    },
  };
}

/** R's survival from the PATH, else from Debian's packages unpacked into `.cache/`. */
export async function rPeer(): Promise<StatisticsPeer> {
  const { command, env } = await findR();
  const call = async (...args: string[]) => (await run(command, ["--slave", "--no-save", ...args], { env })).stdout;
  const version = await call("-e", 'cat(as.character(packageVersion("survival")))');
  return {
    name: `r-survival-${version.trim()}`,
    fit: async (livesCsv, entry) =>
      JSON.parse(await call("-f", join(scripts, "fit.R"), "--args", livesCsv, entry ? "entry" : "none")),
  };
}

async function findR(): Promise<{ command: string; env: NodeJS.ProcessEnv }> {
  for (const dir of (process.env.PATH ?? "").split(delimiter))
    if (dir !== "" && existsSync(join(dir, "R"))) return { command: join(dir, "R"), env: process.env };
  const home = await unpackedPackages("r-survival", [
    "r-base-core",
    "r-cran-survival",
    "r-cran-lattice",
    "r-cran-matrix",
  ]);
  const rHome = join(home, "usr/lib/R");
  const env = await withLibraries(home);
  const libraries = [
    join(rHome, "lib"),
    join(home, "usr/lib/x86_64-linux-gnu/blas"),
    join(home, "usr/lib/x86_64-linux-gnu/lapack"),
  ];
  return {
    command: join(rHome, "bin/exec/R"),
    env: {
      ...env,
      R_HOME: rHome,
      R_SHARE_DIR: join(home, "usr/share/R/share"),
      LD_LIBRARY_PATH: [...libraries, env.LD_LIBRARY_PATH].join(":"),
    },
  };
}
