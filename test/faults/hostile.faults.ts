import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrivium, type TriviumProcess } from "../setup/trivium.ts";
import { hammer } from "./hammer.ts";
import { malformedCall, mutatedDistrict, seeded } from "./hostile-input.ts";
import { jsonPaths } from "./json-paths.ts";

/** Against a server of its own: 0 crashes, 0 5xx, no call over 5 s, memory flat. Timings count on a quiet machine only. */
const CALLS = Number(process.env.FAULTS_CALLS ?? 10_000);
const HANG_MS = 5000;
/** From a tenth of the way to the end, the process may grow by this much. */
const GROWTH_MAX_MB = 150;
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

async function withstands(call: () => Promise<number>): Promise<void> {
  const warm = await hammer(CALLS / 10, 8, call);
  const before = await residentMb();
  const hammered = await hammer(CALLS - CALLS / 10, 8, call);
  const after = await residentMb();
  console.log({ ...hammered, failed: hammered.failed.length, before, after });
  expect([...warm.failed, ...hammered.failed]).toEqual([]);
  expect(hammered.slowestMs).toBeLessThan(HANG_MS);
  expect(after - before).toBeLessThan(GROWTH_MAX_MB);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
}

test(`${CALLS} malformed bodies`, { timeout: 3_600_000 }, async () => {
  const random = seeded(1);
  const paths = jsonPaths(await (await fetch(`${url}/openapi.json`)).json());
  // Who may come in is another test's.
  const open = paths.filter(({ path }) => !/keys|accounts|session/.test(path));
  await withstands(async () => {
    const { method, path, headers, body } = malformedCall(random, open);
    return called(path, { method, headers: { ...headers, ...authorization }, body });
  });
});

test(`${CALLS} mutated districts`, { timeout: 3_600_000 }, async () => {
  const random = seeded(2);
  await withstands(async () => {
    const headers = { ...authorization, "Content-Type": "application/zip" };
    return called("/v1/checks", { method: "POST", headers, body: mutatedDistrict(random) });
  });
});

test("schemathesis, by the document alone", { timeout: 3_600_000 }, async () => {
  const program = join(VENV, "bin/schemathesis");
  if (!existsSync(program)) {
    await run("python3", ["-m", "venv", VENV]);
    await run(join(VENV, "bin/pip"), ["install", "--quiet", "schemathesis==4.32.5"]);
  }
  const examples = process.env.FAULTS_EXAMPLES ?? "50";
  const leftOut = ["--exclude-path-regex", "/v1/(keys|accounts|session|demo)|events$"];
  const args = [
    "run",
    `${url}/openapi.json`,
    "--checks",
    "not_a_server_error",
    "--max-examples",
    examples,
    "--seed",
    "1",
    "--request-timeout",
    "30",
    "--header",
    `Authorization: ${authorization.Authorization}`,
    ...leftOut,
  ];
  const { stdout } = await run(program, args, { cwd: home, maxBuffer: 1 << 28 }).catch((error) => {
    throw new Error(String(error.stdout).slice(-6000) || error.message);
  });
  console.log(stdout.slice(-1500));
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
