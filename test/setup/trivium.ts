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
  /** What it said until it said `text`. */
  said(text: RegExp): Promise<RegExpExecArray>;
}

export function startTrivium(args: readonly string[], env: Readonly<Record<string, string>>): TriviumProcess {
  const child = spawn(process.execPath, [join(root, "packages/cli/trivium.mjs"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let heard = "";
  child.stderr.on("data", (text: Buffer) => {
    heard += text.toString();
  });
  return { kill: () => killed(child), said: (text) => saidBy(child, text, () => heard) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await ended;
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
export function zippedDistrict(folder: string): Uint8Array<ArrayBuffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return zipOf(
    Object.fromEntries(
      paths.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path).split(sep).join("/"), readFileSync(path)];
      }),
    ),
  );
}
