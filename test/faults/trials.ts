import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commit, machine } from "../../bench/measurement.ts";

const folder = fileURLToPath(new URL("../../bench/results/trials/", import.meta.url));

/** What a long trial came to, and where and when it ran. */
export interface Trial<T> {
  readonly outcome: T;
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  readonly seconds: number;
}

/**
 * A long trial, run once: its outcome stays in a file of its own, so a series that was interrupted goes on where it was, and the bench's rows
 * are made of what the tests saw. Delete `bench/results/trials/NAME.json` to run it again; one that throws leaves nothing.
 */
export async function trial<T>(name: string, run: () => Promise<T>): Promise<Trial<T>> {
  const path = join(folder, `${name}.json`);
  if (existsSync(path)) {
    const kept = JSON.parse(readFileSync(path, "utf8")) as Trial<T>;
    say(`${name}: kept from ${kept.date}, ${kept.commit}`);
    return kept;
  }
  say(`${name}: begun`);
  const beganMs = performance.now();
  const at = { date: new Date().toISOString().slice(0, 10), commit: commit(), machine: machine() };
  const outcome = await run();
  const done = { outcome, ...at, seconds: Math.round((performance.now() - beganMs) / 1000) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.part`, `${JSON.stringify(done, null, 2)}\n`);
  renameSync(`${path}.part`, path);
  say(`${name}: done in ${done.seconds} s`);
  return done;
}

/** Progress of what takes minutes, for whoever watches. */
export const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
};
