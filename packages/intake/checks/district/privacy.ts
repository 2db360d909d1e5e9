import { isPersonal } from "@trivium/model";
import { districtWarning } from "../check.ts";

/** More different values than any group has: an id or free text, by which a child could be known. */
const GROUP_VALUES_MANY = 40;

export const personalData = districtWarning("personal-data", (view, find) => {
  for (const column of extraColumns(view.tables.students)) {
    if (!isPersonal(column)) continue;
    find("students.csv", {
      column,
      message: `the column ${column} seems to name or describe a child; nothing here needs it, and it is not kept`,
      expected: "pseudonymous ids only",
      mend: "leave the column out of the export",
    });
  }
});

export const groupManyValues = districtWarning("group-many-values", (view, find) => {
  for (const column of extraColumns(view.tables.students)) {
    if (!column.startsWith("group_")) continue;
    const values = new Set(view.tables.students.map((student) => student.extra?.[column]));
    if (values.size <= GROUP_VALUES_MANY) continue;
    find("students.csv", {
      column,
      message: `${column} has ${values.size} different values: no fairness table can be made of it`,
      expected: `at most ${GROUP_VALUES_MANY} groups`,
      mend: "use fewer, larger groups, or leave the column out",
    });
  }
});

export const groupSparse = districtWarning("group-sparse", (view, find) => {
  const { students } = view.tables;
  for (const column of extraColumns(students)) {
    if (!column.startsWith("group_")) continue;
    const filled = students.filter((student) => student.extra?.[column] !== undefined).length;
    if (filled * 2 >= students.length) continue;
    find("students.csv", {
      column,
      value: `${filled} of ${students.length}`,
      message: `${column} is filled for ${filled} of ${students.length} students`,
      expected: "a group for at least half of the students",
      mend: "write the group of the others too (no is a group), or leave the column out",
    });
  }
});

function extraColumns(rows: readonly { readonly extra?: Record<string, string> }[]): Set<string> {
  return new Set(rows.flatMap((row) => (row.extra ? Object.keys(row.extra) : [])));
}
