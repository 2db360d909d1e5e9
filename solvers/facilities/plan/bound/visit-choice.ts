/**
 * Which years to visit one school, when each asset is replaced in at most one visited year (uncapacitated facility location):
 *
 *   max Σ_i max(0, max_{t open} v_it) − Σ_{t open} V_t
 *
 * Its LP dual, min Σ u_i with Σ_i max(0, v_it − u_i) ≤ V_t, is a proven upper bound; u is lowered by dual ascent, asset by asset, down to the
 * next of the asset's values, as long as every year has slack. A must-do has to take a year, so its u may fall below 0.
 * @see Erlenkotter 1978, Operations Research 26:992–1009
 */
export interface VisitChoice {
  /** ≥ the best possible value. */
  bound: number;
  /** By asset of the school: year chosen, or −1. */
  readonly year: Int16Array;
  readonly open: Uint8Array;
}

const PASSES = 30;

/**
 * @param values v_it by asset and year, −Infinity where not allowed, [i × years + t]
 * @param visitPrice V_t; what is below 0 is gained outright
 * @param obliged 1 = must take a year
 */
export function chooseVisits(
  values: Float64Array,
  assets: number,
  visitPrice: Float64Array,
  obliged: Uint8Array,
  out: VisitChoice,
): void {
  const years = visitPrice.length;
  const slack = visitPrice.map((each) => Math.max(0, each));
  const u = new Float64Array(assets);
  out.bound = 0;
  for (let t = 0; t < years; t++) out.bound += Math.max(0, -visitPrice[t]);
  for (let i = 0; i < assets; i++) {
    u[i] = obliged[i] === 1 ? -Infinity : 0;
    for (let t = 0; t < years; t++) u[i] = Math.max(u[i], values[i * years + t]);
  }
  for (let pass = 0, lowered = true; pass < PASSES && lowered; pass++) {
    lowered = false;
    for (let i = 0; i < assets; i++) if (lower(values, i, years, slack, u, obliged[i] === 1)) lowered = true;
  }
  for (let i = 0; i < assets; i++) out.bound += u[i];
  openTightYears(values, assets, visitPrice, slack, obliged, out);
}

/** Lowers u_i to its next value or until a year it pays for has no slack left. */
function lower(
  values: Float64Array,
  i: number,
  years: number,
  slack: Float64Array,
  u: Float64Array,
  obliged: boolean,
): boolean {
  if (!(u[i] > (obliged ? -Infinity : 0))) return false;
  let target = obliged ? -Infinity : 0;
  let room = Infinity;
  for (let t = 0; t < years; t++) {
    const value = values[i * years + t];
    if (value >= u[i]) room = Math.min(room, slack[t]);
    else target = Math.max(target, value);
  }
  const step = Math.min(room, u[i] - target);
  if (!(step > 1e-9) || step === Infinity) return false;
  for (let t = 0; t < years; t++) if (values[i * years + t] >= u[i]) slack[t] -= step;
  u[i] -= step;
  return true;
}

/** A feasible choice near the bound: years without slack are open, assets take the best of them, years that do not pay are closed again. */
function openTightYears(
  values: Float64Array,
  assets: number,
  price: Float64Array,
  slack: Float64Array,
  obliged: Uint8Array,
  out: VisitChoice,
): void {
  const years = price.length;
  for (let t = 0; t < years; t++) out.open[t] = +(slack[t] <= 1e-6);
  assign(values, assets, years, obliged, out);
  for (;;) {
    let worst = -1;
    let worstGain = -1e-9;
    for (let t = 0; t < years; t++) {
      if (out.open[t] === 0) continue;
      const gain = gainOf(values, assets, years, t, obliged, out) - price[t];
      if (gain < worstGain) {
        worst = t;
        worstGain = gain;
      }
    }
    if (worst < 0) return;
    out.open[worst] = 0;
    assign(values, assets, years, obliged, out);
  }
}

function assign(values: Float64Array, assets: number, years: number, obliged: Uint8Array, out: VisitChoice): void {
  for (let i = 0; i < assets; i++) out.year[i] = bestYear(values, i, years, obliged[i] === 1, out.open, -1);
}

/** Best open year of an asset other than `without`; a must-do opens its best year where none is open. */
function bestYear(
  values: Float64Array,
  i: number,
  years: number,
  obliged: boolean,
  open: Uint8Array,
  without: number,
): number {
  let best = -1;
  let value = obliged ? -Infinity : 0;
  for (let t = 0; t < years; t++) {
    if ((open[t] === 0 && !obliged) || t === without || values[i * years + t] <= value) continue;
    best = t;
    value = values[i * years + t];
  }
  return best;
}

function gainOf(
  values: Float64Array,
  assets: number,
  years: number,
  t: number,
  obliged: Uint8Array,
  out: VisitChoice,
): number {
  let gain = 0;
  for (let i = 0; i < assets; i++) {
    if (out.year[i] !== t) continue;
    const other = bestYear(values, i, years, obliged[i] === 1, out.open, t);
    gain += values[i * years + t] - (other < 0 ? 0 : values[i * years + other]);
  }
  return gain;
}
