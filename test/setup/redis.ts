import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { freePort, reasonOf, unpackedPackages, withLibraries } from "./debian.ts";

const run = promisify(execFile);

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
  try {
    const home = await unpackedPackages("redis", ["redis-server", "redis-tools"]);
    const server = { path: join(home, "usr/bin/redis-server"), env: await withLibraries(home) };
    await run(server.path, ["--version"], { env: server.env });
    return server;
  } catch (error) {
    return { reason: `no redis-server on the PATH, and none could be had from Debian's packages: ${reasonOf(error)}` };
  }
}

export interface RunningRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server on this or a free port of the loopback, its data in a temporary folder; gone after `stop`. */
export async function startRedis(
  server: RedisServer | { readonly reason: string },
  on?: number,
): Promise<RunningRedis> {
  if ("reason" in server) throw new Error(server.reason);
  const dir = await mkdtemp(join(tmpdir(), "trivium-redis-"));
  const port = on ?? (await freePort());
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
