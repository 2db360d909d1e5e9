import { Random } from "@trivium/engine";

/** Columns of made-up lives: time, failed, entry and x1 … x5; all as numbers. */
export type Lives = Readonly<Record<string, Float64Array>>;

/**
 * Weibull lives of shape 1.8 with five covariates, two of them 0/1, censored by age when last seen. With `entry` half of them are first seen in
 * mid-life, and only those that lasted until then are there.
 */
export function madeUpLives(n: number, entry: boolean, seed: number): Lives {
  const random = new Random(seed);
  const names = ["time", "failed", "entry", "x1", "x2", "x3", "x4", "x5"];
  const lives = Object.fromEntries(names.map((name) => [name, new Float64Array(n)]));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
  for (let i = 0; i < n; ) {
    const x = [normal(), normal(), 10 + 3 * normal(), random.below(2), +(random.unit() < 0.2)];
    const eta = 3 + 0.2 * x[0] - 0.1 * x[1] + 0.03 * x[2] + 0.3 * x[3] - 0.4 * x[4];
    const life = Math.exp(eta) * (-Math.log(1 - random.unit())) ** (1 / 1.8);
    const seen = entry && random.unit() < 0.5 ? 30 * random.unit() : 0;
    if (life <= seen) continue;
    const end = seen + 5 + 40 * random.unit();
    lives.time[i] = Math.min(life, end);
    lives.failed[i] = +(life <= end);
    lives.entry[i] = seen;
    x.forEach((value, j) => {
      lives[`x${j + 1}`][i] = value;
    });
    i++;
  }
  return lives;
}
