import { parse } from "csv-parse/browser/esm/sync";
import type { Template } from "../../data/resources.ts";
import { type Files, textOf } from "./dropped-files.ts";

/** How a dropped file is read: as a file of the contract, by a mapping, or not at all. */
export interface ReadAs {
  readonly path: string;
  readonly bytes: number;
  /** The contract's path it goes to; the same where it already stands there. */
  readonly as: string | null;
  readonly tabular: boolean;
}

const OTHER_FILES = /^(district\.json|.*settings\.json|roads\/.*|.*\.osm\.pbf|.*\.geojson)$/;
const TABULAR = /\.(csv|txt|tsv|dat)$/i;
const baseOf = (path: string): string => path.split("/").at(-1) ?? path;

/** Files at the contract's places are read as they stand, those with one of its names are put there, others need a mapping. */
export function recognise(files: Files, templates: readonly Template[]): ReadAs[] {
  const places = new Set(templates.map(({ file }) => file));
  const byName = new Map(templates.map(({ file }) => [baseOf(file), file]));
  return [...files].map(([path, bytes]) => {
    const known = places.has(path) || OTHER_FILES.test(path) ? path : byName.get(baseOf(path));
    const as = known !== undefined && (known === path || !files.has(known)) ? known : null;
    return { path, bytes: bytes.length, as, tabular: TABULAR.test(path) };
  });
}

export interface Preview {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
}

const DELIMITERS = [",", "\t", ";", "|"] as const;
const PREVIEW_ROWS = 6;

/** The first rows of a file, by the delimiter that its first line has most of. */
export function previewOf(bytes: Uint8Array): Preview {
  const head = textOf(bytes.subarray(0, 65_536));
  const line = head.slice(0, head.search(/\r?\n|$/));
  const delimiter = DELIMITERS.reduce((best, each) =>
    line.split(each).length > line.split(best).length ? each : best,
  );
  const rows = parse(head, { delimiter, relax_column_count: true, relax_quotes: true, to: PREVIEW_ROWS }) as string[][];
  return { delimiter, rows };
}

/** The row of a file that a finding is about, its cells by column. Rows count as in a spreadsheet: the header is row 1. */
export function rowOfFile(
  files: Files,
  file: string,
  row: number | undefined,
): Readonly<Record<string, string>> | undefined {
  const bytes = files.get(file);
  if (bytes === undefined || row === undefined || row < 2) return undefined;
  try {
    const options = {
      delimiter: previewOf(bytes).delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    };
    const rows = parse(textOf(bytes), { ...options, to: row }) as string[][];
    const [header, found] = [rows[0], rows[row - 1]];
    return found && Object.fromEntries(header.map((name, index) => [name, found[index] ?? ""]));
  } catch {
    return undefined;
  }
}

/** Words that student information systems have for ours. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/pupil|learner/, "student"],
  [/crs|class$/, "course"],
  [/campus|site/, "school"],
  [/(number|num|nr|code)$/, "id"],
  [/lng|longitude/, "lon"],
  [/latitude/, "lat"],
];
const plainName = (name: string): string =>
  SYNONYMS.reduce((plain, [theirs, ours]) => plain.replace(theirs, ours), name.toLowerCase().replace(/[^a-z0-9]/g, ""));

/** Which of their columns is probably which of ours: the same name but for case and signs, or one within the other. */
export function guessed(ours: readonly string[], theirs: readonly string[]): Record<string, string> {
  const left = new Set(theirs);
  const found: Record<string, string> = {};
  const take = (column: string, matches: (theirs: string) => boolean) => {
    if (found[column] !== undefined) return;
    const match = [...left].find((each) => matches(plainName(each)));
    if (match === undefined) return;
    found[column] = match;
    left.delete(match);
  };
  for (const column of ours) take(column, (each) => each === plainName(column));
  for (const column of ours) {
    const plain = plainName(column);
    take(column, (each) => each.length >= 3 && (plain.includes(each) || each.includes(plain)));
  }
  return found;
}
