import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";

/** One row of the results: what was measured on which instance, what came out, what was wanted. */
export interface Measurement {
  readonly what: string;
  readonly instance: string;
  /** Figures in the order in which they are to be read, with their units in the text. */
  readonly result: string;
  readonly goal: string;
  readonly met: boolean;
}

/** When and where something was measured. */
export interface Measured {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  /** Others used the machine at the same time. */
  readonly shared?: boolean;
}

/** A measurement with where it comes from. */
export interface Recorded extends Measurement, Measured {
  readonly area: string;
  readonly command: string;
}

/** What an area yields: a measurement, with when and where if that was not just now, or why there is none. */
export type Row =
  | (Measurement & Partial<Measured>)
  | { readonly what: string; readonly instance: string; readonly skipped: string };

/** An area of the bench: measures one row after the other; a row that needs absent data says so instead. */
export interface BenchArea {
  readonly name: string;
  rows(say: (text: string) => void): AsyncGenerator<Row>;
}

export const machine = (): string => {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
};

/** The commit measured, with a + where the working tree differed from it. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+");
}
