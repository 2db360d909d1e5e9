import { InputError } from "@trivium/model";
import { type Band, limits95 } from "./confidence.ts";
import type { CensoredLives } from "./kaplan-meier.ts";

/** Lives with the kind of their end: 0 = still in service, 1 … causes = ended by that cause. */
export interface CompetingLives extends Omit<CensoredLives, "observed"> {
  readonly cause: ArrayLike<number>;
}

/** Cumulative incidence of one cause, a row for each distinct exit age. Limits are NaN where the incidence is 0. */
export interface Incidence {
  readonly incidence: Float64Array;
  readonly stdError: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface IncidenceCurves {
  readonly times: Float64Array;
  readonly causes: readonly Incidence[];
}

/**
 * Aalen–Johansen cumulative incidence of ends that exclude each other, under right censoring and left truncation:
 * F_k(t) = Σ over ages tᵢ ≤ t of S(tᵢ−) d_k(tᵢ)/n(tᵢ),  S the Kaplan–Meier survival of all causes together, so Σ_k F_k = 1 − S.
 *
 * Standard errors by the infinitesimal jackknife: var F_k = Σ w_i U_ik², U_i = ∂F/∂w_i, where at an age with n at risk
 * U_ik += U_iS h_k + S (dN_ik − Y_i h_k)/n  and  U_iS = U_iS (1 − h) − S (dN_i − Y_i h)/n.
 * Lives of one entry age share U while they stand, and all that left move by the same linear map, so their sums of squares
 * suffice: O(ages × (distinct entries × causes) + n log n). Weights count rows.
 *
 * @throws InputError no-lives, exit-not-after-entry
 * @see Aalen & Johansen 1978, Scandinavian Journal of Statistics 5:141–150; Therneau, Crowson & Atkinson, Methods and formulae of `survival`
 */
export function aalenJohansen(lives: CompetingLives, causes: number, band: Band = "log"): IncidenceCurves {
  const { exit, cause, weight } = lives;
  const n = exit.length;
  checkLives(lives);
  const byExit = Array.from({ length: n }, (_, i) => i).sort((a, b) => exit[a] - exit[b]);
  const times = Float64Array.from(new Set(byExit.map((i) => exit[i])));
  const influence = new Influence(lives, causes);
  const curves = Array.from({ length: causes }, () => emptyIncidence(times.length));
  const incidence = new Float64Array(causes);
  const ended = new Float64Array(causes);
  let survival = 1;
  let next = 0;
  for (let k = 0; k < times.length; k++) {
    const atRisk = influence.admit(times[k]);
    ended.fill(0);
    const from = next;
    for (; next < n && exit[byExit[next]] === times[k]; next++) {
      const i = byExit[next];
      if (cause[i] > 0) ended[cause[i] - 1] += weight ? weight[i] : 1;
    }
    influence.pass(ended, atRisk, survival);
    for (let at = from; at < next; at++) influence.leave(byExit[at], survival / atRisk);
    let all = 0;
    for (let c = 0; c < causes; c++) {
      incidence[c] += (survival * ended[c]) / atRisk;
      all += ended[c];
    }
    survival *= all >= atRisk ? 0 : 1 - all / atRisk;
    curves.forEach((curve, c) => {
      const p = Math.min(1, incidence[c]);
      const se = Math.sqrt(Math.max(0, influence.variance(c)));
      curve.incidence[k] = p;
      curve.stdError[k] = se;
      [curve.lower[k], curve.upper[k]] = limits95(p, se / p, band);
    });
  }
  return { times, causes: curves };
}

function checkLives({ exit, entry }: CompetingLives): void {
  if (exit.length === 0)
    throw new InputError("no-lives", "there is no life to draw a curve of. Maybe every row lacks its time");
  for (let i = 0; i < exit.length; i++)
    if (!(exit[i] > (entry ? entry[i] : -Infinity)))
      throw new InputError(
        "exit-not-after-entry",
        `row ${i + 1}: entry ${entry?.[i]} and exit ${exit[i]}. Maybe the two columns are swapped`,
        { values: { row: i + 1, exit: exit[i] } },
      );
}

const emptyIncidence = (length: number): Incidence => ({
  incidence: new Float64Array(length),
  stdError: new Float64Array(length),
  lower: new Float64Array(length),
  upper: new Float64Array(length),
});

/** Derivatives of S and of each F_k by the weight of each life: one vector a cohort of equal entry, second moments of those that left. */
class Influence {
  readonly #lives: CompetingLives;
  readonly #causes: number;
  readonly #cohort: Int32Array;
  readonly #entries: Float64Array;
  /** Weight still at risk by cohort, U_S by cohort, U_F by cohort × cause. */
  readonly #standing: Float64Array;
  readonly #ofSurvival: Float64Array;
  readonly #ofIncidence: Float64Array;
  /** Over those that left: Σ w U_S², Σ w U_S U_k, Σ w U_k². */
  #squares = 0;
  readonly #products: Float64Array;
  readonly #incidenceSquares: Float64Array;
  #admitted = 0;
  #atRisk = 0;

  constructor(lives: CompetingLives, causes: number) {
    const n = lives.exit.length;
    const entryOf = (i: number) => (lives.entry ? lives.entry[i] : -Infinity);
    this.#lives = lives;
    this.#causes = causes;
    this.#entries = Float64Array.from(new Set(Array.from({ length: n }, (_, i) => entryOf(i)))).sort();
    const at = new Map(Array.from(this.#entries, (value, index) => [value, index]));
    this.#cohort = Int32Array.from({ length: n }, (_, i) => at.get(entryOf(i)) as number);
    this.#standing = new Float64Array(this.#entries.length);
    this.#ofSurvival = new Float64Array(this.#entries.length);
    this.#ofIncidence = new Float64Array(this.#entries.length * causes);
    this.#products = new Float64Array(causes);
    this.#incidenceSquares = new Float64Array(causes);
    for (let i = 0; i < n; i++) this.#standing[this.#cohort[i]] += this.#weight(i);
  }

  #weight(i: number): number {
    return this.#lives.weight ? this.#lives.weight[i] : 1;
  }

  /** Lets in who entered before `time`; returns the weight at risk there. */
  admit(time: number): number {
    for (; this.#admitted < this.#entries.length && this.#entries[this.#admitted] < time; this.#admitted++)
      this.#atRisk += this.#standing[this.#admitted];
    return this.#atRisk;
  }

  /** Everyone passes an age at which `ended` of `atRisk` end by each cause, as if nobody among them did. */
  pass(ended: Float64Array, atRisk: number, survival: number): void {
    let hazard = 0;
    for (let c = 0; c < this.#causes; c++) {
      const h = ended[c] / atRisk;
      hazard += h;
      this.#incidenceSquares[c] += 2 * h * this.#products[c] + h * h * this.#squares;
      this.#products[c] += h * this.#squares;
      for (let g = 0; g < this.#admitted; g++)
        this.#ofIncidence[g * this.#causes + c] += h * (this.#ofSurvival[g] - survival / atRisk);
    }
    if (hazard === 0) return;
    for (let c = 0; c < this.#causes; c++) this.#products[c] *= 1 - hazard;
    this.#squares *= (1 - hazard) ** 2;
    for (let g = 0; g < this.#admitted; g++)
      this.#ofSurvival[g] = (1 - hazard) * this.#ofSurvival[g] + (survival * hazard) / atRisk;
  }

  /** Life i leaves; where it ended by a cause, that jump (S(t−)/n) is its own. */
  leave(i: number, jump: number): void {
    const w = this.#weight(i);
    const g = this.#cohort[i];
    const ofSurvival = this.#ofSurvival[g] - (this.#lives.cause[i] > 0 ? jump : 0);
    this.#squares += w * ofSurvival ** 2;
    for (let c = 0; c < this.#causes; c++) {
      const own = this.#ofIncidence[g * this.#causes + c] + (this.#lives.cause[i] === c + 1 ? jump : 0);
      this.#products[c] += w * ofSurvival * own;
      this.#incidenceSquares[c] += w * own * own;
    }
    this.#standing[g] -= w;
    this.#atRisk -= w;
  }

  /** Σ w U_k² over all lives. */
  variance(c: number): number {
    let sum = this.#incidenceSquares[c];
    for (let g = 0; g < this.#admitted; g++) sum += this.#standing[g] * this.#ofIncidence[g * this.#causes + c] ** 2;
    return sum;
  }
}
