import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { zipOf } from "../../packages/api/trial/trial.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A `trivium` process of its own, as an operator starts it. */
export interface TriviumProcess {
  /** Without warning, as a power cut would. */
  kill(): Promise<void>;
  /** As a service manager does; the exit code once it has ended. */
  stop(): Promise<number | null>;
  /** What it said until it said `text`. */
  said(text: RegExp): Promise<RegExpExecArray>;
}

/** @param home the checkout, or a folder that was built from one */
export function startTrivium(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  home = root,
): TriviumProcess {
  const child = spawn(process.execPath, [join(home, "packages/cli/trivium.mjs"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let heard = "";
  child.stderr.on("data", (text: Buffer) => {
    heard += text.toString();
  });
  return { kill: () => killed(child), stop: () => stopped(child), said: (text) => saidBy(child, text, () => heard) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await ended;
}

function stopped(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return ended;
}

async function saidBy(child: ChildProcess, text: RegExp, heard: () => string): Promise<RegExpExecArray> {
  for (;;) {
    const match = text.exec(heard());
    if (match) return match;
    if (child.exitCode !== null) throw new Error(`trivium ended with ${child.exitCode}: ${heard()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A district folder as the zip that a planner would upload. */
export function zippedDistrict(folder: string, only = /./): Uint8Array<ArrayBuffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = paths.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(folder, path).split(sep).join("/"), path] as const;
  });
  const wanted = named.filter(([name]) => only.test(name));
  return zipOf(Object.fromEntries(wanted.map(([name, path]) => [name, readFileSync(path)])));
}
