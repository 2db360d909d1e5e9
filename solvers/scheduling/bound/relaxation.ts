import { bitCount } from "../constraints/atoms.ts";
import { ALTERNATE, type School } from "../problem/problem.ts";
import type { SeatNetwork } from "./seat-flow.ts";

/** Forgets who meets when: what is left of a school are seats, slots and who could take what at all. */
export function relax(school: School): SeatNetwork {
  const { students, requests } = school;
  const sizes = smallestTimes(school);
  const open = new Uint8Array(requests.count);
  const studentMax = new Int32Array(students.ids.length);
  for (let student = 0; student < students.ids.length; student++) {
    const fits: number[] = [];
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++) {
      if (requests.kind[q] === ALTERNATE || !someTimeSuits(school, student, requests.course[q])) continue;
      open[q] = 1;
      fits.push(sizes[requests.course[q]]);
    }
    studentMax[student] = howManyFit(fits, slotsOpen(school, student));
  }
  return {
    start: students.requestStart,
    course: requests.course,
    student: requests.student,
    open,
    studentMax,
    courseMax: seatsOf(school),
  };
}

/** Atoms of the shortest time of each course. */
function smallestTimes({ courses, calendar }: School): Int32Array {
  return Int32Array.from(courses.ids, (_, course) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = courses.times.start[course]; i < courses.times.start[course + 1]; i++) {
      let atoms = 0;
      for (let w = 0; w < calendar.atomWords; w++)
        atoms += bitCount(calendar.timeAtoms[courses.times.items[i] * calendar.atomWords + w]);
      least = Math.min(least, atoms);
    }
    return Number.isFinite(least) ? least : 0;
  });
}

function someTimeSuits(
  { courses, sections, units, calendar, students }: School,
  student: number,
  course: number,
): boolean {
  const words = calendar.bitWords;
  for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
    const unit = sections.unit[courses.sections.items[i]];
    for (let j = units.times.start[unit]; j < units.times.start[unit + 1]; j++) {
      let clash = 0;
      for (let w = 0; w < words; w++)
        clash |= calendar.timeBits[units.times.items[j] * words + w] & students.off[student * words + w];
      if (clash === 0) return true;
    }
  }
  return false;
}

function slotsOpen({ students, calendar }: School, student: number): number {
  const leaves = calendar.leafIds.length;
  let slots = 0;
  for (let leaf = 0; leaf < leaves; leaf++) slots += students.slotsUsable[student * leaves + leaf];
  return slots;
}

function howManyFit(sizes: number[], slots: number): number {
  let left = slots;
  let count = 0;
  for (const size of sizes.sort((a, b) => a - b)) {
    left -= size;
    if (left < 0) break;
    count++;
  }
  return count;
}

/** Seats that a course can have at most: each section its own, or its largest room's where that is less. */
function seatsOf({ courses, sections, units, rooms, hasRooms }: School): Float64Array {
  return Float64Array.from(courses.ids, (_, course) => {
    let seats = 0;
    for (let i = courses.sections.start[course]; i < courses.sections.start[course + 1]; i++) {
      const section = courses.sections.items[i];
      const unit = sections.unit[section];
      let largest = hasRooms ? 0 : Number.POSITIVE_INFINITY;
      for (let j = units.rooms.start[unit]; hasRooms && j < units.rooms.start[unit + 1]; j++)
        largest = Math.max(largest, rooms.capacity[units.rooms.items[j]]);
      seats += Math.min(sections.seats[section], largest);
    }
    return seats;
  });
}
