/**
 * Windows of observation of repairable units, all arrays of length n: age when it opens and closes, group, and its events as their number and Σ ln(age at event).
 */
export interface RepairWindows {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly group: Int32Array;
  readonly events: Float64Array;
  readonly logAges: Float64Array;
}

export interface PowerLaw {
  /** > 1: wears out; 1: constant; < 1: improves. */
  readonly beta: number;
  /** By group: expected events by age t = rate × t^β. */
  readonly rate: Float64Array;
}

const LOG_BETA_RANGE = [Math.log(0.05), Math.log(20)] as const;

/**
 * Power-law non-homogeneous Poisson process: events by age t ~ Poisson(rate_g t^β), intensity rate_g β t^(β−1). β is common to all groups.
 *
 * Maximum likelihood; with `pull` > 0 each group's rate is pulled to the common one as if `pull` more events had come at that rate.
 * The score in β, Σ_events (1/β + ln t) − Σ_g rate_g Σ (to^β ln to − from^β ln from), falls through its root, found by bisection.
 * @see Crow 1974, in Reliability and Biometry, pp. 379–410
 */
export function fitPowerLaw(windows: RepairWindows, groups: number, pull: number): PowerLaw {
  const totalEvents = windows.events.reduce((sum, each) => sum + each, 0);
  const totalLogs = windows.logAges.reduce((sum, each) => sum + each, 0);
  const open = openWindows(windows);
  if (totalEvents === 0) return { beta: 1, rate: ratesAt(1, open, groups, pull).rate };
  let [low, high] = LOG_BETA_RANGE;
  for (let halving = 0; halving < 44; halving++) {
    const beta = Math.exp((low + high) / 2);
    const { rate, slope } = ratesAt(beta, open, groups, pull);
    let score = totalEvents / beta + totalLogs;
    for (let g = 0; g < groups; g++) score -= rate[g] * slope[g];
    if (score > 0) low = Math.log(beta);
    else high = Math.log(beta);
  }
  const beta = Math.exp((low + high) / 2);
  return { beta, rate: ratesAt(beta, open, groups, pull).rate };
}

/** Windows that saw anything, with the logarithms of their ends. */
interface OpenWindows {
  readonly group: Int32Array;
  readonly events: Float64Array;
  readonly logFrom: Float64Array;
  readonly logTo: Float64Array;
}

function openWindows({ from, to, group, events }: RepairWindows): OpenWindows {
  const seen = Int32Array.from(to.keys()).filter((i) => to[i] > from[i]);
  return {
    group: seen.map((i) => group[i]),
    events: Float64Array.from(seen, (i) => events[i]),
    logFrom: Float64Array.from(seen, (i) => (from[i] > 0 ? Math.log(from[i]) : -Infinity)),
    logTo: Float64Array.from(seen, (i) => Math.log(to[i])),
  };
}

/** Rates that maximize the likelihood for this β, and by group Σ to^β ln to − from^β ln from. */
function ratesAt(
  beta: number,
  { group, events, logFrom, logTo }: OpenWindows,
  groups: number,
  pull: number,
): { readonly rate: Float64Array; readonly slope: Float64Array } {
  const counts = new Float64Array(groups);
  const exposure = new Float64Array(groups);
  const slope = new Float64Array(groups);
  for (let i = 0; i < group.length; i++) {
    const high = Math.exp(beta * logTo[i]);
    const low = logFrom[i] === -Infinity ? 0 : Math.exp(beta * logFrom[i]);
    counts[group[i]] += events[i];
    exposure[group[i]] += high - low;
    slope[group[i]] += high * logTo[i] - (low > 0 ? low * logFrom[i] : 0);
  }
  const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);
  const common = sum(exposure) > 0 ? sum(counts) / sum(exposure) : 0;
  const rate = counts.map((count, g) => {
    if (common === 0) return 0;
    return pull > 0 || exposure[g] > 0 ? (count + pull) / (exposure[g] + pull / common) : common;
  });
  return { rate, slope };
}

/**
 * Shape κ of a gamma frailty (mean 1, variance 1/κ) by which units of one group differ: counts are negative binomial with these means.
 * Maximizes Σ ln Γ(n + κ) − ln Γ(κ) + κ ln κ − (n + κ) ln(m + κ) over ln κ by ternary search; 100 (hardly any difference) at most.
 */
export function fitFrailtyShape(events: Float64Array, expected: Float64Array): number {
  const logLikelihood = (kappa: number) => {
    let sum = 0;
    for (let i = 0; i < events.length; i++) {
      if (expected[i] === 0) continue;
      for (let k = 0; k < events[i]; k++) sum += Math.log(kappa + k);
      sum -= kappa * Math.log1p(expected[i] / kappa) + events[i] * Math.log(expected[i] + kappa);
    }
    return sum;
  };
  let low = Math.log(0.1);
  let high = Math.log(100);
  for (let step = 0; step < 28; step++) {
    const a = low + (high - low) / 3;
    const b = high - (high - low) / 3;
    if (logLikelihood(Math.exp(a)) < logLikelihood(Math.exp(b))) low = a;
    else high = b;
  }
  return Math.exp((low + high) / 2);
}
