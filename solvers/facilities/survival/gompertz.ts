import type { Objective } from "./newton.ts";
import { maximize } from "./newton.ts";
import { EXACT, failures, INTERVAL, LEFT, type Observations } from "./observations.ts";
import { type ParametricFit, prepare, refuseRunaway, toOriginalScale } from "./parametric.ts";

/**
 * Gompertz proportional hazards:  h(t) = b e^{at},  H(t) = b (e^{at} − 1)/a,  S(t) = exp(−H(t)),  ln b = β₀ + x β; a < 0 lets some live for ever.
 * It has no log-time scale of its own, so its coefficients are those of ln b (as in R's flexsurv), and a stands last in θ.
 *
 * @returns θ = (β₀, β…, a); `scale` = 1/a, years in which the hazard rate grows e-fold
 * @throws InputError as `fitParametric`
 */
export function fitGompertz(lives: Observations, names: readonly string[]): ParametricFit {
  const standard = prepare(lives, names);
  let time = 0;
  for (let i = 0; i < lives.n; i++) time += lives.weight[i] * (ageOf(lives, i) - lives.entry[i]);
  const start = new Float64Array(lives.columns + 2);
  start[0] = Math.log(failures(lives) / time);
  const maximum = maximize(gompertzLikelihood(standard.lives), start);
  refuseRunaway(maximum, lives, 1, names);
  const fit = toOriginalScale(maximum, standard);
  return { ...fit, scale: 1 / fit.theta[lives.columns + 1] };
}

const ageOf = (lives: Observations, i: number): number =>
  lives.kind[i] === LEFT ? lives.upper[i] / 2 : lives.lower[i] || lives.upper[i] / 2;

/**
 * With G = (e^{at} − 1)/a and H = e^η G: exact η + a t − H, right −H, between two ages −H₁ + ln(1 − e^{−D}), D = H₂ − H₁; all plus H(entry).
 * Each is linear in G, so G, ∂G/∂a and ∂²G/∂a² are all that is needed.
 */
export function gompertzLikelihood(lives: Observations): Objective {
  const { n, columns, design, kind, lower, upper, entry, weight } = lives;
  const size = columns + 2;
  const last = size - 1;
  const first = new Float64Array(3);
  const second = new Float64Array(3);
  const early = new Float64Array(3);
  return (theta, gradient, hessian) => {
    gradient.fill(0);
    hessian.fill(0);
    const a = theta[last];
    let total = 0;
    for (let i = 0; i < n; i++) {
      let eta = theta[0];
      for (let j = 0; j < columns; j++) eta += design[i * columns + j] * theta[j + 1];
      const rate = Math.exp(eta);
      const between = kind[i] === LEFT || kind[i] === INTERVAL;
      growth(a, kind[i] === LEFT ? 0 : lower[i], first);
      growth(a, entry[i], early);
      let value = -rate * (first[0] - early[0]);
      let dEta = value;
      let dA = -rate * (first[1] - early[1]);
      let dEtaEta = value;
      let dEtaA = dA;
      let dAA = -rate * (first[2] - early[2]);
      if (kind[i] === EXACT) {
        value += eta + a * lower[i];
        dEta += 1;
        dA += lower[i];
      } else if (between) {
        growth(a, upper[i], second);
        const mass = rate * (second[0] - first[0]);
        const massA = rate * (second[1] - first[1]);
        const k = 1 / Math.expm1(mass);
        value += Math.log(-Math.expm1(-mass));
        dEta += k * mass;
        dA += k * massA;
        dEtaEta += k * mass - k * (1 + k) * mass * mass;
        dEtaA += k * massA - k * (1 + k) * mass * massA;
        dAA += k * rate * (second[2] - first[2]) - k * (1 + k) * massA * massA;
      }
      const w = weight[i];
      total += w * value;
      for (let j = -1; j < columns; j++) {
        const xj = j < 0 ? 1 : design[i * columns + j];
        gradient[j + 1] += w * dEta * xj;
        for (let k = -1; k <= j; k++)
          hessian[(j + 1) * size + k + 1] += w * dEtaEta * xj * (k < 0 ? 1 : design[i * columns + k]);
        hessian[last * size + j + 1] += w * dEtaA * xj;
      }
      gradient[last] += w * dA;
      hessian[last * size + last] += w * dAA;
    }
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) hessian[j * size + i] = hessian[i * size + j];
    return total;
  };
}

/** G = (e^{at} − 1)/a and its first two derivatives by a; by series where at is small. */
function growth(a: number, t: number, out: Float64Array): void {
  const x = a * t;
  if (Math.abs(x) < 0.02) {
    out[0] = t * (1 + x / 2 + (x * x) / 6 + x ** 3 / 24 + x ** 4 / 120 + x ** 5 / 720);
    out[1] = t * t * (1 / 2 + x / 3 + (x * x) / 8 + x ** 3 / 30 + x ** 4 / 144 + x ** 5 / 840);
    out[2] = t ** 3 * (1 / 3 + x / 4 + (x * x) / 10 + x ** 3 / 36 + x ** 4 / 168 + x ** 5 / 960);
    return;
  }
  const grown = Math.exp(x);
  out[0] = (grown - 1) / a;
  out[1] = (t * grown - out[0]) / a;
  out[2] = (t * t * grown - 2 * out[1]) / a;
}
