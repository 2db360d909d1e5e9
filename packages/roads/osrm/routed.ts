import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RoadError } from "@trivium/model";
import type { OsrmExecutables } from "./executables.ts";

/** A server that runs beside this process, on a free port of the loopback. */
export interface RunningOsrm {
  readonly url: string;
  readonly pid: number;
  /** Ends it and waits until it is gone; a second call does nothing. */
  stop(): Promise<void>;
}

const START_MS = 60_000;
const GRACE_MS = 5_000;
/** Of a table: sources and targets together. */
const TABLE_SIZE = 200_000;

/**
 * The shell becomes the server (`exec`, so their process id is one); beside it a `cat` waits at the pipe that this process holds. When the pipe closes,
 * because this process stopped the server, ended or was killed, the server is told to end: none is left behind.
 */
const WATCHED = 'exec 3<&0; (cat <&3 >/dev/null; kill $$ 2>/dev/null) & exec 3<&-; exec "$@" </dev/null';

/**
 * Starts osrm-routed on a prepared dataset and waits until it answers.
 *
 * @param data path as `customizeBand` gives it
 * @throws RoadError osrm-start when it ends or does not answer
 */
export async function startRouted(osrm: OsrmExecutables, data: string, signal?: AbortSignal): Promise<RunningOsrm> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await started(osrm, data, await freePort(), signal);
    } catch (cause) {
      // Between finding a free port and taking it another process may have been quicker.
      if (!(cause instanceof RoadError && /Address already in use/.test(cause.message)) || attempt >= 3) throw cause;
    }
  }
}

async function started(osrm: OsrmExecutables, data: string, port: number, signal?: AbortSignal): Promise<RunningOsrm> {
  const options = [
    "--algorithm",
    "mld",
    "--ip",
    "127.0.0.1",
    "--port",
    String(port),
    "--mmap",
    "--verbosity",
    "WARNING",
  ];
  const limits = ["--max-table-size", String(TABLE_SIZE), "--max-viaroute-size", "5000"];
  const child = spawn("sh", ["-c", WATCHED, "sh", join(osrm.dir, "osrm-routed"), ...options, ...limits, data], {
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C in a terminal reaches a whole process group: it is this process that decides when the server ends.
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => {
      said = (said + text.toString()).slice(-2000);
    });
  }
  child.stdin.on("error", () => {});
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, killed) => resolve(`ended with ${code ?? killed}`));
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopped(child, ended);
  const health = new AbortController();
  try {
    const failure = await Promise.race([
      answers(url, health.signal),
      ended,
      sleep(START_MS, "did not answer in time", { signal: health.signal, ref: false }),
    ]);
    signal?.throwIfAborted();
    if (failure !== undefined) throw notStarted(data, failure, said);
  } catch (cause) {
    await stop();
    throw cause;
  } finally {
    health.abort();
  }
  // A server that runs holds no process back from ending.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref(): void }).unref();
  return { url, pid: child.pid!, stop };
}

/** Until the server answers anything at all: nothing lies at 0,0, but its refusal is OSRM's. */
async function answers(url: string, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    const response = await fetch(`${url}/nearest/v1/driving/0,0`, { signal }).catch(() => null);
    if (response !== null) {
      await response.arrayBuffer();
      return;
    }
    await sleep(20, undefined, { signal }).catch(() => {});
  }
}

async function stopped(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  child.kill("SIGTERM");
  child.stdin?.end();
  const last = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(last);
}

function notStarted(data: string, failure: string, said: string): RoadError {
  const last = said.trim().split("\n").slice(-3).join(" ");
  return new RoadError(
    "osrm-start",
    `osrm-routed ${failure} on ${data}: ${last}. Maybe the data are of another version of OSRM? Delete them, they are made again.`,
    { path: data, values: { failure } },
  );
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
