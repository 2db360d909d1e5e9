import type { Dataset, SchedulingDecisions, UnmetOf } from "@trivium/model";

/**
 * A reading of the contract's hard rules of its own, for this package's tests: plain rows, no arrays or masks of the solver.
 * @returns every rule broken, in words
 */
export function illegalities(
  dataset: Dataset,
  decisions: SchedulingDecisions,
  unmet: UnmetOf["scheduling"],
  schoolIds?: readonly string[],
): string[] {
  const t = dataset.tables;
  const out: string[] = [];
  const say = (text: string) => out.push(text);
  const courses = new Map(t.courses.map((c) => [c.course_id, c]));
  const teachers = new Map(t.teachers.map((x) => [x.teacher_id, x]));
  const rooms = new Map(t.rooms.map((x) => [x.room_id, x]));
  const listed = new Map(t.sections.map((x) => [x.section_id, x]));
  const inScope = (courseId: string) =>
    schoolIds === undefined || schoolIds.includes(courses.get(courseId)?.school_id ?? "");

  const parent = new Map(t.terms.map((x) => [x.term_id, x.parent_term_id]));
  const leafIds = t.terms.map((x) => x.term_id).filter((id) => !t.terms.some((x) => x.parent_term_id === id));
  const leavesOf = new Map(
    t.terms.map((x) => [
      x.term_id,
      leafIds.filter((leaf) => {
        for (let at: string | undefined = leaf; at !== undefined; at = parent.get(at))
          if (at === x.term_id) return true;
        return false;
      }),
    ]),
  );
  const depth = (id: string): number => (parent.get(id) === undefined ? 0 : 1 + depth(parent.get(id) as string));
  const classSlots = new Map<string, Set<string>>();
  for (const p of t.periods)
    if ((p.kind ?? "class") === "class") {
      const set = classSlots.get(p.school_id) ?? new Set();
      classSlots.set(p.school_id, set.add(`${p.day}:${p.period_id}`));
    }
  const meetings = (schoolId: string, patternId: string): string[] | undefined => {
    const rows = t.patterns.filter((p) => p.school_id === schoolId);
    if (rows.length === 0)
      return t.periods
        .filter((p) => p.school_id === schoolId && p.period_id === patternId)
        .map((p) => `${p.day}:${patternId}`);
    return rows.find((p) => p.pattern_id === patternId)?.meetings;
  };
  const atoms = new Map<string, Set<string>>();
  const rows = new Map(decisions.sections.map((s) => [s.section_id, s]));
  if (rows.size !== decisions.sections.length) say("a section id occurs twice");

  for (const s of decisions.sections) {
    const course = courses.get(s.course_id);
    if (!course) {
      say(`${s.section_id}: unknown course`);
      continue;
    }
    const slots = s.pattern_id === undefined ? undefined : meetings(course.school_id, s.pattern_id);
    if (!slots || slots.length === 0 || s.term_id === undefined || !leavesOf.has(s.term_id)) {
      say(`${s.section_id}: no pattern or term`);
      continue;
    }
    if (!slots.every((slot) => classSlots.get(course.school_id)?.has(slot)))
      say(`${s.section_id}: outside class slots`);
    atoms.set(
      s.section_id,
      new Set((leavesOf.get(s.term_id) ?? []).flatMap((leaf) => slots.map((slot) => `${leaf}/${slot}`))),
    );
    const row = listed.get(s.section_id);
    const locked: readonly string[] = row?.locked ?? [];
    if (!locked.includes("pattern")) {
      if (course.patterns_allowed?.length && !course.patterns_allowed.includes(s.pattern_id ?? ""))
        say(`${s.section_id}: pattern not allowed`);
      if (course.periods_per_cycle !== undefined && slots.length !== course.periods_per_cycle)
        say(`${s.section_id}: wrong pattern length`);
      if (course.terms_allowed?.length && !course.terms_allowed.includes(s.term_id))
        say(`${s.section_id}: term not allowed`);
      const want = { year: 0, semester: 1, trimester: 1, quarter: 2 }[course.term];
      if (!course.terms_allowed?.length && depth(s.term_id) !== want) say(`${s.section_id}: wrong term length`);
    } else {
      if (row?.pattern_id !== s.pattern_id) say(`${s.section_id}: pattern lock`);
      if (row?.term_id !== undefined && row.term_id !== s.term_id) say(`${s.section_id}: term lock`);
    }
    if (t.teachers.length > 0) {
      if (s.teacher_id === undefined) say(`${s.section_id}: no teacher`);
      else if (locked.includes("teacher") && row?.teacher_id !== undefined) {
        if (row.teacher_id !== s.teacher_id) say(`${s.section_id}: teacher lock`);
      } else if (!t.teacher_courses.some((x) => x.teacher_id === s.teacher_id && x.course_id === s.course_id))
        say(`${s.section_id}: teacher ${s.teacher_id} not qualified`);
    }
    if ((s.co_teacher_ids ?? []).join("|") !== (row?.co_teacher_ids ?? []).join("|"))
      say(`${s.section_id}: co-teachers changed`);
    if (t.rooms.length > 0) {
      const room = rooms.get(s.room_id ?? "");
      if (!room) say(`${s.section_id}: no room`);
      else if (locked.includes("room") && row?.room_id !== undefined) {
        if (row.room_id !== s.room_id) say(`${s.section_id}: room lock`);
      } else if (!(course.room_features ?? []).every((f) => room.features?.includes(f)))
        say(`${s.section_id}: room without feature`);
    }
    if (s.seats_max !== (row?.seats_max ?? course.seats_max)) say(`${s.section_id}: seats_max ${s.seats_max}`);
  }
  for (const s of t.sections)
    if (inScope(s.course_id) && !rows.has(s.section_id)) say(`${s.section_id}: listed section is gone`);
  for (const c of t.courses) {
    const count = decisions.sections.filter((s) => s.course_id === c.course_id).length;
    const ask = t.sections.filter((s) => s.course_id === c.course_id).length;
    if (inScope(c.course_id) && c.sections !== undefined && count !== Math.max(c.sections, ask))
      say(`${c.course_id}: ${count} sections`);
    if (c.sections === undefined && c.sections_max !== undefined && count > Math.max(c.sections_max, ask))
      say(`${c.course_id}: over sections_max`);
  }

  const coSeated = new Set<string>();
  for (const link of t.course_links.filter((l) => l.kind === "co_seated")) {
    const lists = link.courses.map((id) => decisions.sections.filter((s) => s.course_id === id));
    for (const a of lists[0] ?? []) {
      for (const list of lists.slice(1)) {
        const mate = list.find(
          (b) =>
            b.term_id === a.term_id &&
            b.pattern_id === a.pattern_id &&
            b.room_id === a.room_id &&
            b.teacher_id === a.teacher_id,
        );
        if (!mate && lists[0].length === list.length) say(`${link.link_id}: ${a.section_id} has no mate`);
        if (mate) coSeated.add([a.section_id, mate.section_id].sort().join("+"));
      }
    }
  }
  const overlap = (a: string, b: string): boolean => [...(atoms.get(a) ?? [])].some((x) => atoms.get(b)?.has(x));
  const noClash = (what: string, ids: readonly string[], mates: boolean) => {
    for (let i = 0; i < ids.length; i++)
      for (let j = i + 1; j < ids.length; j++)
        if (!(mates && coSeated.has([ids[i], ids[j]].sort().join("+"))) && overlap(ids[i], ids[j]))
          say(`${what}: ${ids[i]} and ${ids[j]} clash`);
  };

  for (const [id, teacher] of teachers) {
    const own = decisions.sections.filter((s) => s.teacher_id === id || s.co_teacher_ids?.includes(id));
    const main = own.filter((s) => s.teacher_id === id);
    noClash(
      `teacher ${id}`,
      own.map((s) => s.section_id),
      true,
    );
    const taken = new Set(own.flatMap((s) => [...(atoms.get(s.section_id) ?? [])]));
    const off = new Set(teacher.unavailable ?? []);
    for (const x of taken) if (off.has(x.slice(x.indexOf("/") + 1))) say(`teacher ${id}: unavailable at ${x}`);
    for (const leaf of leafIds) {
      const here = (s: { term_id?: string }) => leavesOf.get(s.term_id ?? "")?.includes(leaf);
      if (own.filter(here).length > (teacher.sections_max ?? 1e9)) say(`teacher ${id}: over sections_max in ${leaf}`);
      if (new Set(main.filter(here).map((s) => s.course_id)).size > (teacher.preps_max ?? 1e9))
        say(`teacher ${id}: over preps_max in ${leaf}`);
      for (const x of t.teacher_courses)
        if (
          x.teacher_id === id &&
          x.sections_max !== undefined &&
          main.filter((s) => here(s) && s.course_id === x.course_id).length > x.sections_max
        )
          say(`teacher ${id}: over sections_max of ${x.course_id}`);
      const days = new Set(t.periods.filter((p) => p.school_id === teacher.school_id).map((p) => p.day));
      for (const day of days) {
        const ofDay = t.periods
          .filter((p) => p.school_id === teacher.school_id && p.day === day)
          .sort((a, b) => a.start - b.start);
        let row = 0;
        let free = 0;
        let available = 0;
        for (const p of ofDay) {
          if (p.kind === "lunch") row = 0;
          if ((p.kind ?? "class") !== "class") continue;
          const busy = taken.has(`${leaf}/${day}:${p.period_id}`);
          row = busy ? row + 1 : 0;
          if (row > (teacher.consecutive_max ?? 1e9)) say(`teacher ${id}: ${row} in a row on ${day}`);
          if (!off.has(`${day}:${p.period_id}`)) available++;
          if (!busy && !off.has(`${day}:${p.period_id}`)) free++;
        }
        if (free < Math.min(available, teacher.planning_periods_min ?? 0))
          say(`teacher ${id}: ${free} planning periods on ${day} ${leaf}`);
      }
    }
  }
  for (const [id, room] of rooms) {
    const own = decisions.sections.filter((s) => s.room_id === id);
    noClash(
      `room ${id}`,
      own.map((s) => s.section_id),
      true,
    );
    for (const s of own)
      for (const x of atoms.get(s.section_id) ?? [])
        if (room.unavailable?.includes(x.slice(x.indexOf("/") + 1))) say(`room ${id}: unavailable`);
  }

  const roster = Map.groupBy(decisions.enrollments, (e) => e.section_id);
  for (const s of decisions.sections) {
    const count = roster.get(s.section_id)?.length ?? 0;
    if (count !== s.enrolled) say(`${s.section_id}: enrolled ${s.enrolled}, counted ${count}`);
    if (count > (s.seats_max ?? 1e9) + (dataset.settings.scheduling.seats_over_max ?? 0))
      say(`${s.section_id}: ${count} over ${s.seats_max} seats`);
    const mates = decisions.sections.filter(
      (o) => o === s || coSeated.has([o.section_id, s.section_id].sort().join("+")),
    );
    const all = mates.reduce((sum, o) => sum + (roster.get(o.section_id)?.length ?? 0), 0);
    if (s.room_id && all > (rooms.get(s.room_id)?.capacity ?? 1e9)) say(`${s.section_id}: room too small`);
    const row = listed.get(s.section_id);
    if (row?.inclusion_max_share !== undefined && count > 0) {
      const flagged = (roster.get(s.section_id) ?? []).filter((e) =>
        t.student_rules.some(
          (r) => r.student_id === e.student_id && r.kind === "section_flag" && r.value === "inclusion",
        ),
      ).length;
      if (flagged / count > row.inclusion_max_share + 1e-9) say(`${s.section_id}: inclusion ${flagged}/${count}`);
    }
  }

  const byStudent = Map.groupBy(decisions.enrollments, (e) => e.student_id);
  const requests = Map.groupBy(t.requests, (r) => r.student_id);
  const rules = Map.groupBy(t.student_rules, (r) => r.student_id);
  const unmetKeys = new Set(unmet.map((u) => `${u.student_id}/${u.course_id}`));
  const waves = dataset.settings.scheduling.lunch?.waves ?? [];
  for (const student of t.students) {
    const own = byStudent.get(student.student_id) ?? [];
    const asked = requests.get(student.student_id) ?? [];
    const ownRules = rules.get(student.student_id) ?? [];
    const who = `student ${student.student_id}`;
    noClash(
      who,
      own.map((e) => e.section_id),
      false,
    );
    const taken = new Set(own.flatMap((e) => [...(atoms.get(e.section_id) ?? [])]));
    const off = new Set(ownRules.flatMap((r) => r.unavailable ?? []));
    for (const x of taken) if (off.has(x.slice(x.indexOf("/") + 1))) say(`${who}: unavailable`);
    const free = Math.max(0, ...ownRules.filter((r) => r.kind === "free").map((r) => Number(r.value ?? 0) || 0));
    for (const leaf of leafIds) {
      const slots = [...(classSlots.get(student.school_id) ?? [])].filter(
        (slot) => !off.has(slot) && !taken.has(`${leaf}/${slot}`),
      );
      if (slots.length < free) say(`${who}: ${slots.length} free slots`);
    }
    if (waves.length > 0) {
      const wave = dataset.settings.scheduling.lunch?.grades?.[student.grade];
      const open = wave === undefined ? waves : waves.slice(wave, wave + 1);
      const eats = (slots: readonly string[]) =>
        leafIds.every((leaf) => slots.every((slot) => !taken.has(`${leaf}/${slot}`)));
      if (own.length > 0 && open.length > 0 && !open.some(eats)) say(`${who}: no lunch`);
    }
    const seen = new Set<string>();
    const replaced = new Set<string>();
    for (const e of own) {
      const s = rows.get(e.section_id);
      if (!s) {
        say(`${who}: unknown section`);
        continue;
      }
      const request = asked.find((r) => r.course_id === s.course_id);
      if (!request) say(`${who}: ${s.course_id} not asked for`);
      if (seen.has(s.course_id)) say(`${who}: ${s.course_id} twice`);
      seen.add(s.course_id);
      if (request?.term_id !== undefined && request.term_id !== s.term_id) say(`${who}: request term`);
      if (request?.locked_section_id !== undefined && request.locked_section_id !== s.section_id)
        say(`${who}: locked section`);
      if (e.kind !== request?.kind) say(`${who}: kind ${e.kind}`);
      if (e.kind === "alternate") {
        const target = asked.find((r) => r.course_id === e.request_course_id);
        if (!target || target.kind === "alternate" || !unmetKeys.has(`${student.student_id}/${e.request_course_id}`))
          say(`${who}: alternate for nothing`);
        if (request?.alternate_for !== undefined && request.alternate_for !== e.request_course_id)
          say(`${who}: alternate for another`);
        if (replaced.has(e.request_course_id ?? "")) say(`${who}: replaced twice`);
        replaced.add(e.request_course_id ?? "");
      } else if (e.request_course_id !== s.course_id) say(`${who}: request_course_id`);
      const reserved = listed.get(s.section_id)?.reserved_for;
      const teams = ownRules.filter((r) => r.kind === "team").map((r) => r.value);
      if (reserved !== undefined && !teams.includes(reserved)) say(`${who}: ${s.section_id} is reserved`);
      for (const r of ownRules) {
        if (r.kind === "not_teacher" && (s.teacher_id === r.value || s.co_teacher_ids?.includes(r.value ?? "")))
          say(`${who}: teacher avoided`);
        if (r.kind === "apart" && roster.get(s.section_id)?.some((x) => x.student_id === r.value))
          say(`${who}: not apart`);
        if (r.kind === "with")
          for (const x of byStudent.get(r.value ?? "") ?? [])
            if (rows.get(x.section_id)?.course_id === s.course_id && x.section_id !== s.section_id)
              say(`${who}: not with ${r.value}`);
      }
    }
    for (const r of asked)
      if (
        inScope(r.course_id) &&
        r.kind !== "alternate" &&
        seen.has(r.course_id) === unmetKeys.has(`${student.student_id}/${r.course_id}`)
      )
        say(`${who}: ${r.course_id} neither or both met and unmet`);
  }
  return [...out, ...brokenLinks(dataset, decisions, leavesOf, overlap, byStudent)];
}

function brokenLinks(
  dataset: Dataset,
  decisions: SchedulingDecisions,
  leavesOf: ReadonlyMap<string, readonly string[]>,
  overlap: (a: string, b: string) => boolean,
  byStudent: ReadonlyMap<string, readonly SchedulingDecisions["enrollments"][number][]>,
): string[] {
  const out: string[] = [];
  const rows = new Map(decisions.sections.map((s) => [s.section_id, s]));
  const term = new Map(dataset.tables.terms.map((x) => [x.term_id, x]));
  for (const link of dataset.tables.course_links) {
    const [a, b] = link.courses.map((id) => decisions.sections.filter((s) => s.course_id === id));
    if (!a || !b) continue;
    const shareLeaf = (x?: string, y?: string) =>
      (leavesOf.get(x ?? "") ?? []).some((leaf) => leavesOf.get(y ?? "")?.includes(leaf));
    if (link.kind === "not_same_time")
      for (const x of a)
        for (const y of b)
          if (overlap(x.section_id, y.section_id))
            out.push(`${link.link_id}: ${x.section_id} and ${y.section_id} clash`);
    if (a.length === 1 && b.length === 1) {
      const [x, y] = [a[0], b[0]];
      if (link.kind === "same_time" && (x.term_id !== y.term_id || x.pattern_id !== y.pattern_id))
        out.push(`${link.link_id}: not same time`);
      if (link.kind === "same_teacher" && x.teacher_id !== y.teacher_id) out.push(`${link.link_id}: not same teacher`);
      if (link.kind === "same_room" && x.room_id !== y.room_id) out.push(`${link.link_id}: not same room`);
      const single = (id: string) => dataset.tables.courses.find((row) => row.course_id === id)?.sections === 1;
      if (link.kind === "different_term" && link.courses.every(single) && shareLeaf(x.term_id, y.term_id))
        out.push(`${link.link_id}: same term`);
    }
    for (const [student, enrollments] of byStudent) {
      const find = (course: string) =>
        enrollments.map((e) => rows.get(e.section_id)).find((s) => s?.course_id === course);
      const [x, y] = [find(link.courses[0]), find(link.courses[1])];
      if (!x || !y) continue;
      const end = term.get(x.term_id ?? "")?.end_date ?? "";
      const start = term.get(y.term_id ?? "")?.start_date ?? "";
      if (link.kind === "term_order" && end >= start) out.push(`${link.link_id}: ${student} out of order`);
      if (link.kind === "different_term" && shareLeaf(x.term_id, y.term_id))
        out.push(`${link.link_id}: ${student} same term`);
    }
    if (link.kind === "same_students") {
      const mate = new Map<string, string>();
      for (const [student, enrollments] of byStudent) {
        const find = (course: string) =>
          enrollments.map((e) => rows.get(e.section_id)).find((s) => s?.course_id === course)?.section_id;
        const [x, y] = [find(link.courses[0]), find(link.courses[1])];
        if (x === undefined || y === undefined) continue;
        if ((mate.get(x) ?? y) !== y || (mate.get(y) ?? x) !== x)
          out.push(`${link.link_id}: ${student} breaks the pairs`);
        mate.set(x, y);
        mate.set(y, x);
      }
    }
  }
  return out;
}
