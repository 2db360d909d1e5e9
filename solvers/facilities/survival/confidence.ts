export type Band = "log" | "log-log";

/** Two-sided 95 % point of the standard normal. */
const Z_95 = 1.959963984540054;

/**
 * 95 % limits of a probability p, given the standard error of ln p, kept within 0 … 1.
 * log: p·exp(±z·se);  log-log: p^exp(±z·se/ln p), none where p is 1. None (NaN) where p is 0.
 *
 * @see Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, section 1.4
 */
export function limits95(p: number, seLog: number, band: Band): readonly [lower: number, upper: number] {
  if (p === 0 || (band === "log-log" && p === 1)) return [Number.NaN, Number.NaN];
  if (band === "log") return [p * Math.exp(-Z_95 * seLog), Math.min(1, p * Math.exp(Z_95 * seLog))];
  const width = (Z_95 * seLog) / Math.log(p);
  return [p ** Math.exp(-width), p ** Math.exp(width)];
}

/**
 * 95 % limits of a cumulative hazard rate H with its standard error: log, those of S = e^−H on the log scale, H ± z·se, not below 0;
 * log-log, H·exp(±z·se/H). None (NaN) where H is 0 on the log-log scale.
 */
export function hazardLimits95(hazard: number, se: number, band: Band): readonly [lower: number, upper: number] {
  if (band === "log") return [Math.max(0, hazard - Z_95 * se), hazard + Z_95 * se];
  if (hazard === 0) return [Number.NaN, Number.NaN];
  const factor = Math.exp((Z_95 * se) / hazard);
  return [hazard / factor, hazard * factor];
}
