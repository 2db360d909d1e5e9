import type { TimetableSolution } from "@trivium/model";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${String(value).replaceAll(/[&<>"]/g, (each) => ESCAPES[each])}"`)
    .join("");

/** A timetable as the XML that the competition's validator takes. */
export function writeTimetableSolution(solution: TimetableSolution): string {
  const { name, runtimeS, cores, technique, author, institution, country, classes } = solution;
  const placed = classes.map(({ id, days, start, weeks, room, students }) => {
    const open = `  <class${attributes({ id, days, start, weeks, room })}`;
    return students.length === 0
      ? `${open}/>`
      : `${open}>\n${students.map((student) => `    <student${attributes({ id: student })}/>`).join("\n")}\n  </class>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE solution PUBLIC "-//ITC 2019//DTD Problem Format/EN" "http://www.itc2019.org/competition-format.dtd">
<solution${attributes({ name, runtime: runtimeS, cores, technique, author, institution, country })}>
${placed.join("\n")}
</solution>
`;
}
