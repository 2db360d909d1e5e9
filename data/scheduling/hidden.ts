import type { Random } from "@trivium/engine";
import type { Grade } from "@trivium/model";
import { drawCore, drawOffer, type Pupil } from "./demand.ts";
import { fillFreeBlocks, fillHiddenPlan } from "./enroll.ts";
import { addCoTeachers } from "./inclusion.ts";
import type { Master, Section, Teacher, Unit } from "./master.ts";
import { placeInRooms, sizeRooms } from "./rooms.ts";
import { dealToTeachers, drawUnits, placeInTime } from "./staff.ts";

/** Who attends, as the generator needs to know. */
export interface Attendee {
  readonly id: string;
  readonly grade: Grade;
  readonly flagged: boolean;
}

/** A legal master with its students: what requests are drawn from, and never shown. */
export interface HiddenPlan extends Master {
  readonly pupils: readonly Pupil[];
}

const TEAM = "STEM";
const TEAM_SIZE = 46;
/** Below this a section does not run. */
const RUNS_FROM = 8;

export function drawHiddenPlan(random: Random, attendees: readonly Attendee[]): HiddenPlan {
  const pupils = drawPupils(random, attendees);
  const units = drawUnits(drawOffer(random, pupils));
  const teachers = dealToTeachers(random, units);
  reserveForTeam(units.flatMap((unit) => unit.sections));
  placeInTime(random, teachers);
  const placed = units.filter((unit) => unit.pattern !== undefined);
  for (const teacher of teachers) keepOnly(teacher.units, placed);
  const sections = placed.flatMap((unit) => unit.sections);
  addCoTeachers(random, teachers, sections);
  const rooms = placeInRooms(teachers);
  fillHiddenPlan(random, pupils, sections);
  const running = new Set(sections.filter(({ roster }) => roster.size >= RUNS_FROM));
  for (const unit of placed) unit.sections = unit.sections.filter((section) => running.has(section));
  const kept = placed.filter((unit) => unit.sections.length > 0);
  for (const teacher of teachers) keepOnly(teacher.units, kept);
  fillFreeBlocks(random, pupils, [...running]);
  sizeRooms(random, rooms, kept);
  renumber([...running]);
  return {
    pupils,
    units: kept,
    sections: [...running],
    teachers: teachers.filter((teacher) => teacher.units.length + teacher.helping.length > 0),
    rooms: rooms.filter((room) => kept.some((unit) => unit.room === room)),
  };
}

function keepOnly(list: Unit[], kept: readonly Unit[]): void {
  list.splice(0, list.length, ...list.filter((unit) => kept.includes(unit)));
}

/** Pupils with the core of their grade; the first ninth-graders, in random order, form a team with sections of its own. */
function drawPupils(random: Random, attendees: readonly Attendee[]): Pupil[] {
  const ninth = random.shuffle(attendees.filter(({ grade, flagged }) => grade === "9" && !flagged).map(({ id }) => id));
  const team = new Set(ninth.slice(0, Math.min(TEAM_SIZE, Math.floor(ninth.length / 3))));
  return attendees.map(({ id, grade, flagged }) => {
    const core = drawCore(random, grade);
    if (!team.has(id)) return { id, grade, flagged, core };
    const ours = core.map((ids) => (ids[0] === "ENG9H" ? ["ENG9R"] : ids[0] === "BIOH" ? ["BIO"] : ids));
    return { id, grade, flagged, core: ours, team: TEAM };
  });
}

function reserveForTeam(sections: readonly Section[]): void {
  for (const course of ["ENG9R", "BIO"]) {
    const own = sections.filter((section) => section.course.id === course);
    if (own.length >= 4) for (const section of own.slice(0, 2)) section.team = TEAM;
  }
}

/** Section ids count up within their course. */
function renumber(sections: readonly Section[]): void {
  const counts = new Map<string, number>();
  for (const section of sections) {
    const number = (counts.get(section.course.id) ?? 0) + 1;
    counts.set(section.course.id, number);
    section.id = `${section.course.id}-${number}`;
  }
}

/** Sections that a teacher has in a semester, helped ones included; two that share a room count twice. */
export function teachingLoad(teacher: Teacher, term: "S1" | "S2"): number {
  const own = teacher.units.flatMap((unit) => unit.sections);
  return [...own, ...teacher.helping].filter((section) => section.term === "Y" || section.term === term).length;
}
