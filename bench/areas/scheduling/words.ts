import type { BenchArea } from "../../measurement.ts";

export type Rows = ReturnType<BenchArea["rows"]>;
export type Say = (text: string) => void;

export const ABSENT = "the reference data is not beside the project";

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined || Number.isNaN(share) ? "none" : `${(100 * share).toFixed(2)} %`;

/** `BENCH_ONLY`, a regular expression, measures a part: over "j1", "j3", "matrix 1900 20s", "unkind 600", "loader j1", "uses", "growth", "sample". */
const only = new RegExp(process.env.BENCH_ONLY ?? "");
export const wanted = (name: string): boolean => only.test(name);

/** Milliseconds that something took, with what came of it. */
export async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await act();
  return { ms: performance.now() - start, value };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
