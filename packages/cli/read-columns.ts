import { readFileSync } from "node:fs";
import { InputError } from "@trivium/model";
import { parse } from "csv-parse/sync";

/** A CSV by column, as text; semicolons or tabs instead of commas are seen by the header. @throws InputError bad-csv with the line that cannot be read, duplicate-column, empty-csv */
export function readColumns(path: string): Record<string, string[]> {
  let rows: string[][];
  try {
    const text = readFileSync(path);
    rows = parse(text, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: delimiterOf(text.toString("utf8", 0, 10_000)),
    });
  } catch (error) {
    throw new InputError(
      "bad-csv",
      `${path} cannot be read: ${(error as Error).message}. Maybe the path is wrong, or a quote is not closed?`,
      { path },
    );
  }
  const [header, ...body] = rows;
  if (header === undefined || body.length === 0)
    throw new InputError(
      "empty-csv",
      `${path} has ${header === undefined ? "nothing in it" : "a header and no rows"}: must have a header and a row for each life. Maybe another file`,
      { path },
    );
  const twice = header.find((name, column) => header.indexOf(name) !== column);
  if (twice !== undefined)
    throw new InputError(
      "duplicate-column",
      `${path} has two columns named ${twice || "(nothing)"}. Maybe rename one of them`,
      { path, values: { column: twice } },
    );
  return Object.fromEntries(header.map((name, column) => [name, body.map((row) => row[column])]));
}

/** The delimiter that the first line holds most often. */
function delimiterOf(start: string): string {
  const [header] = start.split(/\r?\n/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].toSorted((a, b) => count(b) - count(a))[0];
}
