import type { Dataset } from "@trivium/model";
import { consecutive } from "../constraints/consecutive.ts";
import { flatten, listAt } from "./lists.ts";
import { freedom, pairUp } from "./pairing.ts";
import {
  BOND_AFTER,
  BOND_APART,
  BOND_BEFORE,
  BOND_PAIR,
  type Calendar,
  type Courses,
  LINK_KINDS,
  type Links,
  type Lists,
  type Requests,
  type Sections,
  type Students,
  type Units,
} from "./problem.ts";

type Link = Dataset["tables"]["course_links"][number];

/** Bonds between sections of the linked courses that make a pair. */
const PAIRED = new Set(["same_time", "consecutive", "same_teacher", "same_room"]);

interface Parts {
  readonly calendar: Calendar;
  readonly courses: Courses;
  readonly sections: Sections;
  readonly units: Units;
  readonly students: Students;
  readonly requests: Requests;
  readonly courseIndex: ReadonlyMap<string, number>;
}

export function buildLinks(dataset: Dataset, parts: Parts): Links {
  const unitRows: number[][] = Array.from({ length: parts.units.count }, () => []);
  const requestRows: number[][] = Array.from({ length: parts.requests.count }, () => []);
  const pairs = new Map<number, number>();
  const adjacent = adjacentSlots(parts.calendar);
  const worth = pairWorth(dataset, parts, adjacent);
  const known = new Map<string, number[][]>();
  dataset.tables.course_links.forEach((link, index) => {
    const members = [...new Set(link.courses)].flatMap((id) => parts.courseIndex.get(id) ?? []);
    // Links of the same courses pair the same sections: what meets in a row is in the same room too.
    const key = members.toSorted((a, b) => a - b).join();
    const groups =
      known.get(key) ??
      pairUp(
        members.map((course) => listAt(parts.courses.sections, course)),
        worth(members),
      );
    known.set(key, groups);
    if (PAIRED.has(link.kind)) bindGroups(link, groups, parts, unitRows);
    for (let i = 0; i < members.length; i++) {
      for (let j = i + 1; j < members.length; j++) {
        bindUnits(link, members[i], members[j], parts, unitRows);
        bindRequests(link, index, members[i], members[j], parts, requestRows);
      }
    }
    if (link.kind === "same_students")
      groups.forEach((group, position) => {
        for (const section of group) pairs.set(index * parts.sections.ids.length + section, position);
      });
  });
  keepRostersApart(parts, unitRows);
  return { units: flatten(unitRows), adjacent, requests: flatten(requestRows), pairs };
}

/**
 * What two sections of linked courses are worth as a pair: the choices of time, teacher and room that their links leave them,
 * students fixed to both, and meeting today as the link asks.
 */
function pairWorth(
  dataset: Dataset,
  { courses, sections, units, calendar, requests, students, courseIndex }: Parts,
  adjacent: Int32Array,
) {
  const held = heldPairs(students, requests);
  const common = (lists: Lists, a: number, b: number) => {
    const there = new Set(listAt(lists, sections.unit[b]));
    return freedom(listAt(lists, sections.unit[a]).filter((item) => there.has(item)).length);
  };
  const inRow = (a: number, b: number) => {
    const there = listAt(units.times, sections.unit[b]);
    return freedom(
      listAt(units.times, sections.unit[a]).filter((x) => there.some((y) => consecutive(calendar, adjacent, x, y)))
        .length,
    );
  };
  const test: Readonly<Record<string, (a: number, b: number) => number>> = {
    same_time: (a, b) => common(units.times, a, b) + Number(agree(units.hintTime, a, b)),
    consecutive: (a, b) => {
      const [x, y] = [units.hintTime[sections.unit[a]], units.hintTime[sections.unit[b]]];
      return inRow(a, b) + Number(x >= 0 && y >= 0 && consecutive(calendar, adjacent, x, y));
    },
    same_teacher: (a, b) => common(units.teachers, a, b) + Number(agree(units.hintTeacher, a, b)),
    same_room: (a, b) => common(units.rooms, a, b) + Number(agree(units.hintRoom, a, b)),
    same_students: (a, b) => held.get(pairKey(a, b)) ?? 0,
  };
  return (members: readonly number[]) => {
    const ids = new Set(members.map((course) => courses.ids[course]));
    const tests = dataset.tables.course_links.flatMap((link) => {
      const same = new Set(link.courses.filter((id) => courseIndex.has(id)));
      return same.size === ids.size && [...same].every((id) => ids.has(id)) ? (test[link.kind] ?? []) : [];
    });
    return (a: number, b: number) =>
      sections.unit[a] === sections.unit[b] ? 1 : tests.reduce((sum, each) => sum + each(a, b), 0);
  };
  function agree(hints: Int32Array, a: number, b: number): boolean {
    return hints[sections.unit[a]] >= 0 && hints[sections.unit[a]] === hints[sections.unit[b]];
  }
}

const pairKey = (a: number, b: number): string => (a < b ? `${a},${b}` : `${b},${a}`);

/** How many students are fixed to both sections; those who sit in both today count a tenth. */
function heldPairs(students: Students, requests: Requests): Map<string, number> {
  const held = new Map<string, number>();
  for (let student = 0; student < students.ids.length; student++)
    for (let p = students.requestStart[student]; p < students.requestStart[student + 1]; p++)
      for (let q = p + 1; q < students.requestStart[student + 1]; q++)
        for (const [of, count] of [
          [requests.lockedSection, 1],
          [requests.today, 0.1],
        ] as const)
          if (of[p] >= 0 && of[q] >= 0) held.set(pairKey(of[p], of[q]), (held.get(pairKey(of[p], of[q])) ?? 0) + count);
  return held;
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

function bindGroups(link: Link, groups: readonly number[][], { sections }: Parts, rows: number[][]): void {
  const kind = LINK_KINDS.indexOf(link.kind as (typeof LINK_KINDS)[number]);
  for (const group of groups)
    for (const x of group)
      for (const y of group)
        if (sections.unit[x] !== sections.unit[y]) rows[sections.unit[x]].push(sections.unit[y], kind);
}

function bindUnits(
  link: Link,
  a: number,
  b: number,
  { courses, sections, units, calendar }: Parts,
  rows: number[][],
): void {
  const first = listAt(courses.sections, a);
  const second = listAt(courses.sections, b);
  const bind = (x: number, y: number, kind: (typeof LINK_KINDS)[number]) => {
    const [u, v] = [sections.unit[x], sections.unit[y]];
    if (u === v) return;
    rows[u].push(v, LINK_KINDS.indexOf(kind));
    rows[v].push(u, LINK_KINDS.indexOf(kind));
  };
  if (link.kind === "not_same_time") for (const x of first) for (const y of second) bind(x, y, "not_same_time");
  if (link.kind !== "different_term" || first.length !== 1 || second.length !== 1) return;
  // Where no terms are apart (two courses of a year), nobody can take both, and both can be taught.
  const leaves = (section: number) =>
    listAt(units.times, sections.unit[section]).map((time) => calendar.timeLeaves[time]);
  if (leaves(first[0]).some((x) => leaves(second[0]).some((y) => (x & y) === 0)))
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
