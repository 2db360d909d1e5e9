import { GRADES, SCHEDULING_WEIGHTS } from "@trivium/model";
import { maybe } from "../../nearest.ts";
import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";

const FILE = "scheduling/settings.json";

export const weightUnknown = schedulingWarning("weight-unknown", (view, find) => {
  for (const [name, value] of Object.entries(view.settings.scheduling.weights ?? {})) {
    if ((SCHEDULING_WEIGHTS as readonly string[]).includes(name)) continue;
    find(FILE, {
      column: `weights.${name}`,
      value,
      message: `there is no weight ${name}, so its value changes nothing.${maybe(name, SCHEDULING_WEIGHTS)}`,
      expected: SCHEDULING_WEIGHTS.join(", "),
      mend: "correct the name, or delete the entry",
    });
  }
});

export const parityColumnUnknown = schedulingError("parity-column-unknown", (view, find) => {
  const columns = new Set<string>();
  for (const [student] of each(view, "students"))
    for (const name of Object.keys(student.extra ?? {})) columns.add(name);
  for (const column of view.settings.scheduling.parity?.columns ?? []) {
    if (columns.has(column)) continue;
    const known = [...columns].filter((name) => name.startsWith("group_"));
    find(FILE, {
      column: "parity.columns",
      value: column,
      message: `parity is to be a goal by ${column}, which students.csv does not have.${maybe(column, known)}`,
      expected: known.length > 0 ? known.join(", ") : "a group_* column of students.csv",
      mend: "correct the name, add the column, or take it from the goal",
    });
  }
});

export const gradeUnknown = schedulingError("settings-grade-unknown", (view, find) => {
  const { lunch, grade_factors } = view.settings.scheduling;
  const named = { "lunch.grades": lunch?.grades ?? {}, grade_factors: grade_factors ?? {} };
  for (const [column, grades] of Object.entries(named))
    for (const grade of Object.keys(grades)) {
      if ((GRADES as readonly string[]).includes(grade)) continue;
      find(FILE, {
        column,
        value: grade,
        message: `${column} names the grade ${grade}, which is none.${maybe(grade, GRADES)}`,
        expected: GRADES.join(", "),
        mend: "correct the grade",
      });
    }
});
