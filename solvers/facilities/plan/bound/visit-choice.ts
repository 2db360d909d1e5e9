/**
 * Which years to visit one school, when each asset is replaced in at most one visited year (uncapacitated facility location):
 *
 *   max Σ_i max(0, max_{t open} v_it) − Σ_{t open} V_t
 *
 * Its LP dual, min Σ u_i with Σ_i max(0, v_it − u_i) ≤ V_t, is a proven upper bound; u is lowered by dual ascent, asset by asset, down to the
 * next of the asset's values, as long as every year has slack. A must-do has to take a year, so its u may fall below 0.
 * One of these is filled and used anew for every school: rows in, then `choose`.
 * @see Erlenkotter 1978, Operations Research 26:992–1009
 */
export class VisitChooser {
  /** v_it of the rows kept, [i × years + t], −Infinity where not allowed. */
  readonly values: Float64Array;
  readonly asset: Int32Array;
  /** Year chosen by row, or −1. */
  readonly year: Int16Array;
  readonly open: Uint8Array;
  count = 0;
  readonly #years: number;
  readonly #must: Uint8Array;
  readonly #u: Float64Array;
  readonly #slack: Float64Array;
  /** Rows whose u may still fall. */
  readonly #live: Int32Array;

  constructor(assets: number, years: number) {
    this.#years = years;
    this.values = new Float64Array((assets + 1) * years);
    this.asset = new Int32Array(assets);
    this.year = new Int16Array(assets);
    this.open = new Uint8Array(years);
    this.#must = new Uint8Array(assets);
    this.#u = new Float64Array(assets);
    this.#slack = new Float64Array(years);
    this.#live = new Int32Array(assets);
  }

  start(): void {
    this.count = 0;
  }

  /** Where the next row's values go. */
  row(): number {
    return this.count * this.#years;
  }

  /** Keeps the row just written. */
  keep(asset: number, must: boolean): void {
    this.asset[this.count] = asset;
    this.#must[this.count++] = +must;
  }

  /**
   * @param visitPrice V_t; what is below 0 is gained outright
   * @returns ≥ the best possible value; `year` and `open` then hold a good choice
   */
  choose(visitPrice: Float64Array): number {
    const years = this.#years;
    const u = this.#u;
    let bound = 0;
    for (let t = 0; t < years; t++) {
      bound += Math.max(0, -visitPrice[t]);
      this.#slack[t] = Math.max(0, visitPrice[t]);
    }
    let live = 0;
    for (let i = 0; i < this.count; i++) {
      let most = this.#must[i] === 1 ? Number.NEGATIVE_INFINITY : 0;
      for (let k = i * years, end = k + years; k < end; k++) if (this.values[k] > most) most = this.values[k];
      u[i] = most;
      if (most > 0 || this.#must[i] === 1) this.#live[live++] = i;
    }
    while (live > 0) {
      let kept = 0;
      for (let k = 0; k < live; k++) {
        const i = this.#live[k];
        if (this.#lower(i)) this.#live[kept++] = i;
      }
      live = kept;
    }
    for (let i = 0; i < this.count; i++) bound += u[i];
    this.#openTightYears(visitPrice);
    return bound;
  }

  /** u of a row kept, as the last choice left it. */
  dualOf(row: number): number {
    return this.#u[row];
  }

  /** V_t less what the rows pay of it: what opening year t loses at least. */
  slackOf(year: number): number {
    return this.#slack[year];
  }

  /** Lowers u_i to its next value or until a year it pays for has no slack left. @returns false when it can fall no further, now or later */
  #lower(i: number): boolean {
    const years = this.#years;
    const least = this.#must[i] === 1 ? Number.NEGATIVE_INFINITY : 0;
    const now = this.#u[i];
    if (!(now > least)) return false;
    const { values } = this;
    const slack = this.#slack;
    const from = i * years;
    let target = least;
    let room = Infinity;
    for (let t = 0; t < years; t++) {
      const value = values[from + t];
      if (value >= now) {
        if (slack[t] < room) room = slack[t];
      } else if (value > target) target = value;
    }
    const step = Math.min(room, now - target);
    if (!(step > 1e-9) || step === Infinity) return false;
    for (let t = 0; t < years; t++) if (values[from + t] >= now) slack[t] -= step;
    this.#u[i] = now - step;
    return true;
  }

  /** A feasible choice near the bound: years without slack are open, assets take the best of them, years that do not pay are closed again. */
  #openTightYears(price: Float64Array): void {
    const years = this.#years;
    for (let t = 0; t < years; t++) this.open[t] = +(this.#slack[t] <= 1e-6);
    for (let i = 0; i < this.count; i++) this.year[i] = this.#bestYear(i, -1);
    const gain = new Float64Array(years);
    for (;;) {
      gain.fill(0);
      for (let i = 0; i < this.count; i++) {
        const t = this.year[i];
        if (t < 0) continue;
        const other = this.#bestYear(i, t);
        gain[t] += this.values[i * years + t] - (other < 0 ? 0 : this.values[i * years + other]);
      }
      let worst = -1;
      let worstGain = -1e-9;
      for (let t = 0; t < years; t++) {
        if (this.open[t] === 0 || gain[t] - price[t] >= worstGain) continue;
        worst = t;
        worstGain = gain[t] - price[t];
      }
      if (worst < 0) return;
      this.open[worst] = 0;
      for (let i = 0; i < this.count; i++) if (this.year[i] === worst) this.year[i] = this.#bestYear(i, -1);
    }
  }

  /** Best open year of a row other than `without`; a must-do opens its best year where none is open. */
  #bestYear(i: number, without: number): number {
    const years = this.#years;
    const must = this.#must[i] === 1;
    let best = -1;
    let value = must ? Number.NEGATIVE_INFINITY : 0;
    let anyOpen = false;
    for (let t = 0; t < years; t++) {
      if (this.open[t] === 0 || t === without || this.values[i * years + t] <= value) continue;
      best = t;
      value = this.values[i * years + t];
      anyOpen = true;
    }
    if (!must || anyOpen) return best;
    for (let t = 0; t < years; t++) {
      if (t === without || this.values[i * years + t] <= value) continue;
      best = t;
      value = this.values[i * years + t];
    }
    return best;
  }
}
