/** Numbers and dates as people here write them. One place, so that a figure reads the same on every page and on paper. */
const LOCALE = "en-US";

export const whole = (value: number): string => Math.round(value).toLocaleString(LOCALE);
export const decimal = (value: number, digits = 1): string =>
  value.toLocaleString(LOCALE, { maximumFractionDigits: digits, minimumFractionDigits: digits });
export const percent = (share: number, digits = 1): string => `${decimal(share * 100, digits)} %`;
export const usd = (value: number): string =>
  value.toLocaleString(LOCALE, { style: "currency", currency: "USD", maximumFractionDigits: 0 });
/** Large sums as a board reads them: $4.2 M. */
export const usdShort = (value: number): string =>
  Math.abs(value) < 100_000
    ? usd(value)
    : `$${value.toLocaleString(LOCALE, { notation: "compact", maximumSignificantDigits: 3 })}`;

/** A number of which only the size is known: as many digits as tell something. */
export const plain = (value: number): string =>
  value.toLocaleString(LOCALE, { maximumFractionDigits: Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2 });

export const dateTime = (iso: string): string =>
  new Date(iso).toLocaleString(LOCALE, { dateStyle: "medium", timeStyle: "short" });

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 days ago" */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  return "just now";
}

/** Seconds as a clock of a solve: 4:07. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = String(total % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Enough of an id or hash to tell it from others. */
export const short = (id: string): string => id.replace(/^[a-z]+_/, "").slice(0, 8);

/** Seconds after midnight as a timetable writes them: 6:45 am. */
export function clock(timeS: number): string {
  const minutes = Math.floor(timeS / 60);
  const hour = Math.floor(minutes / 60) % 24;
  return `${hour % 12 || 12}:${String(minutes % 60).padStart(2, "0")} ${hour < 12 ? "am" : "pm"}`;
}

/** @public */
export const minutes = (value: number, digits = 0): string => `${decimal(value, digits)} min`;
