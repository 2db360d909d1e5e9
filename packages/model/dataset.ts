import { z } from "zod";
import { canonicalHash } from "./hash.ts";
import type { SettingsOf } from "./settings/index.ts";
import { TABLE_NAMES, type TableName, type Tables } from "./tables/index.ts";

export const districtSchema = z.looseObject({
  name: z.string().min(1),
  timezone: z.string().min(1),
  school_year: z.string().regex(/^\d{4}-\d{2}$/),
  currency: z.string().optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("the district's page, which a GTFS feed must name"),
});
export type District = z.infer<typeof districtSchema>;

/** An OpenStreetMap extract beside the tables: too large for a row, so by its place and its hash. */
export interface MapFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** An immutable snapshot of a district's input. Rows are typed; an absent table is an empty one that `present` does not name. */
export interface Dataset {
  /** SHA-256 of the content (tables, settings, map), independent of file order, column order and line ends. */
  readonly hash: string;
  readonly district: District;
  readonly tables: Tables;
  readonly present: ReadonlySet<TableName>;
  readonly settings: SettingsOf;
  readonly map?: MapFile;
  /** `roads/areas.geojson`, parsed: the areas that speed factors name. */
  readonly areasGeojson?: unknown;
}

export type DatasetContent = Omit<Dataset, "hash">;

/** Content → dataset with its hash. Where the map lies does not count, what it holds does. */
export function sealDataset(content: DatasetContent): Dataset {
  const hash = canonicalHash({
    district: content.district,
    tables: content.tables,
    present: [...content.present].sort(),
    settings: content.settings,
    map: content.map?.sha256 ?? null,
    areas: content.areasGeojson ?? null,
  });
  return { ...content, hash };
}

/** Every table, empty: the start for intake and for tests. */
export function emptyTables(): { -readonly [N in keyof Tables]: Tables[N][number][] } {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, []])) as unknown as {
    -readonly [N in keyof Tables]: Tables[N][number][];
  };
}

/** The dataset as a solver may see it: `group_*` columns are gone, but for those that a parity goal names. */
export function withoutGroups(dataset: Dataset, allowed: readonly string[] = []): Dataset {
  const students = dataset.tables.students.map((student) => {
    const kept = Object.entries(student.extra ?? {}).filter(
      ([name]) => !name.startsWith("group_") || allowed.includes(name),
    );
    return { ...student, extra: Object.fromEntries(kept) };
  });
  return { ...dataset, tables: { ...dataset.tables, students } };
}
