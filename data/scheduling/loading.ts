import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import { cells, LUNCH_WAVES, SLOTS } from "./day.ts";
import type { Pupil } from "./demand.ts";
import { byCourse, type Section } from "./master.ts";
import type { TodayInput } from "./today.ts";

type Request = TableRow<"requests">;
type Rule = TableRow<"student_rules">;
type Seat = { readonly row: Request; readonly section: Section };
type Wish = { readonly row: Request; readonly sections: readonly Section[] };

/** Hand work ends about here, if it gets that far. */
const GOOD_ENOUGH = 0.947;

interface Loaded {
  readonly rosters: ReadonlyMap<Section, ReadonlySet<string>>;
  readonly enrollments: TableRow<"today_enrollments">[];
}

/**
 * Loads students into sections with fixed times as a counselor does: one after the other, seniors first; then, for each request that failed,
 * somebody in the full section is moved who loses nothing by it. Flagged pupils leave sections that hold too large a share of them.
 */
export function loadStudents(random: Random, input: TodayInput): Loaded {
  const loading = new Loading(input);
  const order = [...input.plan.pupils].sort((a, b) => Number(b.grade) - Number(a.grade) || (a.id < b.id ? -1 : 1));
  for (const pupil of order) loading.load(random, pupil);
  for (const pupil of random.shuffle([...order])) {
    if (loading.metShare() >= GOOD_ENOUGH) break;
    loading.chase(random, pupil);
  }
  loading.keepShares();
  return { rosters: loading.rosters, enrollments: order.flatMap((pupil) => loading.rowsOf(pupil)) };
}

class Loading {
  readonly rosters: Map<Section, Set<string>>;
  readonly #input: TodayInput;
  readonly #courses: ReadonlyMap<string, readonly Section[]>;
  readonly #asked: ReadonlyMap<string, readonly Request[]>;
  readonly #rules: ReadonlyMap<string, readonly Rule[]>;
  readonly #partners: ReadonlySet<string>;
  readonly #pupils: ReadonlyMap<string, Pupil>;
  readonly #share: ReadonlyMap<string, number>;
  readonly #seats = new Map<string, readonly Seat[]>();
  readonly #flaggedIn = new Map<Section, number>();
  readonly #requests: number;
  #met = 0;

  constructor(input: TodayInput) {
    const asked = input.requests.filter(({ kind }) => kind !== "alternate");
    const bonds = input.rules.filter(({ kind }) => kind === "with" || kind === "apart");
    this.#input = input;
    this.rosters = new Map(input.plan.sections.map((section) => [section, new Set()]));
    this.#courses = byCourse(input.plan.sections);
    this.#asked = Map.groupBy(asked, (row) => row.student_id);
    this.#rules = Map.groupBy(input.rules, (rule) => rule.student_id);
    this.#partners = new Set(bonds.flatMap((rule) => [rule.student_id, rule.value ?? ""]));
    this.#pupils = new Map(input.plan.pupils.map((pupil) => [pupil.id, pupil]));
    this.#share = new Map(input.listed.map((row) => [row.section_id, row.inclusion_max_share ?? 1]));
    this.#requests = asked.length;
  }

  metShare(): number {
    return this.#met / this.#requests;
  }

  rowsOf({ id }: Pupil): TableRow<"today_enrollments">[] {
    return (this.#seats.get(id) ?? []).map(({ row, section }) => ({
      student_id: id,
      section_id: section.id,
      request_course_id: row.course_id,
      kind: row.kind,
    }));
  }

  /** The best schedule that the seats left allow, without the sections in `without`. */
  load(random: Random, pupil: Pupil, without?: Section): void {
    const wishes = (this.#asked.get(pupil.id) ?? []).map((row) => ({
      row,
      sections: random
        .shuffle(
          (this.#courses.get(row.course_id) ?? []).filter(
            (section) => section !== without && allows(row, section) && this.#fits(pupil, section),
          ),
        )
        .sort((a, b) => this.#size(a) - this.#size(b)),
    }));
    this.#take(pupil, searchSchedule(wishes, this.#rules.get(pupil.id) ?? []));
  }

  /** For each failed request of the pupil: who sits in a section that would do, and could sit as well without it? */
  chase(random: Random, pupil: Pupil): void {
    const before = this.#seats.get(pupil.id) ?? [];
    const failed = (this.#asked.get(pupil.id) ?? []).filter((row) => !before.some((seat) => seat.row === row));
    if (this.#partners.has(pupil.id)) return;
    for (const { course_id } of failed) {
      const full = (this.#courses.get(course_id) ?? []).find((section) => this.#size(section) >= this.#places(section));
      if (full && this.#makeRoom(random, full)) {
        this.#release(pupil);
        this.load(random, pupil);
        if ((this.#seats.get(pupil.id) ?? []).length < before.length) {
          this.#release(pupil);
          this.#take(pupil, before);
        }
      }
    }
  }

  #makeRoom(random: Random, section: Section): boolean {
    for (const id of [...(this.rosters.get(section) ?? [])].slice(0, 12)) {
      const other = this.#pupils.get(id);
      const before = this.#seats.get(id) ?? [];
      if (other === undefined || this.#partners.has(id)) continue;
      this.#release(other);
      this.load(random, other, section);
      if ((this.#seats.get(id) ?? []).length >= before.length) return true;
      this.#release(other);
      this.#take(other, before);
    }
    return false;
  }

  /** Flagged pupils beyond a section's share leave it; few do, since sections fill after them. */
  keepShares(): void {
    for (const [section, roster] of this.rosters) {
      const most = this.#share.get(section.id) ?? 1;
      const flagged = [...roster].filter((id) => this.#pupils.get(id)?.flagged);
      while (flagged.length > most * roster.size) {
        const id = flagged.pop() ?? "";
        roster.delete(id);
        this.#seats.set(
          id,
          (this.#seats.get(id) ?? []).filter((seat) => seat.section !== section),
        );
      }
    }
  }

  #take(pupil: Pupil, seats: readonly Seat[]): void {
    this.#seats.set(pupil.id, seats);
    this.#met += seats.length;
    for (const { section } of seats) {
      this.rosters.get(section)?.add(pupil.id);
      if (pupil.flagged) this.#flaggedIn.set(section, (this.#flaggedIn.get(section) ?? 0) + 1);
    }
  }

  #release(pupil: Pupil): void {
    const seats = this.#seats.get(pupil.id) ?? [];
    this.#met -= seats.length;
    this.#seats.delete(pupil.id);
    for (const { section } of seats) {
      this.rosters.get(section)?.delete(pupil.id);
      if (pupil.flagged) this.#flaggedIn.set(section, (this.#flaggedIn.get(section) ?? 0) - 1);
    }
  }

  #size(section: Section): number {
    return this.rosters.get(section)?.size ?? 0;
  }

  /** Seats that course and room leave; two sections that share a room halve it. */
  #places(section: Section): number {
    const halves = section.course.id === "GERM3" || section.course.id === "GERM4" ? 2 : 1;
    return Math.min(this.#input.seats.get(section.course.id) ?? 0, Math.floor(section.room.capacity / halves));
  }

  #fits(pupil: Pupil, section: Section): boolean {
    const own = this.#rules.get(pupil.id) ?? [];
    const staff = [section.teacher.id, section.coTeacher?.id];
    const places = this.#places(section);
    if (this.#size(section) >= places || (section.team !== undefined && section.team !== pupil.team)) return false;
    if (own.some((rule) => rule.kind === "not_teacher" && staff.includes(rule.value))) return false;
    const flagged = (this.#flaggedIn.get(section) ?? 0) + 1;
    if (pupil.flagged && flagged > (this.#share.get(section.id) ?? 1) * places * 0.85) return false;
    return !this.#partners.has(pupil.id) || this.#partnersFit(pupil, section);
  }

  #partnersFit(pupil: Pupil, section: Section): boolean {
    return this.#input.rules
      .filter(
        (rule) => (rule.kind === "with" || rule.kind === "apart") && [rule.student_id, rule.value].includes(pupil.id),
      )
      .every((rule) => {
        const other = (rule.student_id === pupil.id ? rule.value : rule.student_id) ?? "";
        const theirs = (this.#courses.get(section.course.id) ?? []).find((each) => this.rosters.get(each)?.has(other));
        return theirs === undefined || (theirs === section) === (rule.kind === "with");
      });
  }
}

/** A request may ask for a term, or for one section. */
function allows({ term_id, locked_section_id }: Request, { term, id }: Section): boolean {
  return (term_id ?? term) === term && (locked_section_id ?? id) === id;
}

/** A quick look for a schedule of one pupil: hardest wishes first, a few hundred tries, the fullest result. */
function searchSchedule(wishes: readonly Wish[], rules: readonly Rule[]): Seat[] {
  const required = ({ row }: Wish) => Number(row.kind === "required");
  const order = wishes.toSorted((a, b) => required(b) - required(a) || a.sections.length - b.sections.length);
  const away = rules
    .flatMap((rule) => rule.unavailable ?? [])
    .reduce((mask, id) => mask | cells([slotNumber(id)], "Y"), 0);
  const free = Math.max(2, ...rules.map((rule) => (rule.kind === "free" ? Number(rule.value ?? 0) : 0)));
  let best: Seat[] = [];
  let tries = 400;
  const descend = (depth: number, busy: number, seats: Seat[]): boolean => {
    if (seats.length > best.length) best = seats;
    if (depth === order.length) return seats.length === order.length;
    for (const section of order[depth].sections) {
      if (--tries < 0) return true;
      const after = busy | section.mask;
      if ((section.mask & (busy | away)) !== 0 || !feeds(after) || !leavesFree(after, free) || !paired(seats, section))
        continue;
      if (descend(depth + 1, after, [...seats, { row: order[depth].row, section }])) return true;
    }
    return seats.length + order.length - depth - 1 > best.length && descend(depth + 1, busy, seats);
  };
  descend(0, 0, []);
  return best;
}

const slotNumber = (id: string): number => (id.startsWith("A") ? 0 : 5) + Number(id.slice(2)) - 1;

const feeds = (busy: number): boolean => LUNCH_WAVES.some((wave) => (busy & cells(wave, "Y")) === 0);

function leavesFree(busy: number, free: number): boolean {
  return [0, 1].every((term) => {
    let open = 0;
    for (let slot = 0; slot < SLOTS; slot++) if ((busy & (1 << (slot + term * SLOTS))) === 0) open++;
    return open >= free;
  });
}

/** American Studies runs in pairs of the same number. */
function paired(seats: readonly Seat[], section: Section): boolean {
  const other = { AMSTE: "AMSTH", AMSTH: "AMSTE" }[section.course.id];
  const partner = seats.find((seat) => seat.section.course.id === other)?.section;
  return partner === undefined || partner.id.split("-")[1] === section.id.split("-")[1];
}
