import type { Dataset } from "@trivium/model";
import { flatten, listAt } from "./lists.ts";
import {
  BOND_AFTER,
  BOND_APART,
  BOND_BEFORE,
  BOND_PAIR,
  type Calendar,
  type Courses,
  LINK_KINDS,
  type Links,
  type Requests,
  type Sections,
  type Students,
} from "./problem.ts";

type Link = Dataset["tables"]["course_links"][number];

/** Bonds between the k-th sections of the linked courses. */
const PAIRED = new Set(["same_time", "consecutive", "same_teacher", "same_room"]);

interface Parts {
  readonly calendar: Calendar;
  readonly courses: Courses;
  readonly sections: Sections;
  readonly students: Students;
  readonly requests: Requests;
  readonly courseIndex: ReadonlyMap<string, number>;
}

export function buildLinks(dataset: Dataset, parts: Parts, units: number): Links {
  const unitRows: number[][] = Array.from({ length: units }, () => []);
  const requestRows: number[][] = Array.from({ length: parts.requests.count }, () => []);
  const pairs = new Map<number, number>();
  dataset.tables.course_links.forEach((link, index) => {
    const members = link.courses.map((id) => parts.courseIndex.get(id) ?? -1).filter((course) => course >= 0);
    for (let i = 0; i < members.length; i++) {
      for (let j = i + 1; j < members.length; j++) {
        bindUnits(link, members[i], members[j], parts, unitRows);
        bindRequests(link, index, members[i], members[j], parts, requestRows);
      }
    }
    if (link.kind === "same_students") {
      for (const course of members)
        listAt(parts.courses.sections, course).forEach((section, position) => {
          pairs.set(index * parts.sections.ids.length + section, position);
        });
    }
  });
  keepRostersApart(parts, unitRows);
  return {
    units: flatten(unitRows),
    adjacent: adjacentSlots(parts.calendar),
    requests: flatten(requestRows),
    pairs,
  };
}

/** Sections whose locked rosters share a student never meet at the same time. */
function keepRostersApart({ sections, students, requests }: Parts, rows: number[][]): void {
  const apart = new Set<string>();
  for (let student = 0; student < students.ids.length; student++) {
    const held = new Set<number>();
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      const section = requests.lockedSection[q];
      if (section >= 0 && sections.closed[section] === 1) held.add(sections.unit[section]);
    }
    for (const u of held) for (const v of held) if (u < v) apart.add(`${u},${v}`);
  }
  for (const pair of apart) {
    const [u, v] = pair.split(",").map(Number);
    rows[u].push(v, LINK_KINDS.indexOf("not_same_time"));
    rows[v].push(u, LINK_KINDS.indexOf("not_same_time"));
  }
}

/** Slots next to each other on a day without lunch between: slots × slots, 1 = adjacent. */
function adjacentSlots(calendar: Calendar): Int32Array {
  const adjacent = new Int32Array(calendar.slots * calendar.slots);
  for (const row of calendar.rows) {
    for (let i = 1; i < row.length; i++) {
      adjacent[row[i - 1] * calendar.slots + row[i]] = 1;
      adjacent[row[i] * calendar.slots + row[i - 1]] = 1;
    }
  }
  return adjacent;
}

function bindUnits(link: Link, a: number, b: number, { courses, sections }: Parts, rows: number[][]): void {
  const first = listAt(courses.sections, a);
  const second = listAt(courses.sections, b);
  const bind = (x: number, y: number, kind: (typeof LINK_KINDS)[number]) => {
    const [u, v] = [sections.unit[x], sections.unit[y]];
    if (u === v) return;
    rows[u].push(v, LINK_KINDS.indexOf(kind));
    rows[v].push(u, LINK_KINDS.indexOf(kind));
  };
  if (PAIRED.has(link.kind)) {
    const kind = link.kind as (typeof LINK_KINDS)[number];
    for (let k = 0; k < Math.min(first.length, second.length); k++) bind(first[k], second[k], kind);
  }
  if (link.kind === "not_same_time") for (const x of first) for (const y of second) bind(x, y, "not_same_time");
  if (link.kind === "different_term" && first.length === 1 && second.length === 1)
    bind(first[0], second[0], "different_term");
}

/** Students who ask for both courses are bound request to request. */
function bindRequests(link: Link, index: number, a: number, b: number, parts: Parts, rows: number[][]): void {
  const bond = { same_students: BOND_PAIR, term_order: BOND_BEFORE, different_term: BOND_APART }[link.kind as string];
  if (bond === undefined) return;
  const { students, requests } = parts;
  for (let student = 0; student < students.ids.length; student++) {
    let first = -1;
    let second = -1;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      if (requests.course[q] === a) first = q;
      if (requests.course[q] === b) second = q;
    }
    if (first < 0 || second < 0) continue;
    rows[first].push(second, bond, index);
    rows[second].push(first, bond === BOND_BEFORE ? BOND_AFTER : bond, index);
  }
}
