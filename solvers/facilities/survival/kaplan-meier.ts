import { InputError } from "@trivium/model";
import { type Band, limits95 } from "./confidence.ts";

/** Lives for the non-parametric curves: exit ages, 1 = failed there, ages when first seen, weights; all of length n. */
export interface CensoredLives {
  readonly exit: ArrayLike<number>;
  readonly observed: ArrayLike<number>;
  readonly entry?: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/** One row for each distinct exit age, ascending; all arrays have the same length. NaN where a figure does not exist. */
export interface SurvivalCurve {
  readonly times: Float64Array;
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly survival: Float64Array;
  /** Greenwood's standard error of S(t). */
  readonly stdError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Nelson–Aalen cumulative hazard rate. */
  readonly cumulativeHazard: Float64Array;
  /** Its standard error. */
  readonly cumulativeHazardSe: Float64Array;
}

/**
 * Kaplan–Meier survival of lives under right censoring and left truncation, with 95 % bands; weights count rows.
 *
 * S(t) = Π over event ages tᵢ ≤ t of (1 − dᵢ/nᵢ), nᵢ = lives with entry < tᵢ ≤ exit; at a tie, failures come first.
 * Greenwood: var ln S = Σ dᵢ / (nᵢ (nᵢ − dᵢ)).  H(t) = Σ dᵢ/nᵢ (Nelson–Aalen), var H = Σ dᵢ/nᵢ².  h(t) is not estimated.
 * Bands: log  S·exp(±z·se/S), not above 1;  log-log  S^exp(±z·se/(S ln S)), none where S is 1.
 *
 * @throws InputError no-lives, exit-not-after-entry (with the index and the values)
 * @see Kaplan & Meier 1958, JASA 53:457–481; Aalen 1978, Annals of Statistics 6:701–726; Tsai, Jewell & Wang 1987, Biometrika 74:883–886 (delayed entry)
 * @example kaplanMeier({ exit: [6, 7, 10, 15, 19], observed: [1, 0, 1, 1, 0] }) // ages 6, 7, 10, 15, 19 → 0.8, 0.8, 0.5333…, 0.2666…, 0.2666…
 */
export function kaplanMeier(lives: CensoredLives, band: Band = "log"): SurvivalCurve {
  const { exit, observed, entry, weight } = lives;
  const n = exit.length;
  if (n === 0) throw new InputError("no-lives", "there is no life to draw a curve of. Maybe every row lacks its time");
  for (let i = 0; i < n; i++)
    if (!(exit[i] > (entry ? entry[i] : -Infinity)))
      throw new InputError(
        "exit-not-after-entry",
        `row ${i + 1}: entry ${entry?.[i]} and exit ${exit[i]}. Maybe the two columns are swapped`,
        { values: { row: i + 1, exit: exit[i] } },
      );
  const byExit = Array.from({ length: n }, (_, i) => i).sort((a, b) => exit[a] - exit[b]);
  const byEntry = entry ? [...byExit].sort((a, b) => entry[a] - entry[b]) : byExit;
  const times = Float64Array.from(new Set(byExit.map((i) => exit[i])));
  const curve = emptyCurve(times);
  let atRisk = entry ? 0 : byExit.reduce((sum, i) => sum + (weight ? weight[i] : 1), 0);
  let entered = entry ? 0 : n;
  let next = 0;
  let survival = 1;
  let greenwood = 0;
  let cumulative = 0;
  let cumulativeVariance = 0;
  for (let k = 0; k < times.length; k++) {
    for (; entry && entered < n && entry[byEntry[entered]] < times[k]; entered++)
      atRisk += weight ? weight[byEntry[entered]] : 1;
    let events = 0;
    let leaving = 0;
    for (; next < n && exit[byExit[next]] === times[k]; next++) {
      const w = weight ? weight[byExit[next]] : 1;
      leaving += w;
      if (observed[byExit[next]] === 1) events += w;
    }
    if (events > 0) {
      survival *= events >= atRisk ? 0 : 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      cumulative += events / atRisk;
      cumulativeVariance += events / atRisk ** 2;
    }
    curve.atRisk[k] = atRisk;
    curve.events[k] = events;
    curve.survival[k] = survival;
    curve.cumulativeHazard[k] = cumulative;
    curve.cumulativeHazardSe[k] = Math.sqrt(cumulativeVariance);
    writeBand(curve, k, Math.sqrt(greenwood), band);
    atRisk -= leaving;
  }
  return curve;
}

function emptyCurve(times: Float64Array): SurvivalCurve {
  const column = () => new Float64Array(times.length);
  return {
    times,
    atRisk: column(),
    events: column(),
    survival: column(),
    stdError: column(),
    lower: column(),
    upper: column(),
    cumulativeHazard: column(),
    cumulativeHazardSe: column(),
  };
}

/** @param seLog standard error of ln S */
function writeBand(curve: SurvivalCurve, k: number, seLog: number, band: Band): void {
  const survival = curve.survival[k];
  curve.stdError[k] = survival > 0 ? survival * seLog : Number.NaN;
  const [lower, upper] = limits95(survival, seLog, band);
  curve.lower[k] = lower;
  curve.upper[k] = upper;
}
