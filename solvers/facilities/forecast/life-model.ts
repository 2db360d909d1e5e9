import { relativeRates, type ShrunkRate } from "../backtest/shrinkage.ts";
import { NEVER, type Register } from "../register/register.ts";
import { weibull } from "../survival/families/weibull.ts";
import { type Observations, RIGHT } from "../survival/observations.ts";
import { fitWithPrior, type ParametricFit } from "../survival/parametric.ts";
import { type Curve, curveOf, survivalAhead } from "./curve.ts";
import { failedShareOfRemovals, type Lives, livesKnownOn } from "./lives.ts";

/** How much the published lives are trusted: standard deviations of what they may be off, on the log scale. */
const SD = {
  /** the whole district against the tables: log life, log spread */
  district: 0.3,
  districtSpread: 0.35,
  /** a type against the district */
  type: 0.2,
  typeUnpublished: 0.6,
  typeSpread: 0.25,
  /** a maker against its type */
  maker: 0.12,
} as const;

/** Weibull: standard deviation of log life = σ π / √6, and ln median = μ + σ ln ln 2. */
const SD_TO_SIGMA = Math.sqrt(6) / Math.PI;
const LOG_LOG_2 = Math.log(Math.LN2);

/** Curves of service life by type and by type and maker, fitted to what was known on one day. */
export interface LifeModel {
  readonly curves: readonly Curve[];
  /** Curve of a unit of this type, maker unknown (a new one). */
  readonly byType: Int32Array;
  /** Curve by maker group (`Register.makers`); that of its type where the maker has no life. */
  readonly byMaker: Int32Array;
  /** By type: ln of the median life of a unit of unknown maker, and its posterior standard deviation. */
  readonly logMedian: Float64Array;
  readonly logMedianSd: Float64Array;
  /** By school: failures against those its units' curves expect, relative to all schools and pulled to them; it multiplies the hazard rate there. */
  readonly bySchool: readonly ShrunkRate[];
  readonly failuresByType: Float64Array;
  readonly failures: number;
  /** Middle spread of log life (σ of the Weibull) over the types. */
  readonly sigma: number;
}

/** What a removal without a reason counts for: its expected share of failure, or one of the two bounds. */
export type UnknownRemovals = "share" | "failed" | "cut-short";

/**
 * Weibull lives by type, maker and school: maximum a posteriori with Laplace covariance, pooled step by step.
 *
 *   ln T = m_type + δ + u_type + v_maker + σ W,   σ = σ_type e^(κ + w_type)
 *   m_type, σ_type from life_median_years and life_spread;  δ, κ: the district against the tables, from all types together;
 *   u, w: the type against the district;  v: the maker against its type;  all normal around 0 with the spreads of `SD`.
 *   School: hazard rates times a gamma factor around 1, from its failures against those that its units' curves expect.
 *
 * A type without a failure keeps the published life, moved by what the whole district teaches; one with many hardly feels it.
 */
export function fitLives(register: Register, day: number, unknown: UnknownRemovals = "share"): LifeModel {
  const share = unknown === "share" ? failedShareOfRemovals(register, day) : +(unknown === "failed");
  const lives = livesKnownOn(register, day, share);
  const sigma = register.types.map((type) => type.lifeSpread * SD_TO_SIGMA);
  const level = register.types.map((type, t) => Math.log(type.lifeMedianYears) - sigma[t] * LOG_LOG_2);
  const typeAt = (row: number) => register.type[lives.asset[row]];
  const all = observationsOf(
    lives,
    allRows(lives),
    [],
    () => -1,
    (row) => [level[typeAt(row)], Math.log(sigma[typeAt(row)])],
  );
  const district = fitWithPrior(all, weibull, priorOf([SD.district, SD.districtSpread]));
  const rowsByType: number[][] = register.types.map(() => []);
  for (let row = 0; row < lives.asset.length; row++) rowsByType[typeAt(row)].push(row);
  const curves: Curve[] = [];
  const byType = new Int32Array(register.types.length);
  const byMaker = new Int32Array(register.makers.length).fill(-1);
  const failuresByType = new Float64Array(register.types.length);
  const logMedian = new Float64Array(register.types.length);
  const logMedianSd = new Float64Array(register.types.length);
  register.types.forEach((type, t) => {
    const rows = rowsByType[t];
    const base = [level[t] + district.theta[0], Math.log(sigma[t]) + district.theta[1]] as const;
    const makers = [...new Set(rows.map((row) => register.maker[lives.asset[row]]))].filter((maker) => maker >= 0);
    const columns = makers.length > 1 ? makers : [];
    const observations = observationsOf(
      lives,
      rows,
      columns,
      (row) => register.maker[lives.asset[row]],
      () => base,
    );
    const sds = [type.lifeGiven ? SD.type : SD.typeUnpublished, ...columns.map(() => SD.maker), SD.typeSpread];
    const fit = fitWithPrior(observations, weibull, priorOf(sds));
    byType[t] = curves.push(predictive(fit, district, base, -1)) - 1;
    [logMedian[t], logMedianSd[t]] = medianOf(fit, district, base);
    for (const maker of makers) byMaker[maker] = byType[t];
    columns.forEach((maker, j) => {
      byMaker[maker] = curves.push(predictive(fit, district, base, j)) - 1;
    });
    for (const row of rows) if (lives.kind[row] !== RIGHT) failuresByType[t] += lives.weight[row];
  });
  const failures = failuresByType.reduce((sum, each) => sum + each, 0);
  const sigmas = sigma.map((each) => each * Math.exp(district.theta[1])).sort((a, b) => a - b);
  const model = {
    curves,
    byType,
    byMaker,
    logMedian,
    logMedianSd,
    bySchool: [],
    failuresByType,
    failures,
    sigma: sigmas[sigmas.length >> 1],
  };
  return { ...model, bySchool: schoolRates(model, register, lives) };
}

/** Failures of each school against the hazard that its lives have cumulated by their curves. */
function schoolRates(model: LifeModel, register: Register, lives: Lives): ShrunkRate[] {
  const observed = new Float64Array(register.schoolIds.length);
  const expected = new Float64Array(register.schoolIds.length);
  lives.asset.forEach((asset, row) => {
    const curve = model.curves[curveIndexOf(model, register, asset)];
    const failed = lives.kind[row] !== RIGHT;
    const exit =
      failed && lives.lower[row] < lives.upper[row] ? (lives.lower[row] + lives.upper[row]) / 2 : lives.lower[row];
    const standing = survivalAhead(curve, lives.entry[row], exit - lives.entry[row], 1);
    const school = register.school[asset];
    expected[school] -= lives.weight[row] * Math.log(Math.max(1e-12, standing));
    if (failed) observed[school] += lives.weight[row];
  });
  return relativeRates(observed, expected);
}

/** Curve of an asset: its maker's where there is one, else its type's. */
export function curveIndexOf(model: LifeModel, register: Register, asset: number): number {
  const maker = register.maker[asset];
  const curve = maker >= 0 ? model.byMaker[maker] : -1;
  return curve >= 0 ? curve : model.byType[register.type[asset]];
}

const allRows = (lives: Lives): number[] => Array.from(lives.asset, (_, row) => row);

const priorOf = (sds: readonly number[]) => ({
  mean: new Float64Array(sds.length),
  precision: Float64Array.from(sds, (sd) => 1 / (sd * sd)),
});

function observationsOf(
  lives: Lives,
  rows: readonly number[],
  columns: readonly number[],
  makerOf: (row: number) => number,
  baseOf: (row: number) => readonly [number, number],
): Observations {
  const design = new Float64Array(rows.length * columns.length);
  const columnOf = new Map(columns.map((maker, j) => [maker, j]));
  rows.forEach((row, i) => {
    const column = columnOf.get(makerOf(row));
    if (column !== undefined) design[i * columns.length + column] = 1;
  });
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  return {
    n: rows.length,
    kind: Uint8Array.from(rows, (row) => lives.kind[row]),
    lower: take(lives.lower),
    upper: take(lives.upper).map((each) => Math.min(each, NEVER)),
    entry: take(lives.entry),
    weight: take(lives.weight),
    columns: columns.length,
    design,
    offset: Float64Array.from(rows, (row) => baseOf(row)[0]),
    logScaleOffset: Float64Array.from(rows, (row) => baseOf(row)[1]),
  };
}

/** How sure the district's shift and stretch are that stand under a type's: added to the type's own where it has little of its own to say. */
function shared(fit: ParametricFit, district: ParametricFit): readonly [mu: number, cov: number, s: number] {
  const size = fit.theta.length;
  // The share of the type's own prior that its data left: 1 for a type without a life.
  const left = Math.min(1, fit.covariance[0] / SD.type ** 2);
  const leftS = Math.min(1, fit.covariance[size * size - 1] / SD.typeSpread ** 2);
  const [mu, cov, , s] = district.covariance;
  return [mu * left * left, cov * left * leftS, s * leftS * leftS];
}

/** The curve of a type (column −1) or of its maker in this column, mixed over the posterior. */
function predictive(
  fit: ParametricFit,
  district: ParametricFit,
  base: readonly [number, number],
  column: number,
): Curve {
  const size = fit.theta.length;
  const s = size - 1;
  const at = (i: number, j: number) => fit.covariance[i * size + j];
  const m = column + 1;
  const more = shared(fit, district);
  const mu = base[0] + fit.theta[0] + (column >= 0 ? fit.theta[m] : 0);
  const varMu = at(0, 0) + (column >= 0 ? at(m, m) + 2 * at(0, m) : 0) + more[0];
  const cov = at(0, s) + (column >= 0 ? at(m, s) : 0) + more[1];
  return curveOf(mu, base[1] + fit.theta[s], varMu, cov, at(s, s) + more[2]);
}

/** ln median = μ + σ ln ln 2 and its standard deviation by the delta method. */
function medianOf(
  fit: ParametricFit,
  district: ParametricFit,
  base: readonly [number, number],
): readonly [log: number, sd: number] {
  const size = fit.theta.length;
  const s = size - 1;
  const sigma = Math.exp(base[1] + fit.theta[s]);
  const slope = sigma * LOG_LOG_2;
  const more = shared(fit, district);
  const variance =
    fit.covariance[0] +
    more[0] +
    2 * slope * (fit.covariance[s] + more[1]) +
    slope * slope * (fit.covariance[s * size + s] + more[2]);
  return [base[0] + fit.theta[0] + slope, Math.sqrt(variance)];
}
