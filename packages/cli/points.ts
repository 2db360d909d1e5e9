import { readFileSync } from "node:fs";
import { decimal, InputError, type LatLon, parseClock } from "@trivium/model";
import { parse } from "csv-parse/sync";
import { UsageError } from "./command.ts";

export interface NamedPoint extends LatLon {
  readonly id: string;
}

/** `points.csv`: id, lat, lon. @throws InputError bad-points with every row that is not one */
export function readPoints(path: string): NamedPoint[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(readFileSync(path), { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new InputError("bad-csv", `${path} cannot be read: ${(error as Error).message}. Maybe the path is wrong?`, {
      path,
    });
  }
  const problems: string[] = [];
  const points = rows.map((row, index) => {
    const lat = decimal(-90, 90).parse(row.lat ?? "");
    const lon = decimal(-180, 180).parse(row.lon ?? "");
    if (!row.id || lat === undefined || lon === undefined)
      problems.push(`row ${index + 2}: id ${row.id ?? ""}, lat ${row.lat ?? ""}, lon ${row.lon ?? ""}`);
    return { id: row.id, lat: lat ?? 0, lon: lon ?? 0 };
  });
  if (problems.length > 0)
    throw new InputError(
      "bad-points",
      `${path} has ${problems.length} rows without an id or with impossible coordinates:\n${problems.slice(0, 20).join("\n")}\nMaybe lat and lon are swapped?`,
      { path },
    );
  if (points.length === 0)
    throw new InputError("bad-points", `${path} names no points. Maybe it has no header id,lat,lon?`, { path });
  return points;
}

/** `--band 07:30` → seconds after midnight; noon where it was not given. */
export function bandStart(text: string | undefined): number {
  const start = text === undefined ? 43_200 : parseClock(text);
  if (start === undefined) throw new UsageError(`--band ${text}: expected a time HH:MM`);
  return start;
}
