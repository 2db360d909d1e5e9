import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openStore } from "../index.ts";

/** Starts the writer, kills it without warning once it acknowledged `lines` writes, and returns what it acknowledged. */
async function killedAfter(lines: number, dir: string): Promise<string[]> {
  const writer = spawn(process.execPath, [fileURLToPath(new URL("./writer.ts", import.meta.url)), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  for await (const line of createInterface(writer.stdout)) {
    said.push(line);
    if (said.length === lines) writer.kill("SIGKILL");
  }
  return said;
}

test("a process killed in the middle of writing loses nothing that it acknowledged", async () => {
  const dir = await mkdtemp(join(tmpdir(), "trivium-crash-"));
  const said: string[] = [];
  for (const lines of [3, 40, 111]) said.push(...(await killedAfter(lines, dir)));
  const store = await openStore(dir);
  for (const line of said) {
    const [jobId, attempt] = line.split(" ");
    const job = await store.jobs.get(jobId);
    expect(job?.attempt).toBeGreaterThanOrEqual(Number(attempt ?? 0));
    const events = await store.jobs.events(jobId, 0);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.length).toBe((job?.attempt ?? 0) + 1);
  }
  await store.close();
  const database = new DatabaseSync(join(dir, "trivium.db"));
  expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
  await rm(dir, { recursive: true });
});
