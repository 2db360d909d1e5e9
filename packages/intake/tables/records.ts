import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";

/** A record longer than this is an unclosed quote, not a row. */
const RECORD_BYTES_MAX = 1_000_000;

export interface BadRecord {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly code: "bad-quotes" | "not-utf8" | "record-too-long";
  readonly message: string;
}

/**
 * Splits a CSV file into records, in order: RFC 4180 quoting, any line ends, BOM allowed. Blank records are counted, not given.
 *
 * @param record called with each record that holds anything, its cells trimmed, and its row as a spreadsheet counts (the first is 1)
 * @returns what could not be read
 */
export function readRecords(
  bytes: Uint8Array,
  delimiter: string,
  record: (cells: string[], row: number) => void,
): BadRecord[] {
  const encoding = foreignEncoding(bytes);
  if (encoding) return [encoding];
  const bad: BadRecord[] = [];
  let row = 0;
  try {
    parse(bytes as Buffer, {
      bom: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      max_record_size: RECORD_BYTES_MAX,
      skip_records_with_error: true,
      on_skip: (error) => {
        row++;
        bad.push({ row, code: "bad-quotes", message: `row ${row} is not quoted as it should be (${error?.code})` });
        return undefined;
      },
      on_record: (cells: string[]) => {
        row++;
        if (trimmed(cells)) record(cells, row);
        return null;
      },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    bad.push({
      row: row + 1,
      code: "record-too-long",
      message: `reading stops at row ${row + 1}: ${why.slice(0, 160)}`,
    });
  }
  return bad;
}

/** Trims every cell in place; false when nothing is left. */
function trimmed(cells: string[]): boolean {
  let any = false;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i].trim();
    cells[i] = cell;
    if (cell !== "") any = true;
  }
  return any;
}

function foreignEncoding(bytes: Uint8Array): BadRecord | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { row: 1, code: "not-utf8", message: "the file is UTF-16" };
  if (isUtf8(bytes)) return undefined;
  const row = rowOfFirstBadByte(bytes);
  return { row, code: "not-utf8", message: `row ${row} holds bytes that are not UTF-8` };
}

/** The line at which the bytes stop being UTF-8, found by halving. */
function rowOfFirstBadByte(bytes: Uint8Array): number {
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) ends.push(at + 1);
  ends.push(bytes.length);
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isUtf8(bytes.subarray(0, ends[middle]))) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
