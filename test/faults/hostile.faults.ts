import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrivium, type TriviumProcess } from "../setup/trivium.ts";
import { type Hammered, hammer } from "./hammer.ts";
import { malformedCall, mutatedDistrict, seeded } from "./hostile-input.ts";
import { jsonPaths } from "./json-paths.ts";
import { tried } from "./long.ts";
import { say } from "./trials.ts";

/** Against a server of its own: 0 crashes, 0 5xx, no call over 5 s, memory flat. Timings count on a quiet machine only. */
const CALLS = Number(process.env.FAULTS_CALLS ?? 10_000);
const HANG_MS = 5000;
/** From a tenth of the way to the end, the process may grow by this much. */
const GROWTH_MAX_MB = 150;
/** Of each operation. */
const EXAMPLES = Number(process.env.FAULTS_EXAMPLES ?? 100);
const VENV = fileURLToPath(new URL("../../.cache/schemathesis/", import.meta.url));
const run = promisify(execFile);

let home: string;
let server: TriviumProcess;
let url: string;
let authorization: Record<string, string>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "trivium-hostile-"));
  server = startTrivium(["serve", "--port", "0"], { TRIVIUM_HOME: home, REDIS_URL: "", DATABASE_URL: "" });
  [, url] = await server.said(/serving (http:\S+)/);
  const body = JSON.stringify({ label: "hostile", roles: ["viewer", "planner", "approver", "admin"] });
  const made = await fetch(`${url}/v1/keys`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  authorization = { Authorization: `Bearer ${(await made.json()).token}` };
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(home, { recursive: true, force: true });
});

/** A refused body is not read to its end, and its connection closes after the answer: a call just put on it is made anew, once. */
async function called(path: string, init: RequestInit): Promise<number> {
  const call = () => fetch(`${url}${path}`, init);
  const answer = await call().catch((error) => {
    if (!["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].includes(error.cause?.code)) throw error;
    return call();
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function residentMb(): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: authorization })).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1024 / 1024;
}

interface Withstood extends Hammered {
  /** By how much the process grew after the first tenth. */
  readonly grownMb: number;
  readonly ready: boolean;
}
const unharmed = ({ failed, slowestMs, grownMb, ready }: Withstood): boolean =>
  failed.length === 0 && slowestMs < HANG_MS && grownMb < GROWTH_MAX_MB && ready;

async function withstood(what: string, call: () => Promise<number>): Promise<Withstood> {
  let made = 0;
  const counted = () => {
    if (++made % 500 === 0) say(`${what}: ${made} of ${CALLS}`);
    return call();
  };
  const warm = await hammer(CALLS / 10, 8, counted);
  const before = await residentMb();
  const rest = await hammer(CALLS - CALLS / 10, 8, counted);
  const statuses = { ...warm.statuses };
  for (const [status, count] of Object.entries(rest.statuses))
    statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
  return {
    calls: CALLS,
    failed: [...warm.failed, ...rest.failed],
    slowestMs: Math.max(warm.slowestMs, rest.slowestMs),
    statuses,
    grownMb: (await residentMb()) - before,
    ready: (await fetch(`${url}/readyz`)).status === 200,
  };
}

/** How long the slowest took is the bench's to say. */
function expectUnharmed(outcome: Withstood): void {
  console.log({ ...outcome, failed: outcome.failed.slice(0, 5) });
  expect(outcome).toMatchObject({ failed: [], ready: true });
  expect(outcome.grownMb).toBeLessThan(GROWTH_MAX_MB);
}

test(`${CALLS} malformed bodies`, { timeout: 3_600_000 }, async () => {
  const random = seeded(1);
  const paths = jsonPaths(await (await fetch(`${url}/openapi.json`)).json());
  // Who may come in is another test's.
  const open = paths.filter(({ path }) => !/keys|accounts|session/.test(path));
  const call = async () => {
    const { method, path, headers, body } = malformedCall(random, open);
    return called(path, { method, headers: { ...headers, ...authorization }, body });
  };
  expectUnharmed(await tried("malformed-bodies", () => withstood("malformed bodies", call), unharmed));
});

test(`${CALLS} mutated districts`, { timeout: 3_600_000 }, async () => {
  const random = seeded(2);
  const headers = { ...authorization, "Content-Type": "application/zip" };
  const call = async () => called("/v1/checks", { method: "POST", headers, body: mutatedDistrict(random) });
  expectUnharmed(await tried("mutated-districts", () => withstood("mutated districts", call), unharmed));
});

const OPERATIONS = /^\/v1\/(keys|accounts|session|demo)|events$/;

/** Each path of the document is a trial of its own. */
test("schemathesis, by the document alone", { timeout: 3_600_000 }, async () => {
  const program = join(VENV, "bin/schemathesis");
  if (!existsSync(program)) {
    await run("python3", ["-m", "venv", VENV]);
    await run(join(VENV, "bin/pip"), ["install", "--quiet", "schemathesis==4.32.5"]);
  }
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
  const tries = Object.keys(paths).filter((path) => !OPERATIONS.test(path));
  for (const path of tries) {
    const name = `schemathesis${path.replaceAll(/[^a-z0-9]+/gi, "-")}`;
    const outcome = await tried(
      name,
      () => schemathesis(program, path),
      ({ failures }) => failures === 0,
    );
    expect(outcome.failures, outcome.said).toBe(0);
  }
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

interface Tried {
  readonly examples: number;
  readonly operations: number;
  readonly failures: number;
  /** The end of what it said, where it found something. */
  readonly said: string;
}

async function schemathesis(program: string, path: string): Promise<Tried> {
  const args = [
    "run",
    `${url}/openapi.json`,
    "--include-path",
    path,
    "--checks",
    "not_a_server_error",
    "--max-examples",
    String(EXAMPLES),
    "--seed",
    "1",
    "--request-timeout",
    "60",
    "--header",
    `Authorization: ${authorization.Authorization}`,
  ];
  const { stdout, failed } = await run(program, args, { cwd: home, maxBuffer: 1 << 28 }).then(
    ({ stdout }) => ({ stdout, failed: false }),
    (error) => ({ stdout: String(error.stdout || error.message), failed: true }),
  );
  const [, selected, total] = /Operations:\s+(\d+) selected \/ (\d+) total/.exec(stdout) ?? [];
  const [, examples] = /(\d+) generated/.exec(stdout) ?? [];
  return {
    examples: Number(examples ?? Number.NaN),
    operations: Number(selected ?? total ?? Number.NaN),
    failures: failed ? 1 : 0,
    said: failed ? stdout.slice(-4000) : "",
  };
}
