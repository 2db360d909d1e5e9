import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));
/** What a Redis server needs beyond the C library, on Debian and its kin; those that a release does not know are left out. */
const PACKAGES = ["redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1", "libssl3", "libsystemd0"];

/** An executable Redis server and the environment to start it with. */
export interface RedisServer {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A real Redis: from the PATH, else brought into the checkout's `.cache/` from Debian's packages; else the reason why there is none. */
export async function redisServer(): Promise<RedisServer | { readonly reason: string }> {
  for (const dir of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(dir, "redis-server");
    if (dir !== "" && existsSync(path)) return { path, env: process.env };
  }
  const home = join(CACHE, "redis");
  try {
    if (!existsSync(home)) await bring(home);
    const server = { path: join(home, "usr/bin/redis-server"), env: await withLibraries(home) };
    await run(server.path, ["--version"], { env: server.env });
    return server;
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { reason: `no redis-server on the PATH, and none could be had from Debian's packages: ${said}` };
  }
}

export interface RunningRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server on a free port of the loopback, its data in a temporary folder; gone after `stop`. */
export async function startRedis(server: RedisServer | { readonly reason: string }): Promise<RunningRedis> {
  if ("reason" in server) throw new Error(server.reason);
  const dir = await mkdtemp(join(tmpdir(), "trivium-redis-"));
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "no"];
  const child = spawn(server.path, options, { env: server.env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => text.toString().includes("Ready to accept connections") && resolve());
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Downloads and unpacks the packages without installing them; whole or not at all. */
async function bring(home: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const dir = await mkdtemp(join(CACHE, "redis-"));
  const packages = join(dir, "packages");
  const unpacked = join(dir, "unpacked");
  await mkdir(packages);
  await mkdir(unpacked);
  try {
    await download(packages, []).catch(() => downloadAfterUpdate(dir, packages));
    for (const name of await readdir(packages)) {
      if (name.endsWith(".deb")) await run("dpkg-deb", ["-x", join(packages, name), unpacked]);
    }
    if (!existsSync(join(unpacked, "usr/bin/redis-server"))) throw new Error("the packages hold no redis-server");
    await rename(unpacked, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function download(dir: string, options: readonly string[]): Promise<void> {
  for (const name of PACKAGES) {
    const download = run("apt-get", [...options, "download", name], { cwd: dir, timeout: 60_000 });
    await (name === "redis-server" || name === "redis-tools" ? download : download.catch(() => undefined));
  }
}

/** Where the machine's package lists are empty: fetches lists of our own, which needs no root. */
async function downloadAfterUpdate(dir: string, packages: string): Promise<void> {
  const lists = join(dir, "lists");
  const archives = join(dir, "archives");
  await mkdir(join(lists, "partial"), { recursive: true });
  await mkdir(join(archives, "archives/partial"), { recursive: true });
  const options = ["-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${archives}`];
  await run("apt-get", [...options, "update"], { timeout: 120_000 });
  await download(packages, options);
}

/** The unpacked libraries, behind those that the machine has: only what is missing is taken from here. */
async function withLibraries(home: string): Promise<NodeJS.ProcessEnv> {
  const found: string[] = [];
  for (const root of ["usr/lib", "lib"]) {
    const names = existsSync(join(home, root)) ? await readdir(join(home, root)) : [];
    found.push(...names.filter((name) => name.endsWith("-linux-gnu")).map((name) => join(home, root, name)));
  }
  const machine = found.map((dir) => dir.slice(home.length));
  const libraries = [process.env.LD_LIBRARY_PATH, ...machine, ...found].filter(Boolean).join(":");
  return { ...process.env, LD_LIBRARY_PATH: libraries };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
