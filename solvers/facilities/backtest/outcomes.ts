import { DAYS_PER_YEAR } from "@trivium/model";
import { FAILED, type Register, standsOn } from "../register/register.ts";

/** What became of the assets that stood at an origin, until the end of a window. Arrays by asset that stood. */
export interface Outcomes {
  readonly asset: Int32Array;
  readonly failed: Uint8Array;
  /** 1 = taken out for another (or no known) reason inside the window: nobody knows whether it would have failed, so it is not ranked. */
  readonly cutShort: Uint8Array;
  /** Years observed inside the window: to its end, or to the removal. */
  readonly observedYears: Float64Array;
}

export function outcomesOf(register: Register, originDay: number, windowYears: number): Outcomes {
  const endDay = Math.round(originDay + windowYears * DAYS_PER_YEAR);
  const asset = Int32Array.from({ length: register.assetIds.length }, (_, a) => a).filter((a) =>
    standsOn(register, a, originDay),
  );
  const gone = (a: number) => register.removedDay[a] <= endDay;
  return {
    asset,
    failed: Uint8Array.from(asset, (a) => +(gone(a) && register.removal[a] === FAILED)),
    cutShort: Uint8Array.from(asset, (a) => +(gone(a) && register.removal[a] !== FAILED)),
    observedYears: Float64Array.from(
      asset,
      (a) => (Math.min(register.removedDay[a], endDay) - originDay) / DAYS_PER_YEAR,
    ),
  };
}
