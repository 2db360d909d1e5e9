import type { LatLon, TableRow } from "@trivium/model";
import { type Household, schoolOf } from "./households.ts";

type Student = TableRow<"students">;

/** `students.csv`: one row a child; siblings share the eldest's id, all live at their household's home. */
export function students(families: readonly Household[], homes: readonly LatLon[]): Student[] {
  const rows: Student[] = [];
  families.forEach((family, index) => {
    const eldest = studentId(rows.length);
    for (const child of family.children) {
      rows.push({
        student_id: studentId(rows.length),
        school_id: schoolOf(family.zone, child.grade),
        grade: child.grade,
        lat: homes[index].lat,
        lon: homes[index].lon,
        ...(family.children.length > 1 ? { sibling_id: eldest } : {}),
        extra: {
          group_frl: yesNo(family.lowIncome),
          group_iep: yesNo(child.iep),
          group_ell: yesNo(family.learnsEnglish),
          group_race: family.race,
        },
      });
    }
  });
  return rows;
}

const studentId = (index: number): string => String(100_001 + index);

const yesNo = (value: boolean): string => (value ? "yes" : "no");
