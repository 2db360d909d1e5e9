import { Random } from "@trivium/engine";
import type { Grade, Tables } from "@trivium/model";
import { tableFiles } from "../csv.ts";
import type { AreaFiles, District, DistrictFiles } from "../district.ts";
import { type DrawnSchool, drawSchool } from "./school.ts";

/** The scheduling tables of the district: its one high school, drawn around a hidden legal master. */
export function schedulingData(random: Random, district: District): AreaFiles {
  const { tables, settings } = sampleSchool(random, district);
  return { tables, settings };
}

/** The sample's high school with what its hidden plan meets. */
export function sampleSchool(random: Random, { schools, students }: District): DrawnSchool {
  const school = schools.find(({ level }) => level === "high") ?? schools[0];
  const attendees = students
    .filter(({ school_id }) => school_id === school.school_id)
    .map(({ student_id, grade, extra }) => ({ id: student_id, grade, flagged: extra?.group_iep === "yes" }));
  return drawSchool(random, school.school_id, attendees);
}

/**
 * A school for benchmarks and tests, with its own students: 600 to 4,500 of them are meant. A function of seed and size alone.
 * It has a schedule of today; `unkindDistrict` leaves that out.
 */
export function unkindSchool(seed: number, students: number): DrawnSchool & { readonly tables: Partial<Tables> } {
  const random = new Random(seed);
  const grades: readonly Grade[] = ["9", "10", "11", "12"];
  const attendees = Array.from({ length: students }, (_, index) => ({
    id: String(900_001 + index),
    grade: grades[index % 4],
    flagged: random.unit() < 0.125,
  }));
  const drawn = drawSchool(random.fork(0), "HS", attendees);
  const rows = attendees.map(({ id, grade, flagged }) => ({
    student_id: id,
    school_id: "HS",
    grade,
    extra: { group_iep: flagged ? "yes" : "no" },
  }));
  const school = {
    school_id: "HS",
    name: "Unkind High",
    level: "high" as const,
    lat: 42.9,
    lon: -92.3,
    enrollment: students,
  };
  return { ...drawn, tables: { schools: [school], students: rows, ...drawn.tables } };
}

/** The same school as a district folder to be scheduled from nothing: no schedule of today, and nothing of the hidden plan. */
export function unkindDistrict(seed: number, students: number): { files: DistrictFiles; drawn: DrawnSchool } {
  const drawn = unkindSchool(seed, students);
  const { today_sections: _, today_enrollments: __, ...tables } = drawn.tables;
  const info = { name: `Unkind High, ${students} students`, timezone: "America/Chicago", school_year: "2027-28" };
  return { files: schoolFiles(info, tables, drawn.settings), drawn };
}

/** A district of one school with nothing but scheduling, as files. */
export function schoolFiles(
  info: Readonly<Record<string, string>>,
  tables: Partial<Tables>,
  settings?: Readonly<Record<string, unknown>>,
): DistrictFiles {
  return new Map([
    ["district.json", json(info)],
    ...tableFiles(tables),
    ...(settings ? [["scheduling/settings.json", json(settings)] as const] : []),
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
