import type { ParseArgsConfig } from "node:util";
import type { Terminal } from "./terminal.ts";

/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  invalidInput: 3,
  infeasible: 4,
  noPlan: 5,
  verificationFailed: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One option of a command: how it is read, and one line of help. */
interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly help: string;
  /** What stands for its value in the help: FILE, DIR, SECONDS. */
  readonly value?: string;
}

export type Options = Readonly<Record<string, Option>>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** One command of `trivium`, one file in commands/. */
export interface Command {
  readonly name: string;
  /** The grammar after the name: `scheduling|routing|facilities --data DIR …`. */
  readonly grammar: string;
  readonly summary: string;
  readonly options: Options;
  run(positionals: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode>;
}

/** Wrong usage: exit 2, with the command's grammar. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const parseConfig = (options: Options): NonNullable<ParseArgsConfig["options"]> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short ? { type, short } : { type }]),
  );

/** The text of an option that must be given. */
export function needed(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== "string" || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

export function optional(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** A number within bounds (inclusive), or undefined where the option was not given. */
export function numberOption(
  values: Values,
  name: string,
  min: number,
  max: number,
  whole = false,
): number | undefined {
  const text = optional(values, name);
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value)))
    throw new UsageError(`--${name} ${text}: expected a ${whole ? "whole " : ""}number from ${min} to ${max}`);
  return value;
}

export function oneOfOption<const V extends readonly string[]>(
  text: string | undefined,
  what: string,
  values: V,
): V[number] {
  if (text === undefined || !values.includes(text))
    throw new UsageError(`${what}: expected ${values.join(" | ")}, not ${text ?? "nothing"}`);
  return text;
}

export const JSON_OPTION = {
  json: { type: "boolean", help: "print the result as JSON on stdout" },
} as const satisfies Options;
export const OUT_OPTIONS = {
  out: { type: "string", value: "PATH", help: "where to write the result (default: stdout)" },
  output: { type: "string", value: "PATH", help: "the same as --out" },
} as const satisfies Options;
export const DATA_OPTIONS = {
  data: { type: "string", value: "DIR", help: "the district folder, or its zip" },
  roads: { type: "string", value: "FILE", help: "an .osm.pbf extract instead of the district's own" },
  mapping: { type: "string", value: "FILE", help: "column mapping for files with other names, delimiters or headers" },
} as const satisfies Options;
export const SOLVE_OPTIONS = {
  time: { type: "string", value: "SECONDS", help: "time limit" },
  iterations: { type: "string", value: "N", help: "iteration limit: the same plan on any machine" },
  seed: { type: "string", value: "N", help: "random seed (1)" },
  threads: { type: "string", value: "N", help: "threads of the solve (1)" },
} as const satisfies Options;

export const BASELINE_OPTION = {
  baseline: {
    type: "string",
    value: "FILE",
    help: "scheduling, routing: the published plan, which stands for today's service: prices of change hold against it",
  },
} as const satisfies Options;

export const outPath = (values: Values): string | undefined => optional(values, "out") ?? optional(values, "output");
