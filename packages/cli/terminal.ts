import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Progress } from "@trivium/model";
import cliProgress from "cli-progress";

/** Where a command speaks: results on stdout or a file, everything else on stderr. */
export interface Terminal {
  /** A result. */
  print(text: string): void;
  /** A message to the person at the terminal. */
  say(text: string): void;
  /** A bar that follows a solve; call the returned function with each progress, and `end` once. */
  progress(label: string): { update(progress: Progress): void; end(): void };
}

export function processTerminal(): Terminal {
  return {
    print: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    say: (text) => void process.stderr.write(`${text}\n`),
    progress: (label) => (process.stderr.isTTY ? bar(label) : lines(label)),
  };
}

const describe = ({ phase, best, best_label, bound }: Progress) =>
  `${phase}${best === null ? "" : ` · ${best_label} ${round(best)}${bound === null ? "" : ` (at best ${round(bound)})`}`}`;
const round = (value: number) =>
  value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

function bar(label: string) {
  const single = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage}% {text}`,
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
    },
    cliProgress.Presets.shades_classic,
  );
  single.start(1000, 0, { text: "" });
  return {
    update: (progress: Progress) => single.update(Math.round(progress.share * 1000), { text: describe(progress) }),
    end: () => single.stop(),
  };
}

/** Without a terminal (a log, CI): one line every tenth of the way. */
function lines(label: string) {
  let tenth = -1;
  return {
    update(progress: Progress) {
      const now = Math.floor(progress.share * 10);
      if (now <= tenth) return;
      tenth = now;
      process.stderr.write(`${label} ${String(now * 10).padStart(3)} % ${describe(progress)}\n`);
    },
    end() {},
  };
}

/** Writes a result where it was asked for: to a file, or to stdout. */
export function writeResult(terminal: Terminal, path: string | undefined, text: string): void {
  if (path === undefined) terminal.print(text);
  else writeWhole(path, text);
}

/** A file that is there whole or not at all. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, path);
}
