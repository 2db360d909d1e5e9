const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(a) for a > 0, to about 1e-15 relative. @see Lanczos 1964, SIAM Journal on Numerical Analysis B 1:86–96 (g = 7) */
export function logGamma(a: number): number {
  let sum = LANCZOS[0];
  for (let k = 1; k < LANCZOS.length; k++) sum += LANCZOS[k] / (a - 1 + k);
  const shifted = a + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (a - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

/**
 * Logarithms of the regularized incomplete gamma functions, [ln P(a, x), ln Q(a, x)], P + Q = 1, for a > 0, x ≥ 0:
 * the series below a + 1, Lentz's continued fraction above. @see Abramowitz & Stegun 6.5.29, 6.5.31
 */
export function logIncompleteGamma(a: number, x: number): readonly [logP: number, logQ: number] {
  if (x <= 0) return [-Infinity, 0];
  if (x === Infinity) return [0, -Infinity];
  const front = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    const logP = Math.min(0, front + Math.log(series(a, x)));
    return [logP, Math.log(-Math.expm1(logP))];
  }
  const logQ = Math.min(0, front + Math.log(fraction(a, x)));
  return [Math.log(-Math.expm1(logQ)), logQ];
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 1e6; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}
