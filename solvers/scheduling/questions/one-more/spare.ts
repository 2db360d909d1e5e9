import { flatten, listAt } from "../../problem/lists.ts";
import { LINK_KINDS, type School } from "../../problem/problem.ts";
import type { Places } from "../../schedule/places.ts";

/** A school in which every course has one section more to give, and the unit of that section by course. */
export interface Spared {
  readonly school: School;
  /** Per course the unit that may be opened. */
  readonly spare: Int32Array;
  /** First unit that is added; those from here on are nobody's before they are opened. */
  readonly firstAdded: number;
}

const known = new WeakMap<School, Spared>();

/** The same school with one section more a course, all of them optional and closed. Links bind them as they would bind the course's next section. */
export function withSpares(school: School): Spared {
  const made = known.get(school) ?? spared(school);
  known.set(school, made);
  return made;
}

function spared(school: School): Spared {
  const { courses, sections, units } = school;
  const count = courses.ids.length;
  const oldSections = sections.ids.length;
  const more = (array: Int32Array, value: (course: number) => number) =>
    Int32Array.from({ length: array.length + count }, (_, i) =>
      i < array.length ? array[i] : value(i - array.length),
    );
  const bytes = (array: Uint8Array, value: number) =>
    Uint8Array.from({ length: array.length + count }, (_, i) => (i < array.length ? array[i] : value));
  const rows = (lists: { start: Int32Array; items: Int32Array }, own: (course: number) => readonly number[]) =>
    flatten([
      ...Array.from({ length: lists.start.length - 1 }, (_, i) => listAt(lists, i)),
      ...courses.ids.map((_, course) => own(course)),
    ]);
  const taken = new Set(sections.ids);
  const dislikeOf = (course: number) =>
    Array.from(
      courses.preference.subarray(courses.teachers.start[course], courses.teachers.start[course + 1]),
      (preference) => 3 - preference,
    );
  return {
    spare: Int32Array.from(courses.ids, (_, course) => units.count + course),
    firstAdded: units.count,
    school: {
      ...school,
      courses: {
        ...courses,
        sections: flatten(courses.ids.map((_, course) => [...listAt(courses.sections, course), oldSections + course])),
      },
      sections: {
        ids: [...sections.ids, ...courses.ids.map((id) => newId(id, taken))],
        course: more(sections.course, (course) => course),
        unit: more(sections.unit, (course) => units.count + course),
        cap: more(sections.cap, (course) => courses.seatsMax[course]),
        seats: more(sections.seats, (course) => courses.seatsMax[course]),
        todayTeacher: more(sections.todayTeacher, () => -1),
        todayRoom: more(sections.todayRoom, () => -1),
        todayTime: more(sections.todayTime, () => -1),
        reserved: more(sections.reserved, () => -1),
        inclusionShare: Float64Array.from({ length: oldSections + count }, (_, i) => sections.inclusionShare[i] ?? 2),
        closed: bytes(sections.closed, 0),
        listed: bytes(sections.listed, 0),
        coTeacherIds: [...sections.coTeacherIds, ...courses.ids.map(() => [])],
      },
      units: {
        count: units.count + count,
        sections: rows(units.sections, (course) => [oldSections + course]),
        times: rows(units.times, (course) => listAt(courses.times, course)),
        timesAsked: rows(units.timesAsked, (course) => listAt(courses.times, course)),
        teachers: rows(units.teachers, (course) => listAt(courses.teachers, course)),
        dislike: Int32Array.from([...units.dislike, ...courses.ids.flatMap((_, course) => dislikeOf(course))]),
        rooms: rows(units.rooms, (course) => listAt(courses.rooms, course)),
        coTeachers: rows(units.coTeachers, () => []),
        optional: bytes(units.optional, 1),
        wanted: bytes(units.wanted, 0),
        hintTime: more(units.hintTime, () => -1),
        hintTeacher: more(units.hintTeacher, () => -1),
        hintRoom: more(units.hintRoom, () => -1),
      },
      links: {
        ...school.links,
        units: linked(
          school,
          rows(school.links.units, () => []),
        ),
        pairs: pairsOf(school, oldSections + count),
      },
    },
  };
}

function newId(course: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) if (!taken.has(`${course}-${number}`)) return `${course}-${number}`;
}

/** The links of each added unit: apart from all sections that its siblings are apart from, and paired with a section of the partner's that has no pair yet. */
function linked(school: School, lists: School["links"]["units"]): School["links"]["units"] {
  const { courses, sections, units } = school;
  const rows = Array.from({ length: lists.start.length - 1 }, (_, i) => listAt(lists, i));
  const apart = LINK_KINDS.indexOf("not_same_time");
  const courseOf = (unit: number) => sections.course[units.sections.items[units.sections.start[unit]]];
  courses.ids.forEach((_, course) => {
    const first = listAt(courses.sections, course).find((section) => sections.closed[section] === 0);
    if (first === undefined) return;
    const own = units.count + course;
    const bound = listAt(school.links.units, sections.unit[first]);
    const seen = new Set<string>();
    for (let i = 0; i < bound.length; i += 2) {
      const [there, kind] = [bound[i], bound[i + 1]];
      const single = listAt(courses.sections, courseOf(there))
        .map((section) => sections.unit[section])
        .find((unit) => !pairedWith(school, unit, kind, course));
      const partner = kind === apart ? there : (single ?? -1);
      if (partner < 0 || seen.has(`${partner}/${kind}`)) continue;
      seen.add(`${partner}/${kind}`);
      rows[own].push(partner, kind);
      rows[partner].push(own, kind);
    }
  });
  return flatten(rows);
}

/** Whether a unit has a link of that kind to a section of the course. */
function pairedWith({ links, sections, units }: School, unit: number, kind: number, course: number): boolean {
  const bound = listAt(links.units, unit);
  for (let i = 0; i < bound.length; i += 2)
    if (bound[i + 1] === kind && sections.course[units.sections.items[units.sections.start[bound[i]]]] === course)
      return true;
  return false;
}

/** Pairs by link and section; an added section takes a position that its course has none at, and a partner one. */
function pairsOf({ links, sections }: School, count: number): ReadonlyMap<number, number> {
  const old = sections.ids.length;
  const pairs = new Map<number, number>();
  const positions = new Map<string, Set<number>>();
  const learn = (key: string, position: number) => positions.set(key, (positions.get(key) ?? new Set()).add(position));
  for (const [key, position] of links.pairs) {
    const link = Math.floor(key / old);
    pairs.set(link * count + (key % old), position);
    learn(`${link}`, position);
    learn(`${link}/${sections.course[key % old]}`, position);
  }
  for (const key of positions.keys()) {
    const [link, course] = key.split("/").map(Number);
    if (course === undefined) continue;
    const own = positions.get(key) ?? new Set();
    const open = [...(positions.get(`${link}`) ?? [])].find((position) => !own.has(position));
    pairs.set(link * count + old + course, open ?? old + course);
  }
  return pairs;
}

/** A plan's places with the added sections closed. */
export function withClosed(places: Places, units: number): Places {
  const pad = (array: Int32Array) =>
    Int32Array.from({ length: units }, (_, unit) => (unit < array.length ? array[unit] : -1));
  return { ...places, time: pad(places.time), teacher: pad(places.teacher), room: pad(places.room) };
}

/** The school with only this one of the added units to be opened, and needed; −1 none. */
export function withOnly({ school, firstAdded }: Spared, unit: number): School {
  const { units } = school;
  const times = Array.from({ length: units.count }, (_, i) =>
    i < firstAdded || i === unit ? listAt(units.times, i) : [],
  );
  const optional = units.optional.slice();
  if (unit >= 0) optional[unit] = 0;
  return { ...school, units: { ...units, times: flatten(times), optional } };
}
