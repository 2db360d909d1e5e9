import { ALTERNATE, type School } from "../problem/problem.ts";

/**
 * By how many requests the groups of a parity goal are served worse than their schools: Σ over schools and groups of
 * max(0, asked · (share of the school's requests that is met) − met). 0 where every group has its school's share.
 *
 * @param isMet of a request that is no alternate
 */
export function groupsShort({ students, requests, schoolIds }: School, isMet: (request: number) => boolean): number {
  const columns = students.groupColumns;
  if (columns === 0) return 0;
  const values = 1 + students.groups.reduce((most, group) => Math.max(most, group), -1);
  const stride = 1 + columns * values;
  const asked = new Int32Array(schoolIds.length * stride);
  const met = new Int32Array(asked.length);
  const count = (cell: number, q: number) => {
    asked[cell]++;
    if (isMet(q)) met[cell]++;
  };
  for (let q = 0; q < requests.count; q++) {
    if (requests.kind[q] === ALTERNATE) continue;
    const student = requests.student[q];
    const school = students.school[student] * stride;
    count(school, q);
    for (let column = 0; column < columns; column++) {
      const group = students.groups[student * columns + column];
      if (group >= 0) count(school + 1 + column * values + group, q);
    }
  }
  let short = 0;
  for (let cell = 0; cell < asked.length; cell++) {
    const whole = cell - (cell % stride);
    if (cell !== whole && asked[cell] > 0) short += Math.max(0, (asked[cell] * met[whole]) / asked[whole] - met[cell]);
  }
  return short;
}
