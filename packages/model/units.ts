/**
 * Units as branded types: a number that says what it measures, at no cost at run time.
 * Names at boundaries carry the unit too (`rideTimeS`, `distanceM`, `costUsd`); a brand is for signatures where two numbers could be swapped.
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Seconds; as a time of day, seconds after local midnight. */
export type Seconds = Branded<"s">;
/** Metres along a road, a path or a straight line. */
export type Metres = Branded<"m">;
/** Whole US cents (or hundredths of the district's currency). */
export type Cents = Branded<"cent">;
/** Years as a decimal, one year = 365.25 days. */
export type Years = Branded<"year">;

export const seconds = (value: number): Seconds => value as Seconds;
export const metres = (value: number): Metres => value as Metres;
export const cents = (value: number): Cents => value as Cents;
export const years = (value: number): Years => value as Years;

/** International mile, exactly 1,609.344 m. */
export const METRES_PER_MILE = 1609.344;
export const DAYS_PER_YEAR = 365.25;

/** `HH:MM` or `HH:MM:SS` → seconds after midnight; undefined when the text is not a time of day up to 47:59:59. */
export function parseClock(text: string): Seconds | undefined {
  const match = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!match || Number(match[1]) > 47) return undefined;
  return seconds(Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0));
}

/** Seconds after midnight → `HH:MM:SS`, rounded to whole seconds. */
export function formatClock(timeS: number): string {
  const whole = Math.round(timeS);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Days from 1970-01-01 to an ISO date (proleptic Gregorian, no time zone). */
export function dayNumber(isoDate: string): number {
  return Math.round(
    Date.UTC(Number(isoDate.slice(0, 4)), Number(isoDate.slice(5, 7)) - 1, Number(isoDate.slice(8, 10))) / 86_400_000,
  );
}

/** Years between two ISO dates, negative when `to` comes first. */
export function yearsBetween(from: string, to: string): Years {
  return years((dayNumber(to) - dayNumber(from)) / DAYS_PER_YEAR);
}
