/**
 * A life distribution whose logarithm is location + scale × a standard variable:  ln T = μ + σ W.
 * With z = (ln t − μ) / σ:  S(t) = S₀(z),  f(t) = f₀(z) / (σ t),  h(t) = f₀(z) / (σ t S₀(z)),  H(t) = −ln S₀(z).
 */
export interface Family {
  readonly name: "exponential" | "weibull" | "lognormal" | "loglogistic" | "gengamma";
  /** σ is 1 and not estimated. */
  readonly scaleFixed: boolean;
  /** Writes ln f₀(z) and its first and second derivative by z into out[0…2]. */
  logDensity(z: number, out: Float64Array): void;
  /** Writes ln S₀(z) and its first and second derivative by z into out[0…2]. */
  logSurvival(z: number, out: Float64Array): void;
}
