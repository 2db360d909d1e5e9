import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commit, type Measured, machine } from "../../bench/measurement.ts";

const folder = fileURLToPath(new URL("../../bench/results/trials/", import.meta.url));

/** What a long trial came to, and where and when it ran. */
export interface Trial<T> extends Measured {
  readonly outcome: T;
  readonly seconds: number;
}

/**
 * A long trial, run once: its outcome stays in a file of its own, so a series that was interrupted goes on where it was, and the bench's rows
 * are made of what the tests saw. A miss on a machine that others used too is tried again once it is quiet; else delete
 * `bench/results/trials/NAME.json` to run it again. One that throws leaves nothing.
 */
export async function trial<T>(
  name: string,
  run: () => Promise<T>,
  met: (outcome: T) => boolean = () => true,
): Promise<Trial<T>> {
  const path = join(folder, `${name}.json`);
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Trial<T>) : undefined;
  if (kept && (met(kept.outcome) || !kept.shared)) return told(name, kept);
  const shared = await othersAtWork();
  if (kept && shared) return told(name, kept);
  say(`${name}: begun${shared ? ", beside others' work" : ""}`);
  const beganMs = performance.now();
  const at = { date: new Date().toISOString().slice(0, 10), commit: commit(), machine: machine(), shared };
  const outcome = await run();
  const done = { outcome, ...at, seconds: Math.round((performance.now() - beganMs) / 1000) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.part`, `${JSON.stringify(done, null, 2)}\n`);
  renameSync(`${path}.part`, path);
  say(`${name}: done in ${done.seconds} s: ${met(outcome) ? "met" : "missed"}`);
  return done;
}

/** The trials kept whose names begin so. */
export const keptTrials = <T>(prefix: string): Trial<T>[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.startsWith(prefix) && name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Trial<T>);

function told<T>(name: string, kept: Trial<T>): Trial<T> {
  say(`${name}: kept from ${kept.date}, ${kept.commit}`);
  return kept;
}

/** Progress of what takes minutes, for whoever watches. */
export const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
};

const LOOK_MS = 2000;
/** Of the cores, what may be at work on a machine that is quiet. */
const QUIET_SHARE = 0.15;

/** Whether somebody else uses this machine: told before a trial has begun anything. */
async function othersAtWork(): Promise<boolean> {
  const times = () => {
    const all = cpus().map((cpu) => cpu.times);
    const idle = all.reduce((sum, each) => sum + each.idle, 0);
    return { idle, whole: all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle) };
  };
  const before = times();
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const after = times();
  return 1 - (after.idle - before.idle) / Math.max(1, after.whole - before.whole) > QUIET_SHARE;
}
