import type { Mend, Step } from "@trivium/model";
import type { Schedule } from "../../schedule/schedule.ts";
import { type Outcome, requestRef } from "../../steps/outcome.ts";

/** A place to try for a unit. */
export interface Candidate {
  readonly unit: number;
  readonly time: number;
}

/** Points of what is no request. */
const SEAT = 100;
const MOVED_SECTION = 100;
const OPENED_SECTION = 200;
const MOVED_STUDENT = 10;

/** @param grown section that has a seat more by it */
export function mendOf({ school }: Schedule, request: number, kind: Mend["kind"], outcome: Outcome, grown = -1): Mend {
  const { requests, sections } = school;
  const others = outcome.students.filter((student) => student !== requests.student[request]);
  const lost = outcome.lost.reduce((sum, q) => sum + requests.points[q], 0);
  const gained = outcome.met.reduce((sum, q) => sum + (q === request ? 0 : requests.points[q]), 0);
  const fixed =
    (grown >= 0 ? SEAT : 0) +
    outcome.units.length * (kind === "open_section" ? OPENED_SECTION : MOVED_SECTION) +
    others.length * MOVED_STUDENT;
  const seat: Step[] =
    grown >= 0 ? [{ step: "seats", section_id: sections.ids[grown], seats_max: sections.cap[grown] + 1 }] : [];
  return {
    kind,
    steps: [...seat, ...outcome.steps],
    meets: outcome.met.map((q) => requestRef(school, q)),
    loses: outcome.lost.map((q) => requestRef(school, q)),
    students_moved: others.length,
    cost: Math.round((lost - gained + fixed) * 10) / 10,
  };
}

export const cheaper = (a: Mend | null, b: Mend | null): Mend | null =>
  a === null || (b !== null && b.cost < a.cost) ? b : a;
