/** Figures as a board reads them. */
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

export const count = (value: number): string => whole.format(value);
export const usd = (value: number): string => dollars.format(value);
export const usdAndCents = (value: number): string => cents.format(value);
export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;

/** At an axis: $1.5 M, $200 k, $0. */
export function shortUsd(value: number): string {
  if (value >= 1e6) return `$${trimmed(value / 1e6)} M`;
  return value >= 1e3 ? `$${trimmed(value / 1e3)} k` : `$${trimmed(value)}`;
}

const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, "");
