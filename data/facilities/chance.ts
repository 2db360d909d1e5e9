import type { Random } from "@trivium/engine";

/** Standard normal by Box and Muller (1958), one of the pair. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}

/** Weibull with the given median and shape. */
export function weibull(random: Random, median: number, shape: number): number {
  return median * (-Math.log(1 - random.unit()) / Math.LN2) ** (1 / shape);
}

/** Gamma with mean 1 and a whole shape: the mean of that many exponentials. */
export function gammaMeanOne(random: Random, shape: number): number {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum -= Math.log(1 - random.unit());
  return sum / shape;
}

/** Whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1);
}

const DAY_MS = 86_400_000;

/** Decimal year → ISO date, day counted in that year. */
export function dateOf(year: number): string {
  const whole = Math.floor(year);
  const start = Date.UTC(whole, 0, 1);
  const length = Date.UTC(whole + 1, 0, 1) - start;
  return new Date(start + Math.floor(((year - whole) * length) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
