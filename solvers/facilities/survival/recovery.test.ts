import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { fitSurvival, type RegressionResult } from "./fit-survival.ts";

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
/** ln T = 2.6 + 0.5 x + 0.5 W (Gompertz: h = e^(−4 + 0.5 x) e^(0.1 t)). */
const DRAWS: Readonly<Record<string, (random: Random, x: number) => number>> = {
  exponential: (random, x) => Math.exp(2.6 + 0.5 * x) * -Math.log(1 - random.unit()),
  weibull: (random, x) => Math.exp(2.6 + 0.5 * x) * (-Math.log(1 - random.unit())) ** 0.5,
  lognormal: (random, x) => Math.exp(2.6 + 0.5 * x + 0.5 * normal(random)),
  loglogistic: (random, x) => {
    const u = random.unit();
    return Math.exp(2.6 + 0.5 * x) * (u / (1 - u)) ** 0.5;
  },
  gompertz: (random, x) => Math.log(1 - (0.1 * Math.log(1 - random.unit())) / Math.exp(-4 + 0.5 * x)) / 0.1,
  // A generalized gamma of shape 1 is the Weibull.
  gengamma: (random, x) => Math.exp(2.6 + 0.5 * x) * (-Math.log(1 - random.unit())) ** 0.5,
};

/** Lives seen from a random entry on (half of them since new), known exactly, to lie between two looks, to have ended before the first, or not to have ended. */
function seen(model: string, count: number) {
  const random = new Random(21);
  const rows = { lo: [] as string[], hi: [] as string[], entry: [] as string[], x: [] as string[], w: [] as string[] };
  while (rows.lo.length < count) {
    const x = random.below(2);
    const life = DRAWS[model](random, x);
    const entry = random.unit() < 0.5 ? 0 : 8 * random.unit();
    const end = entry + 4 + 20 * random.unit();
    if (life <= entry) continue;
    const look = random.below(3);
    const [lo, hi] =
      life > end
        ? [String(end), ""]
        : look === 0
          ? [String(life), String(life)]
          : look === 1 && entry === 0 && life < 6
            ? ["", "6"]
            : [String(Math.max(entry, Math.floor(life / 2) * 2)), String(Math.floor(life / 2) * 2 + 2)];
    rows.lo.push(lo === "0" ? "" : lo);
    rows.hi.push(hi);
    rows.entry.push(String(entry));
    rows.x.push(String(x));
    rows.w.push(String(1 + random.below(2)));
  }
  return rows;
}

test.each(Object.keys(DRAWS))(
  "%s: known parameters are found again through right, left and interval censoring, delayed entry and weights, all at once",
  (model) => {
    const fit = fitSurvival({
      model,
      columns: seen(model, 4000),
      lower: "lo",
      upper: "hi",
      entry: "entry",
      weights: "w",
      covariates: ["x"],
    }) as RegressionResult;
    // Weights of 1 and 2 make the errors of the likelihood smaller than those of 4,000 lives: by √(mean of w² over mean of w) at most.
    const within = (name: string, truth: number) => {
      const { estimate, se } = fit.coefficients[name];
      expect(Math.abs(estimate - truth), `${name} ${estimate}`).toBeLessThan(4 * 1.3 * se);
      expect(se).toBeLessThan(name === "shape" ? 0.3 : 0.08);
    };
    within("(Intercept)", model === "gompertz" ? -4 : 2.6);
    within("x", 0.5);
    if (model === "gompertz") within("shape", 0.1);
    else if (model === "gengamma") within("shape", 1);
    else if (model !== "exponential") expect(fit.scale).toBeCloseTo(0.5, 1);
    expect(fit.aic).toBeCloseTo(2 * fit.vcov.length - 2 * fit.loglik, 9);
  },
);
