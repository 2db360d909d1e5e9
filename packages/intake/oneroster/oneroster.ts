import type { Finding, IntegrityReport } from "@trivium/model";
import type { FindingList } from "../report.ts";
import { people } from "./people.ts";
import { rosterRows } from "./records.ts";
import { schedule } from "./schedule.ts";
import type { MadeTable } from "./table.ts";

/** Where a OneRoster export lies in a district folder: beside its own files, or in a folder of its own. */
const PLACES = ["", "oneroster/"];
/** A manifest tells a OneRoster export from files that happen to be called alike. */
const MARKS = ["manifest.csv", "orgs.csv", "users.csv"];
const NAMES = [
  ...MARKS,
  "academicSessions.csv",
  "classes.csv",
  "courses.csv",
  "demographics.csv",
  "enrollments.csv",
  "roles.csv",
];

export interface FromOneRoster {
  /** The district's files, with the tables that were made where the folder has none of that name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** OneRoster's own files, which are read. */
  readonly read: ReadonlySet<string>;
  /** The report as it speaks of the files that the district has. */
  told(report: IntegrityReport): IntegrityReport;
}

/**
 * A OneRoster 1.1 or 1.2 CSV export as tables of the contract: students, teachers, terms, courses, and today's sections and enrollments.
 * The folder's own tables go before. What OneRoster does not know (where schools are, periods, rooms, requests) stays the folder's;
 * one without any table of scheduling wants no schedule, and gets its students only.
 * Undefined where there is no such export.
 * @see 1EdTech, OneRoster 1.2 CSV Binding
 */
export function fromOneRoster(
  files: ReadonlyMap<string, Uint8Array>,
  findings: FindingList,
): FromOneRoster | undefined {
  const place = PLACES.find((each) => MARKS.every((mark) => files.has(`${each}${mark}`)));
  if (place === undefined) return undefined;
  const own = new Map(
    NAMES.flatMap((name) =>
      files.has(`${place}${name}`) ? [[name, files.get(`${place}${name}`) as Uint8Array] as const] : [],
    ),
  );
  const schools = new Set(
    rosterRows(own.get("orgs.csv"))
      .filter((row) => row.of("type").toLowerCase() === "school")
      .map((row) => row.of("sourcedId")),
  );
  const schedules = [...files.keys()].some((file) => file.startsWith("scheduling/"));
  const made = [...people(own, schools), ...schedule(own, schools)].filter(
    ({ file }) => !files.has(file) && (schedules || !file.startsWith("scheduling/")),
  );
  tell(place, files, made, findings);
  const read = new Set([...own.keys()].map((name) => `${place}${name}`));
  return {
    files: new Map([
      ...[...files].filter(([file]) => !read.has(file)),
      ...made.map(({ file, bytes }) => [file, bytes] as const),
    ]),
    read,
    told: (report) => ({ ...report, findings: report.findings.map((finding) => placed(finding, place, made)) }),
  };
}

function tell(
  place: string,
  files: ReadonlyMap<string, Uint8Array>,
  made: readonly MadeTable[],
  findings: FindingList,
): void {
  if (!files.has("schools.csv"))
    findings.add({
      code: "oneroster-without-schools",
      severity: "error",
      area: "district",
      file: `${place}orgs.csv`,
      message: "OneRoster says neither where a school is nor its level",
      expected: "a schools.csv beside it: school_id as in orgs.csv, name, level, lat, lon",
      mend: "add schools.csv",
    });
  if (made.some(({ file }) => file === "scheduling/courses.csv"))
    findings.add({
      code: "oneroster-seats",
      severity: "warning",
      area: "scheduling",
      file: `${place}courses.csv`,
      column: "seats_max",
      message: "OneRoster has no seats: each course gets those of its largest class today",
      expected: "seats_max by course",
      mend: "add scheduling/courses.csv, or acknowledge it",
    });
}

/** A finding about a made row, at the row that it was made from. */
function placed(finding: Finding, place: string, made: readonly MadeTable[]): Finding {
  const others = finding.others?.map((other) => ({ ...other, ...moved(other, place, made) }));
  return { ...finding, ...moved(finding, place, made), ...(others ? { others } : {}) };
}

function moved(at: { readonly file: string; readonly row?: number }, place: string, made: readonly MadeTable[]) {
  const table = made.find(({ file }) => file === at.file);
  if (!table) return {};
  const row = at.row === undefined ? undefined : at.row < 2 ? 1 : table.rows[at.row - 2];
  return { file: `${place}${table.from}`, ...(row === undefined ? {} : { row }) };
}
