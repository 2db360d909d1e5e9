import type { Placed, Reading } from "../../reading.ts";
import { clash } from "../../reading.ts";
import type { Rule } from "../../rule.ts";
import { unpaired } from "./pairing.ts";

type Test = (reading: Reading, a: Placed, b: Placed) => boolean;

const sameTime: Test = (_reading, a, b) => a.row.pattern_id === b.row.pattern_id && a.row.term_id === b.row.term_id;
const sameTeacher: Test = (_reading, a, b) => a.row.teacher_id === b.row.teacher_id;
const sameRoom: Test = (_reading, a, b) => a.row.room_id === b.row.room_id;

/** Same term, no clash, and adjacent slots on each day that both meet, at least one such day. */
const consecutive: Test = (reading, a, b) => {
  if (a.row.term_id !== b.row.term_id || clash(a, b) || !a.course) return false;
  let met = 0;
  for (const slots of reading.days.get(a.course.school_id)?.values() ?? []) {
    const of = (section: Placed) => section.slots.map((slot) => slots.indexOf(slot)).filter((at) => at >= 0);
    const [x, y] = [of(a), of(b)];
    if (x.length === 0 || y.length === 0) continue;
    if (!x.some((i) => y.some((j) => Math.abs(i - j) === 1))) return false;
    met++;
  }
  return met > 0;
};

/** Links between sections: with several sections a course, they pair up one to one. */
const PAIRED: Readonly<Record<string, Test>> = {
  same_time: sameTime,
  same_teacher: sameTeacher,
  same_room: sameRoom,
  consecutive,
  co_seated: (reading, a, b) => sameTime(reading, a, b) && sameTeacher(reading, a, b) && sameRoom(reading, a, b),
};

/** `same_time`, `same_teacher`, `same_room`, `consecutive`, `co_seated`: every section of the course with fewer has a partner in the other. */
export const sectionLinks: Rule = (reading, report) => {
  for (const link of reading.dataset.tables.course_links) {
    const test = PAIRED[link.kind];
    if (test === undefined) continue;
    for (const [a, b] of pairsOf(link.courses)) {
      const alone = unpaired(reading.byCourse.get(a) ?? [], reading.byCourse.get(b) ?? [], (x, y) =>
        test(reading, x, y),
      );
      report.check(
        `links.${link.kind}`,
        alone === undefined,
        () => `link ${link.link_id} (${link.kind}) of ${a} and ${b}: section ${alone?.row.section_id} has no partner`,
        { link_id: link.link_id },
      );
    }
  }
};

/** `not_same_time`: no section of one clashes with a section of another. */
export const notSameTime: Rule = (reading, report) => {
  for (const link of reading.dataset.tables.course_links.filter(({ kind }) => kind === "not_same_time"))
    for (const [a, b] of pairsOf(link.courses))
      for (const x of reading.byCourse.get(a) ?? [])
        for (const y of reading.byCourse.get(b) ?? [])
          report.check(
            "links.not_same_time",
            !clash(x, y),
            () => `link ${link.link_id}: ${x.row.section_id} and ${y.row.section_id} clash`,
            { link_id: link.link_id },
          );
};

/** Every two of the linked courses, in their order. */
export function pairsOf(courses: readonly string[]): [string, string][] {
  return courses.flatMap((a, index) => courses.slice(index + 1).map((b): [string, string] => [a, b]));
}
