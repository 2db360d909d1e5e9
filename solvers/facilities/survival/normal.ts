const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** Above this the continued fraction of the tail is short; below it the series loses under three digits. */
const TAIL_FROM = 3;

/**
 * ln(1 − Φ(z)), the logarithm of the upper tail of the standard normal, to about 1e-13 relative for all z.
 *
 * |z| ≤ 3: Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/15 + …), Abramowitz & Stegun 26.2.11;
 * z > 3: 1 − Φ(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))), A&S 26.2.14; z < −3 by symmetry.
 */
export function logNormalSurvival(z: number): number {
  if (z > TAIL_FROM) return -0.5 * z * z - Math.log(SQRT_2PI) - Math.log(tailDenominator(z));
  if (z < -TAIL_FROM) return Math.log1p(-Math.exp(-0.5 * z * z) / SQRT_2PI / tailDenominator(-z));
  return Math.log(0.5 - centralArea(z));
}

/** Φ(z) − ½ by its series. */
function centralArea(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return (sum * Math.exp(-0.5 * z * z)) / SQRT_2PI;
}

/** z + 1/(z + 2/(z + …)), from the inside out; 120 levels reach double precision at z = 3. */
function tailDenominator(z: number): number {
  let value = z;
  for (let level = 120; level >= 1; level--) value = z + level / value;
  return value;
}
