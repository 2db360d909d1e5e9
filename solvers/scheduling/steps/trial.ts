import type { Random } from "@trivium/engine";
import { type Rules, rulesOf } from "../constraints/rules.ts";
import { Loader } from "../loading/loader.ts";
import { Placer } from "../moves/placer.ts";
import { listAt } from "../problem/lists.ts";
import { copyPlaces, type Places } from "../schedule/places.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** More than all other requests of a student together, less than a seat on a locked roster. */
const ABOVE_ALL = 50_000;

/** A finished schedule on which things are tried: done, looked at, taken back. */
export class Trial {
  readonly schedule: Schedule;
  readonly rules: Rules;
  readonly loader: Loader;
  readonly placer: Placer;
  readonly random: Random;
  readonly before: Places;

  constructor(schedule: Schedule, random: Random) {
    this.schedule = schedule;
    this.random = random;
    this.rules = rulesOf(schedule.school);
    this.loader = new Loader(schedule, this.rules);
    this.placer = new Placer(schedule, this.rules, random);
    schedule.commit();
    this.before = copyPlaces(schedule);
  }

  /** @returns how the schedule differed while the act was done; null where it could not be, or was not legal */
  attempt(act: () => boolean): Outcome | null {
    const { schedule, placer } = this;
    placer.changed.length = 0;
    const outcome = act() && this.#holds() ? outcomeOf(this.before, schedule) : null;
    schedule.undo(0, this.before.total);
    return outcome;
  }

  /** `act` with one request worth more than all others together. */
  wanting<T>(request: number, act: () => T): T {
    const { value } = this.schedule.school.requests;
    const usual = value[request];
    value[request] = usual + ABOVE_ALL;
    try {
      return act();
    } finally {
      value[request] = usual;
    }
  }

  /** `act` with one seat more in these sections. */
  withSeat<T>(sections: readonly number[], act: () => T): T {
    const { seats, cap } = this.schedule.school.sections;
    const add = (more: number) => {
      for (const section of sections) {
        seats[section] += more;
        cap[section] += more;
      }
    };
    add(1);
    try {
      return act();
    } finally {
      add(-1);
    }
  }

  /** Whether everybody that differs from before stands legally: seats, shares, their own rules. */
  #holds(): boolean {
    const { schedule, before, loader } = this;
    const { requests, sections, units } = schedule.school;
    const moved = new Set<number>();
    const touched = new Set<number>();
    for (let q = 0; q < requests.count; q++) {
      if (schedule.choice[q] === before.choice[q]) continue;
      moved.add(requests.student[q]);
      if (schedule.choice[q] >= 0) touched.add(schedule.choice[q]);
      if (before.choice[q] >= 0) touched.add(before.choice[q]);
    }
    for (let unit = 0; unit < units.count; unit++)
      if (
        schedule.time[unit] !== before.time[unit] ||
        schedule.room[unit] !== before.room[unit] ||
        schedule.teacher[unit] !== before.teacher[unit]
      )
        for (const section of listAt(units.sections, unit)) {
          touched.add(section);
          for (let seat = 0; seat < schedule.enrolled[section]; seat++)
            moved.add(requests.student[schedule.seat(section, seat)]);
        }
    for (const section of touched) {
      if (schedule.seatsLeft(section) < 0) return false;
      const share = sections.inclusionShare[section];
      if (share <= 1 && schedule.flagged[section] > Math.floor(share * schedule.enrolled[section] + 1e-9)) return false;
    }
    for (const student of moved) if (!loader.stands(student)) return false;
    return true;
  }
}
