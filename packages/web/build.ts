import { execFile } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
/** Whose files are part of what is built; the packages they use are pinned exactly in package.json. */
const SOURCES = [here, join(here, "..", "client")];
const NOT_BUILT = /^(node_modules|built|.*\.test\.tsx?)$/;
const COMPRESSED = /\.(html|js|css|svg|json)$/;

/**
 * `node packages/web/build.ts [DIR]` builds beside the sources, for images and packages, or into a folder.
 *
 * The folder of the built pages: made when there is none for these sources yet, and kept. Beside the sources it is found too, where a
 * release brought it.
 * @param cacheDir where what can be made again is kept
 * @param say told before it begins to build, which takes some seconds
 */
export async function builtWeb(cacheDir: string, say: (text: string) => void): Promise<string> {
  const shipped = join(here, "built");
  if (existsSync(join(shipped, "index.html"))) return shipped;
  const home = join(cacheDir, `web-${sourcesHash().slice(0, 16)}`);
  if (existsSync(home)) return home;
  say("building the web pages (once) …");
  const started = performance.now();
  const partial = `${home}-${process.pid}`;
  try {
    // Apart: the pages are built for planners whatever this process was started for, and the builder's memory goes with it.
    await run(process.execPath, [fileURLToPath(import.meta.url), partial], {
      env: { ...process.env, NODE_ENV: "production" },
    });
    renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(home)) throw error;
  }
  say(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return home;
}

/** Builds the pages into a folder, each text file compressed beside itself. */
async function buildWeb(out: string): Promise<void> {
  const [{ build }, { default: config }] = await Promise.all([import("vite"), import("./vite.config.ts")]);
  await build({ ...config, configFile: false, logLevel: "warn", build: { ...config.build, outDir: out } });
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !COMPRESSED.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const folder of SOURCES) addFolder(hash, folder);
  return hash.digest("hex");
}

function addFolder(hash: Hash, folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (NOT_BUILT.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addFolder(hash, path);
    else hash.update(`${entry.name}\0`).update(readFileSync(path));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb(process.argv[2] ?? join(here, "built"));
