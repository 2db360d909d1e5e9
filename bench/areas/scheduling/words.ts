import type { BenchArea } from "../../measurement.ts";

export type Rows = ReturnType<BenchArea["rows"]>;
export type Say = (text: string) => void;

export const ABSENT = "the reference data is not beside the project";

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined || Number.isNaN(share) ? "none" : `${(100 * share).toFixed(2)} %`;

/** Milliseconds that something took, with what came of it. */
export async function timed<T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await act();
  return { ms: performance.now() - start, value };
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
