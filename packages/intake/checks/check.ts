import type { Finding } from "@trivium/model";
import type { DistrictView, TableIndex } from "./view.ts";

/** What a check says about one place; the file, the row number and the column as the district's own file has it are filled in. */
export interface Found {
  readonly column?: string;
  readonly value?: unknown;
  readonly message: string;
  readonly expected: string;
  readonly mend: string;
  /** Further places of a contradiction. */
  readonly others?: readonly TableIndex[];
}

/** A row of a table (its index in `view.tables`), a whole table, or a file that is no table. */
export type Place = TableIndex | string;

export type Find = (place: Place, found: Found) => void;

/**
 * One kind of finding. `error` = no plan can be made or trusted with it; `warning` = a person must say that it is meant.
 * A check sees only rows whose required cells are there and well-formed, and must not assume that references hold.
 */
export interface Check {
  /** The kind, stable, kebab-case. */
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly area: Finding["area"];
  run(view: DistrictView, find: Find): void;
}

type Body = (view: DistrictView, find: Find) => void;

/** The kind of finding in its area, with its severity. */
const of =
  (area: Finding["area"], severity: Finding["severity"]) =>
  (code: string, run: Body): Check => ({ code, severity, area, run });

/** `schedulingError("period-reversed", (view, find) => …)` and its kin: what a check file is made of. */
export const districtWarning = of("district", "warning");
export const roadsWarning = of("roads", "warning");
export const schedulingError = of("scheduling", "error");
export const schedulingWarning = of("scheduling", "warning");
export const routingError = of("routing", "error");
export const routingWarning = of("routing", "warning");
export const facilitiesError = of("facilities", "error");
export const facilitiesWarning = of("facilities", "warning");
