import { InputError, TABLE_NAMES, TABLES, type TableName } from "@trivium/model";
import { z } from "zod";

const theirColumn = z.union([z.string().min(1), z.number().int().min(1)]);
const tableName = z.enum(TABLE_NAMES as [TableName, ...TableName[]]);

/**
 * How a district's own files are read as the contract's tables, saved once and used on every import:
 * `{ files: { "sis_export.txt": { table: "requests", delimiter: "\t", header: false, columns: { student_id: 1, course_id: 4 } } } }`.
 * `columns` goes from our name to theirs: a header, or a column's number from 1. Columns that carry our names need no entry.
 * `prefix: { course_id: "School" }` reads ENG1 of Elm as Elm-ENG1, for systems that repeat ids from school to school.
 */
export const mappingSchema = z.strictObject({
  files: z.record(
    z.string().min(1),
    z.strictObject({
      table: tableName,
      delimiter: z.string().min(1).max(3).optional(),
      header: z.boolean().optional().describe("false: the first row is data already, columns go by number"),
      columns: z.record(z.string(), theirColumn).default({}),
      prefix: z
        .record(z.string(), theirColumn)
        .default({})
        .describe(
          "our column → the column of theirs whose cell and a dash go before each id, where schools repeat ids",
        ),
    }),
  ),
});
export type Mapping = z.input<typeof mappingSchema>;
export type FileMapping = z.output<typeof mappingSchema>["files"][string];

/** Checks a mapping as read from JSON. @throws InputError bad-mapping with every problem in its text */
export function parseMapping(mapping: unknown): ReadonlyMap<string, FileMapping> {
  const parsed = mappingSchema.safeParse(mapping);
  if (!parsed.success) throw bad(z.prettifyError(parsed.error));
  const files = Object.entries(parsed.data.files);
  for (const [file, { table, columns, prefix, header }] of files) {
    for (const [ours, theirs] of [...Object.entries(columns), ...Object.entries(prefix)]) {
      if (!Object.hasOwn(TABLES[table].columns, ours) && !ours.startsWith("group_"))
        throw bad(`${file}: ${table} has no column ${ours}`);
      if (header === false && typeof theirs === "string" && !/^[1-9]\d*$/.test(theirs))
        throw bad(`${file}: without a header, ${ours} must name a column number, not ${theirs}`);
    }
  }
  return new Map(files);
}

/** A mapping that was saved under a name. */
export interface NamedMapping {
  readonly name: string;
  readonly mapping: Mapping;
}

/**
 * The saved mapping that was made for these files: all that it names are there, and of several the one that names most.
 * Undefined where none fits.
 */
export function rememberedMapping(files: Iterable<string>, saved: readonly NamedMapping[]): NamedMapping | undefined {
  const there = new Set(files);
  const named = ({ mapping }: NamedMapping) => Object.keys(mapping.files);
  return saved
    .filter((each) => named(each).length > 0 && named(each).every((file) => there.has(file)))
    .sort((a, b) => named(b).length - named(a).length)[0];
}

const bad = (why: string): InputError => new InputError("bad-mapping", `the column mapping cannot be used: ${why}`);
