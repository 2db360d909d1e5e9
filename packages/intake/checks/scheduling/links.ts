import { schedulingError, schedulingWarning } from "../check.ts";
import { type DistrictView, each } from "../view.ts";

export const linkTooShort = schedulingError("link-too-short", (view, find) => {
  for (const [link, place] of each(view, "course_links")) {
    if (new Set(link.courses).size >= 2) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id} (${link.kind}) names fewer than two different courses`,
      expected: "two or more course ids, separated by |",
      mend: "add the other course, or delete the link",
    });
  }
});

export const linkAcrossSchools = schedulingWarning("link-across-schools", (view, find) => {
  for (const [link, place] of each(view, "course_links")) {
    const schools = new Set(link.courses.flatMap((id) => view.row("courses", "course_id", id)?.school_id ?? []));
    if (schools.size < 2) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id} (${link.kind}) joins courses of ${[...schools].join(" and ")}`,
      expected: "courses of one school",
      mend: "correct the course ids, or acknowledge it",
    });
  }
});

const OPPOSITE: Readonly<Record<string, readonly string[]>> = {
  same_time: ["not_same_time", "different_term", "term_order", "consecutive"],
  co_seated: ["not_same_time", "different_term", "term_order", "consecutive"],
};

/** Courses that same_time and co_seated links tie together, through others too: each under one of them. */
function tiedTogether(view: DistrictView): (course: string) => string {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    const next = parent.get(id) ?? id;
    return next === id ? id : root(next);
  };
  for (const link of view.tables.course_links)
    if (link.kind in OPPOSITE) for (const id of link.courses) parent.set(root(id), root(link.courses[0]));
  return root;
}

export const linksContradictThroughOthers = schedulingError("links-contradict-through-others", (view, find) => {
  const root = tiedTogether(view);
  const direct = new Set(
    view.tables.course_links.filter(({ kind }) => kind in OPPOSITE).flatMap(({ courses }) => pairsOf(courses)),
  );
  for (const [link, place] of each(view, "course_links")) {
    if (!OPPOSITE.same_time.includes(link.kind)) continue;
    const pair = pairsOf(link.courses).find((each) => {
      const [a, b] = each.split("|");
      return !direct.has(each) && root(a) === root(b);
    });
    if (pair === undefined) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `${pair.replace("|", " and ")} are linked as ${link.kind}, and through other courses they are at one time`,
      expected: "links that agree",
      mend: "delete this link, or one of the same_time and co_seated links that lead from one course to the other",
    });
  }
});

function pairsOf(courses: readonly string[]): string[] {
  return courses.flatMap((a, index) => courses.slice(index + 1).map((b) => (a < b ? `${a}|${b}` : `${b}|${a}`)));
}

export const linksContradict = schedulingError("links-contradict", (view, find) => {
  const kinds = new Map<string, Map<string, number>>();
  for (const [link, { index }] of each(view, "course_links")) {
    for (const a of link.courses) {
      for (const b of link.courses) {
        if (a >= b) continue;
        const pair = `${a} and ${b}`;
        kinds.set(pair, (kinds.get(pair) ?? new Map<string, number>()).set(link.kind, index));
      }
    }
  }
  for (const [pair, links] of kinds) {
    for (const [kind, index] of links) {
      const against = OPPOSITE[kind]?.find((other) => links.has(other));
      if (against === undefined) continue;
      find(
        { table: "course_links", index },
        {
          column: "kind",
          value: kind,
          message: `${pair} are linked as ${kind} and as ${against}, which cannot both hold`,
          expected: "links that agree",
          mend: "delete one of the two links",
          others: [{ table: "course_links", index: links.get(against) as number }],
        },
      );
    }
  }
});

export const termOrderCycle = schedulingError("term-order-cycle", (view, find) => {
  const after = new Map<string, Set<string>>();
  for (const link of view.tables.course_links) {
    if (link.kind !== "term_order") continue;
    for (let i = 1; i < link.courses.length; i++) {
      const before = link.courses[i - 1];
      after.set(before, (after.get(before) ?? new Set()).add(link.courses[i]));
    }
  }
  for (const [link, place] of each(view, "course_links")) {
    if (link.kind !== "term_order" || !link.courses.some((course) => reaches(course, course, after))) continue;
    find(place, {
      column: "courses",
      value: link.courses,
      message: `link ${link.link_id} is part of a circle: each course would have to come before itself`,
      expected: "an order with a first and a last course",
      mend: "turn round or delete one of the term_order links",
    });
  }
});

function reaches(from: string, to: string, after: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const open = [...(after.get(from) ?? [])];
  const seen = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(after.get(at) ?? []));
  }
  return false;
}
