#!/usr/bin/env node
/**
 * The `trivium` command: runs main.ts on Node 24 — this Node when it is new enough, else the one that the packages brought into the checkout.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, "main.ts");

if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Code that was compiled once is found so by the next start and by every thread, which half the CPU time of a thread's start is for.
  process.env.NODE_COMPILE_CACHE ??= join(here, "..", "..", ".cache", "compiled");
  const { enableCompileCache } = await import("node:module");
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { run } = await import(main);
  process.exitCode = await run(process.argv.slice(2));
} else {
  const node = join(here, "..", "..", "node_modules", "node", "bin", "node");
  if (!existsSync(node)) {
    process.stderr.write(
      `trivium needs Node 24; this is ${process.version}. Maybe run npm start once, which brings it?\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [join(here, "trivium.mjs"), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {});
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}
