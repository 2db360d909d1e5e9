import { InputError } from "@trivium/model";

/** An instance of the public school-bus set (Park, Tae & Kim 2012): coordinates in feet, times in seconds after midnight. */
export interface SbrpInstance {
  readonly schools: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly earlyS: number;
    readonly lateS: number;
  }[];
  readonly stops: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    /** Index of its school. */
    readonly school: number;
    readonly students: number;
  }[];
}

/**
 * Reads the two tab-separated files of an instance.
 * @param schoolsText columns ID, X, Y, AMEARLY, AMLATE (hhmm with leading zeros dropped: 510 = 05:10)
 * @param stopsText columns ID, X_COORD, Y_COORD, EP_ID, STUDENT_COUNT
 * @throws InputError sbrp-row with the file, the row and the text
 */
export function readSbrp(schoolsText: string, stopsText: string): SbrpInstance {
  const schools = rowsOf("Schools.txt", schoolsText, 5).map(([id, x, y, early, late]) => ({
    id,
    x: Number(x),
    y: Number(y),
    earlyS: hhmm(early),
    lateS: hhmm(late),
  }));
  const bySchool = new Map(schools.map((school, index) => [school.id, index]));
  const stops = rowsOf("Stops.txt", stopsText, 5).map(([id, x, y, school, students], index) => {
    const at = bySchool.get(school);
    if (at === undefined)
      throw new InputError(
        "sbrp-row",
        `stop ${id} belongs to school ${school}, which Schools.txt does not have. Maybe the files are of two instances.`,
        {
          path: `Stops.txt:${index + 2}`,
          values: { id, school },
        },
      );
    return { id, x: Number(x), y: Number(y), school: at, students: Number(students) };
  });
  return { schools, stops };
}

function rowsOf(file: string, text: string, columns: number): string[][] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .slice(1);
  const rows: string[][] = [];
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const cells = line.trim().split(/\s+/);
    if (cells.length < columns || cells.slice(1, columns).some((cell) => !Number.isFinite(Number(cell))))
      throw new InputError(
        "sbrp-row",
        `${file} row ${index + 2} is not ${columns} columns of numbers: ${line}. Maybe another file.`,
        {
          path: `${file}:${index + 2}`,
          values: { line },
        },
      );
    rows.push(cells);
  });
  return rows;
}

const hhmm = (text: string): number => Math.floor(Number(text) / 100) * 3600 + (Number(text) % 100) * 60;
