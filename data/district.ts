import type { TableRow, Tables } from "@trivium/model";

/** `district.json`. */
interface DistrictInfo {
  readonly name: string;
  readonly timezone: string;
  readonly school_year: string;
  readonly url?: string;
  readonly currency: string;
}

/** The district as far as everyone knows it: what the tables of each area are drawn from. */
export interface District {
  readonly info: DistrictInfo;
  readonly schools: readonly TableRow<"schools">[];
  readonly students: readonly TableRow<"students">[];
}

/** What one area adds to a district folder: its tables and the content of its `settings.json`. */
export interface AreaFiles {
  readonly tables: Partial<Tables>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Path inside the district folder → content; text is written as UTF-8. */
export type DistrictFiles = ReadonlyMap<string, string | Uint8Array>;
