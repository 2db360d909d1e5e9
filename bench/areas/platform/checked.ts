import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../../packages/cli/main.ts", import.meta.url));

export interface Checked {
  readonly exit: number;
  readonly seconds: number;
  /** Largest resident size of the process, the runtime's own 100 MB among it. */
  readonly peakMb: number;
}

/** `trivium check PATH` in a process of its own, with what it took. */
export function checked(path: string): Promise<Checked> {
  const script = `const { run } = await import(${JSON.stringify(main)});
    const begun = performance.now();
    const exit = await run(["check", ${JSON.stringify(path)}]);
    const seconds = (performance.now() - begun) / 1000;
    console.error("\\n" + JSON.stringify({ exit, seconds, peakMb: process.resourceUsage().maxRSS / 1024 }));`;
  const { promise, resolve, reject } = Promise.withResolvers<Checked>();
  const args = ["--input-type=module", "--eval", script];
  execFile(process.execPath, args, { maxBuffer: 1 << 28 }, (error, _stdout, stderr) => {
    const line = stderr.trim().split("\n").at(-1) ?? "";
    if (error || !line.startsWith("{")) reject(error ?? new Error(stderr));
    else resolve(JSON.parse(line));
  });
  return promise;
}
