import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));
/** Libraries that every machine has, or that a server for tests does without. */
const NEEDLESS = /^lib(c6|c-bin|c-l10n|llvm|perl|z3|elogind|debian-installer|pam-modules)|-(perl|common|db)$/;

/**
 * The folder in the checkout's `.cache/` that holds Debian packages and the libraries they need, unpacked without installing them
 * (which needs no root); downloaded when it is not there, whole or not at all.
 * @param packages names; one that stands for another (postgresql → postgresql-15) brings that too
 */
export async function unpackedPackages(name: string, packages: readonly string[]): Promise<string> {
  const home = join(CACHE, name);
  if (existsSync(home)) return home;
  await mkdir(CACHE, { recursive: true });
  const dir = await mkdtemp(join(CACHE, `${name}-`));
  const archives = join(dir, "packages");
  const unpacked = join(dir, "unpacked");
  await mkdir(archives);
  await mkdir(unpacked);
  try {
    await download(archives, packages, []).catch(() => downloadAfterUpdate(dir, archives, packages));
    for (const file of await readdir(archives)) {
      if (file.endsWith(".deb")) await run("dpkg-deb", ["-x", join(archives, file), unpacked]);
    }
    await rename(unpacked, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
    return home;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The packages must come; of their libraries those that can be had, all at one go where every one can. */
async function download(dir: string, packages: readonly string[], options: readonly string[]): Promise<void> {
  const { stdout } = await run("apt-cache", [...options, "depends", "--important", "--recurse", ...packages]);
  const named = stdout
    .split("\n")
    .filter((line) => /^[a-z]/.test(line) && (packages.includes(line) || !NEEDLESS.test(line)));
  const wanted = named.filter((name) => packages.some((each) => name === each || name.startsWith(`${each}-`)));
  const libraries = named.filter((name) => name.startsWith("lib"));
  const get = (...names: string[]) =>
    run("apt-get", [...options, "download", ...names], { cwd: dir, timeout: 120_000 }).then(() => {});
  try {
    await get(...wanted, ...libraries);
  } catch {
    await get(...wanted);
    for (const name of libraries) await get(name).catch(() => {});
  }
}

/** Where the machine's package lists are empty: fetches lists of our own, which needs no root. */
async function downloadAfterUpdate(dir: string, archives: string, packages: readonly string[]): Promise<void> {
  const lists = join(dir, "lists");
  const cache = join(dir, "archives");
  await mkdir(join(lists, "partial"), { recursive: true });
  await mkdir(join(cache, "archives/partial"), { recursive: true });
  const options = ["-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${cache}`];
  await run("apt-get", [...options, "update"], { timeout: 120_000 });
  await download(archives, packages, options);
}

/** An environment with the unpacked libraries behind those that the machine has: only what is missing is taken from here. */
export async function withLibraries(home: string): Promise<NodeJS.ProcessEnv> {
  const found: string[] = [];
  for (const root of ["usr/lib", "lib"]) {
    const names = existsSync(join(home, root)) ? await readdir(join(home, root)) : [];
    found.push(...names.filter((name) => name.endsWith("-linux-gnu")).map((name) => join(home, root, name)));
  }
  const machine = found.map((dir) => dir.slice(home.length));
  const libraries = [process.env.LD_LIBRARY_PATH, ...machine, ...found].filter(Boolean).join(":");
  return { ...process.env, LD_LIBRARY_PATH: libraries };
}

/** The first line of what went wrong. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
