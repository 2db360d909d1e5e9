import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort, reasonOf, unpackedPackages, withLibraries } from "./debian.ts";

const run = promisify(execFile);
/** Postgres refuses to run as root: `nobody` of Debian and its kin. */
const NOBODY = { uid: 65534, gid: 65534 };

/** A Postgres installation: the folder of `initdb` and `postgres`, and the environment to start them with. */
export interface PostgresServer {
  readonly bin: string;
  readonly env: NodeJS.ProcessEnv;
  /** The unpacked packages, where it is not the machine's own. */
  readonly home?: string;
}

/**
 * A real Postgres: from the PATH or /usr/lib/postgresql, else brought into the checkout's `.cache/` from Debian's packages;
 * else the reason why there is none.
 */
export async function postgresServer(): Promise<PostgresServer | { readonly reason: string }> {
  const places = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...installed("/usr/lib/postgresql")];
  const bin = places.find((dir) => existsSync(join(dir, "postgres")) && existsSync(join(dir, "initdb")));
  if (bin !== undefined) return { bin: dirname(realpathSync(join(bin, "postgres"))), env: process.env };
  try {
    const home = await unpackedPackages("postgres", ["postgresql"]);
    const [own] = installed(join(home, "usr/lib/postgresql"));
    if (own === undefined) throw new Error("the packages hold no server");
    const server = { bin: own, env: await withLibraries(home), home };
    await run(join(own, "postgres"), ["--version"], { env: server.env });
    return server;
  } catch (error) {
    return { reason: `no postgres on the PATH, and none could be had from Debian's packages: ${reasonOf(error)}` };
  }
}

export interface RunningPostgres {
  /** A new, empty database of this server. */
  database(): Promise<string>;
  /** Stops the server as a machine's shutdown would, and starts it again on the same port and data; the time between is `downMs`. */
  restart(downMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a free port of the loopback, its data in a temporary folder; gone after `stop`. */
export async function startPostgres(server: PostgresServer | { readonly reason: string }): Promise<RunningPostgres> {
  if ("reason" in server) throw new Error(server.reason);
  const dir = await mkdtemp(join(tmpdir(), "trivium-postgres-"));
  const who = process.getuid?.() === 0 ? NOBODY : {};
  if ("uid" in who) await chown(dir, NOBODY.uid, NOBODY.gid);
  const { bin, env } = "uid" in who ? await reachable(server, dir) : server;
  const data = join(dir, "data");
  const options = { ...who, env: { ...env, TZ: "UTC", HOME: dir }, cwd: dir };
  const init = ["-D", data, "-U", "trivium", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await run(join(bin, "initdb"), init, options);
  const port = await freePort();
  const settings = { port, listen_addresses: "127.0.0.1", unix_socket_directories: dir, max_connections: 200 };
  const args = ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const start = () => started(spawn(join(bin, "postgres"), args, { ...options, stdio: ["ignore", "ignore", "pipe"] }));
  let child = await start();
  let databases = 0;
  return {
    async database() {
      const name = `trivium_${++databases}`;
      const at = ["-h", "127.0.0.1", "-p", String(port), "-U", "trivium"];
      await run(join(bin, "createdb"), [...at, name], options);
      return `postgres://trivium@127.0.0.1:${port}/${name}`;
    },
    async restart(downMs = 0) {
      await stopped(child, "SIGINT");
      await new Promise((resolve) => setTimeout(resolve, downMs));
      child = await start();
    },
    async stop() {
      await stopped(child, "SIGQUIT");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const installed = (root: string): string[] =>
  existsSync(root)
    ? readdirSync(root)
        .sort()
        .reverse()
        .map((version) => join(root, version, "bin"))
    : [];

/** A copy of unpacked packages where `nobody` may not come to them, as in a home of root's. */
async function reachable(server: PostgresServer, dir: string): Promise<PostgresServer> {
  const { home } = server;
  if (home === undefined || mayPass(home)) return server;
  const copy = join(dir, "packages");
  await mkdir(copy);
  await cp(home, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  return { bin: copy + server.bin.slice(home.length), env: await withLibraries(copy) };
}

const mayPass = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || mayPass(dirname(path)));

async function started(child: ChildProcess): Promise<ChildProcess> {
  let heard = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on("data", (text: Buffer) => {
      heard = (heard + text.toString()).slice(-4000);
      if (heard.includes("ready to accept connections")) resolve();
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`postgres ended with ${code}: ${heard}`)));
  });
  return child;
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  await ended;
}
