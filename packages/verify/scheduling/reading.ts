import type { Dataset, Plan, TableRow } from "@trivium/model";

type SectionRow = Plan<"scheduling">["decisions"]["sections"][number];
type Enrollment = Plan<"scheduling">["decisions"]["enrollments"][number];
type UnmetRow = Plan<"scheduling">["unmet"][number];

/** A section of the plan beside what the district says of it. Atoms are `leaf term/slot`: what it takes of anyone's time. */
export interface Placed {
  readonly row: SectionRow;
  readonly course: TableRow<"courses"> | undefined;
  /** Its row in `sections.csv`, where the district lists it. */
  readonly listed: TableRow<"sections"> | undefined;
  readonly leaves: readonly string[];
  readonly slots: readonly string[];
  readonly atoms: ReadonlySet<string>;
  readonly roster: readonly Enrollment[];
  /** Main teacher first. */
  readonly teachers: readonly string[];
}

/** One student's side of the plan. */
export interface Schedule {
  readonly student: TableRow<"students">;
  readonly requests: readonly TableRow<"requests">[];
  readonly rules: readonly TableRow<"student_rules">[];
  readonly enrollments: readonly Enrollment[];
  readonly placed: readonly Placed[];
  readonly unmet: readonly UnmetRow[];
}

/** A scheduling plan laid beside the district's tables: what every rule reads, and nothing a solver made. */
export interface Reading {
  readonly dataset: Dataset;
  readonly plan: Plan<"scheduling">;
  /** Schools that the plan speaks of: all, or the scenario's one. */
  readonly schools: ReadonlySet<string>;
  readonly courses: ReadonlyMap<string, TableRow<"courses">>;
  readonly leaves: readonly string[];
  readonly sections: readonly Placed[];
  readonly byId: ReadonlyMap<string, Placed>;
  readonly byCourse: ReadonlyMap<string, readonly Placed[]>;
  /** Co-taught sections included. */
  readonly byTeacher: ReadonlyMap<string, readonly Placed[]>;
  readonly byRoom: ReadonlyMap<string, readonly Placed[]>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Class slots of each school by day in clock order; null stands where lunch breaks the row. */
  readonly days: ReadonlyMap<string, ReadonlyMap<string, readonly (string | null)[]>>;
  /** `student/course` → the section whose locked roster holds the student, as today. */
  readonly heldIn: ReadonlyMap<string, string>;
  /** Sections that `co_seated` links put together: each section → all of its room, itself included. */
  readonly seatedWith: ReadonlyMap<string, readonly Placed[]>;
}

export function readPlan(dataset: Dataset, plan: Plan<"scheduling">): Reading {
  const { tables } = dataset;
  const only = plan.scenario.settings.school_id;
  const schools = new Set(
    tables.courses.map((course) => course.school_id).filter((id) => only === undefined || id === only),
  );
  const courses = new Map(
    tables.courses.filter(({ school_id }) => schools.has(school_id)).map((row) => [row.course_id, row]),
  );
  const leavesOf = leafTerms(tables.terms);
  const rosters = Map.groupBy(plan.decisions.enrollments, (row) => row.section_id);
  const listed = new Map(tables.sections.map((row) => [row.section_id, row]));
  const sections = plan.decisions.sections.map((row): Placed => {
    const course = courses.get(row.course_id);
    const leaves = leavesOf.get(row.term_id ?? "") ?? [];
    const slots = course ? meetingsOf(dataset, course.school_id, row.pattern_id) : [];
    return {
      row,
      course,
      listed: listed.get(row.section_id),
      leaves,
      slots,
      atoms: new Set(leaves.flatMap((leaf) => slots.map((slot) => `${leaf}/${slot}`))),
      roster: rosters.get(row.section_id) ?? [],
      teachers: [...(row.teacher_id === undefined ? [] : [row.teacher_id]), ...(row.co_teacher_ids ?? [])],
    };
  });
  const byId = new Map(sections.map((section) => [section.row.section_id, section]));
  const byCourse = Map.groupBy(sections, ({ row }) => row.course_id);
  return {
    dataset,
    plan,
    schools,
    courses,
    leaves: [...leavesOf].filter(([id, leaves]) => leaves[0] === id).map(([id]) => id),
    sections,
    byId,
    byCourse,
    byTeacher: byTeacher(sections),
    byRoom: Map.groupBy(sections, ({ row }) => row.room_id ?? ""),
    schedules: schedulesOf(dataset, plan, courses, byId),
    days: classDays(tables.periods),
    heldIn: heldIn(tables),
    seatedWith: seatedTogether(tables.course_links, byCourse),
  };
}

function byTeacher(sections: readonly Placed[]): Map<string, Placed[]> {
  const pairs = sections.flatMap((section) => section.teachers.map((id) => ({ id, section })));
  const grouped = Map.groupBy(pairs, ({ id }) => id);
  return new Map([...grouped].map(([id, own]) => [id, own.map(({ section }) => section)]));
}

/** Term → the terms without children that lie in it; a leaf term → itself. A district without terms has one year without an id. */
function leafTerms(terms: Dataset["tables"]["terms"]): Map<string, string[]> {
  if (terms.length === 0) return new Map([["", [""]]]);
  const children = Map.groupBy(terms, (term) => term.parent_term_id);
  const below = (id: string, depth: number): string[] => {
    const own = depth > 8 ? [] : (children.get(id) ?? []);
    return own.length === 0 ? [id] : own.flatMap((term) => below(term.term_id, depth + 1));
  };
  return new Map(terms.map(({ term_id }) => [term_id, below(term_id, 0)]));
}

/** Slots of a pattern; where the school has no patterns, a pattern is a period on all its days. */
function meetingsOf(dataset: Dataset, schoolId: string, patternId: string | undefined): readonly string[] {
  const { patterns, periods } = dataset.tables;
  const own = patterns.filter((row) => row.school_id === schoolId);
  if (own.length > 0) return own.find((row) => row.pattern_id === patternId)?.meetings ?? [];
  return periods
    .filter((row) => row.school_id === schoolId && row.period_id === patternId && (row.kind ?? "class") === "class")
    .map((row) => `${row.day}:${row.period_id}`);
}

function classDays(periods: Dataset["tables"]["periods"]): Reading["days"] {
  const bySchool = Map.groupBy(periods, (row) => row.school_id);
  return new Map(
    [...bySchool].map(([schoolId, rows]) => {
      const days = [...Map.groupBy(rows, (row) => row.day)].map(([day, own]): [string, (string | null)[]] => [
        day,
        own
          .toSorted((a, b) => a.start - b.start)
          .filter((row) => row.kind === "lunch" || (row.kind ?? "class") === "class")
          .map((row) => (row.kind === "lunch" ? null : `${day}:${row.period_id}`)),
      ]);
      return [schoolId, new Map(days)];
    }),
  );
}

function schedulesOf(
  { tables }: Dataset,
  plan: Plan<"scheduling">,
  courses: ReadonlyMap<string, unknown>,
  byId: ReadonlyMap<string, Placed>,
): Map<string, Schedule> {
  const requests = Map.groupBy(
    tables.requests.filter((row) => courses.has(row.course_id)),
    (row) => row.student_id,
  );
  const rules = Map.groupBy(tables.student_rules, (row) => row.student_id);
  const enrollments = Map.groupBy(plan.decisions.enrollments, (row) => row.student_id);
  const unmet = Map.groupBy(plan.unmet, (row) => row.student_id);
  return new Map(
    tables.students.map((student) => {
      const own = enrollments.get(student.student_id) ?? [];
      return [
        student.student_id,
        {
          student,
          requests: requests.get(student.student_id) ?? [],
          rules: rules.get(student.student_id) ?? [],
          enrollments: own,
          placed: own.map((row) => byId.get(row.section_id)).filter((section) => section !== undefined),
          unmet: unmet.get(student.student_id) ?? [],
        },
      ];
    }),
  );
}

function heldIn({ sections, today_enrollments }: Dataset["tables"]): Map<string, string> {
  const closed = new Map(
    sections.filter((row) => row.locked?.includes("roster")).map((row) => [row.section_id, row.course_id]),
  );
  return new Map(
    today_enrollments
      .filter((row) => closed.has(row.section_id))
      .map((row) => [`${row.student_id}/${closed.get(row.section_id)}`, row.section_id]),
  );
}

/** What shares teacher, room and time under a `co_seated` link. */
function seatedTogether(
  links: Dataset["tables"]["course_links"],
  byCourse: Reading["byCourse"],
): Map<string, Placed[]> {
  const together = new Map<string, Placed[]>();
  for (const link of links.filter(({ kind }) => kind === "co_seated")) {
    const all = link.courses.flatMap((id) => byCourse.get(id) ?? []);
    const place = ({ row }: Placed) => [row.term_id, row.pattern_id, row.teacher_id, row.room_id].join("|");
    for (const group of Map.groupBy(all, place).values())
      for (const section of group) together.set(section.row.section_id, group);
  }
  return together;
}

/** Whether two sections take the same time of someone. */
export function clash(a: Placed, b: Placed): boolean {
  for (const atom of a.atoms) if (b.atoms.has(atom)) return true;
  return false;
}

/** The slot of an atom. */
export const slotOfAtom = (atom: string): string => atom.slice(atom.indexOf("/") + 1);

/** The first pair among them that clashes and is not seated together. */
export function firstClash(
  { seatedWith }: Reading,
  sections: readonly Placed[],
): readonly [Placed, Placed] | undefined {
  const taken = new Map<string, Placed>();
  for (const section of sections)
    for (const atom of section.atoms) {
      const other = taken.get(atom);
      if (other && !seatedWith.get(other.row.section_id)?.includes(section)) return [other, section];
      taken.set(atom, section);
    }
  return undefined;
}
