import type { TableRow } from "@trivium/model";
import { schedulingError, schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";
import { LENGTH_DEPTH, patternSlots, termDepth } from "./calendar.ts";

type Course = TableRow<"courses">;
type Link = TableRow<"course_links">;

const coursesOf = (view: DistrictView, link: Link): Course[] =>
  [...new Set(link.courses)].flatMap((id) => view.row("courses", "course_id", id) ?? []);

/** Terms that a course may be in; undefined where the district has none of its length, which another check says. */
function termsOf(view: DistrictView, course: Course): ReadonlySet<string> | undefined {
  if (course.terms_allowed?.length) return new Set(course.terms_allowed);
  const terms = [...view.derived(termDepth)].flatMap(([id, depth]) =>
    depth === LENGTH_DEPTH[course.term] ? [id] : [],
  );
  return terms.length === 0 ? undefined : new Set(terms);
}

function patternsOf(view: DistrictView, course: Course): ReadonlySet<string> | undefined {
  const own = [...(view.derived(patternSlots).get(course.school_id) ?? [])].flatMap(([id, slots]) =>
    (!course.patterns_allowed?.length || course.patterns_allowed.includes(id)) &&
    (course.periods_per_cycle === undefined || course.periods_per_cycle === slots.length)
      ? [id]
      : [],
  );
  return own.length === 0 ? undefined : new Set(own);
}

/** The first two courses whose choices have nothing in common. */
function apart(
  courses: readonly Course[],
  choices: (course: Course) => ReadonlySet<string> | undefined,
): readonly [Course, Course] | undefined {
  for (const [index, a] of courses.entries())
    for (const b of courses.slice(index + 1)) {
      const [first, second] = [choices(a), choices(b)];
      if (first && second && ![...first].some((each) => second.has(each))) return [a, b];
    }
  return undefined;
}

const names = ([a, b]: readonly [Course, Course]): string => `${a.course_id} and ${b.course_id}`;
const AT_ONE_TIME = new Set(["same_time", "co_seated"]);
const IN_ONE_TERM = new Set(["same_time", "co_seated", "consecutive"]);

export const linkWithoutTime = schedulingError("link-without-time", (view, find) => {
  for (const [link, place] of each(view, "course_links")) {
    if (!IN_ONE_TERM.has(link.kind)) continue;
    const courses = coursesOf(view, link);
    const inTerms = apart(courses, (course) => termsOf(view, course));
    const inPatterns = AT_ONE_TIME.has(link.kind) ? apart(courses, (course) => patternsOf(view, course)) : undefined;
    const pair = inTerms ?? inPatterns;
    // A locked time need not be one that the course allows.
    if (pair === undefined || courses.some((course) => locks(view, course, "pattern"))) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id} (${link.kind}): ${names(pair)} have no ${inTerms ? "term" : "pattern"} in common`,
      expected: inTerms ? "courses of one length, with a term that all may be in" : "a pattern that all may have",
      mend: "correct term, terms_allowed, patterns_allowed or periods_per_cycle of the courses, or delete the link",
    });
  }
});

export const linkWithoutTeacher = schedulingError("link-without-teacher", (view, find) => {
  const teachers = (course: Course) => {
    const own = view.rows("teacher_courses", "course_id", course.course_id).map((row) => row.teacher_id);
    return own.length === 0 ? undefined : new Set(own);
  };
  for (const [link, place] of each(view, "course_links")) {
    if (link.kind !== "same_teacher" && link.kind !== "co_seated") continue;
    const courses = coursesOf(view, link);
    const pair = apart(courses, teachers);
    // A locked teacher needs no qualification.
    if (pair === undefined || courses.some((course) => locks(view, course, "teacher"))) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id} (${link.kind}): no teacher may teach both ${names(pair)}`,
      expected: "a teacher who is qualified for all of them",
      mend: "add the qualification to scheduling/teacher_courses.csv, or delete the link",
    });
  }
});

const locks = (view: DistrictView, course: Course, column: "teacher" | "pattern"): boolean =>
  view.rows("sections", "course_id", course.course_id).some((section) => section.locked?.includes(column));

export const linkNeverKept = schedulingWarning("link-never-kept", (view, find) => {
  const dates = new Map(view.tables.terms.map((term) => [term.term_id, term]));
  for (const [link, place] of each(view, "course_links")) {
    if (link.kind !== "term_order" || dates.size === 0) continue;
    const courses = coursesOf(view, link);
    const pair = courses
      .flatMap((a, index) => courses.slice(index + 1).map((b) => [a, b] as const))
      .find(([a, b]) => {
        const [first, second] = [termsOf(view, a), termsOf(view, b)];
        if (!first || !second) return false;
        return ![...first].some((x) => [...second].some((y) => before(dates.get(x), dates.get(y))));
      });
    if (pair === undefined) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id}: no term of ${pair[0].course_id} ends before one of ${pair[1].course_id} starts, so nobody can have both`,
      expected: "a first course whose term can lie before the second's",
      mend: "correct the order, or the courses' length or terms_allowed, or delete the link",
    });
  }
});

type Term = TableRow<"terms">;
const before = (a: Term | undefined, b: Term | undefined): boolean =>
  a === undefined || b === undefined || a.end_date < b.start_date;
