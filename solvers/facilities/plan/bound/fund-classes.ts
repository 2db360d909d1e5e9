import type { FacilitiesProblem } from "../../problem.ts";

/** Assets that the same funds may pay for are of one class: prices are looked up by class, not by asset. */
export interface FundClasses {
  /** Class of each live asset. */
  readonly of: Int32Array;
  /** Funds that may pay, by class. */
  readonly funds: readonly (readonly number[])[];
}

export function fundClasses({ payable, costUsd, funds }: FacilitiesProblem): FundClasses {
  const count = funds.ids.length;
  const known = new Map<string, number>();
  const classes: number[][] = [];
  const of = new Int32Array(costUsd.length);
  for (let a = 0; a < of.length; a++) {
    const key = payable.subarray(a * count, (a + 1) * count).join("");
    let kind = known.get(key);
    if (kind === undefined) {
      kind = classes.length;
      known.set(key, kind);
      classes.push(funds.ids.flatMap((_, f) => (payable[a * count + f] === 1 ? [f] : [])));
    }
    of[a] = kind;
  }
  return { of, funds: classes };
}
