import type { Fan } from "@trivium/model";

/** Mean and percentiles of a figure over futures. @param values one a future; sorted in place */
export function fanOf(values: Float64Array, digits: number): Fan {
  values.sort();
  const rounded = (value: number) => Math.round(value * 10 ** digits) / 10 ** digits;
  return {
    mean: rounded(values.reduce((sum, value) => sum + value, 0) / values.length),
    p05: rounded(quantile(values, 0.05)),
    p25: rounded(quantile(values, 0.25)),
    p50: rounded(quantile(values, 0.5)),
    p75: rounded(quantile(values, 0.75)),
    p95: rounded(quantile(values, 0.95)),
  };
}

/** Between the order statistics, as R's type 7: position (n − 1) p. */
function quantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** Sums over the years of each future. @param values [future × years + year] */
export function horizonSums(values: ArrayLike<number>, years: number): Float64Array {
  return Float64Array.from({ length: values.length / years }, (_, future) => {
    let sum = 0;
    for (let year = 0; year < years; year++) sum += values[future * years + year];
    return sum;
  });
}
