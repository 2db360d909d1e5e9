import type { Budget, Random } from "@trivium/engine";
import { type Rules, rulesOf } from "../constraints/rules.ts";
import { closeUnpaired, mayClose } from "../loading/close-unpaired.ts";
import { evenGroups } from "../loading/even-groups.ts";
import { Loader } from "../loading/loader.ts";
import { mendInclusion } from "../loading/mend-inclusion.ts";
import { Polish } from "../loading/polish.ts";
import { Placer } from "../moves/placer.ts";
import type { School } from "../problem/problem.ts";
import { copyPlaces, type Places, restorePlaces } from "../schedule/places.ts";
import { Schedule } from "../schedule/schedule.ts";
import { Annealing, type Cooling, type Span } from "./anneal.ts";
import { Constructor } from "./construct.ts";

/**
 * In points, from a fresh start: for most of the budget hot enough that a section moves though an elective is lost by it (at 100 and below
 * the annealing of a tight school of 600 stood still after a third of its time), at the end cold enough to mind preferences.
 */
const COLD: Cooling = { from: 500, to: 5, delay: 2 };
/** From a schedule that is good already: a plan before a change. */
const WARM: Cooling = { from: 40, to: 8 };

export const coolingOf = ({ warm }: School): Cooling => (warm ? WARM : COLD);

/** One chain's work on one school: a schedule with what changes it. */
export class Search {
  readonly schedule: Schedule;
  readonly rules: Rules;
  readonly loader: Loader;
  readonly placer: Placer;
  readonly annealing: Annealing;
  readonly #random: Random;

  constructor(school: School, random: Random) {
    this.#random = random;
    this.schedule = new Schedule(school);
    this.rules = rulesOf(school);
    this.loader = new Loader(this.schedule, this.rules);
    this.placer = new Placer(this.schedule, this.rules, random);
    this.annealing = new Annealing(this.schedule, this.placer, this.loader, random);
  }

  /** Places sections from nothing (hints first) and seats the students: those of the start schedule where they sat, as far as that stands. */
  start(budget: Budget): void {
    new Constructor(this.placer, this.#random).build(() => budget.spent(0));
    this.annealing.loadAll();
  }

  resume(places: Places): void {
    restorePlaces(this.schedule, places);
    this.annealing.best = copyPlaces(this.schedule);
  }

  anneal(budget: Budget, cooling: Cooling, onCheckpoint: () => void, span?: Span): void {
    this.annealing.run(budget, cooling, onCheckpoint, span);
  }

  /** What is done once, at the end: linked sections in pairs, groups served alike where that is a goal, shares of flagged students made to hold, sizes evened out, empty optional sections closed. */
  finish(): Places {
    const { schedule } = this;
    closeUnpaired(schedule, this.placer, this.loader);
    evenGroups(schedule, this.loader, this.#random);
    mendInclusion(schedule, this.loader);
    new Polish(schedule, this.rules, this.loader).run();
    const { units } = schedule.school;
    for (let unit = 0; unit < units.count; unit++) {
      if (units.optional[unit] === 0 || schedule.time[unit] < 0 || schedule.unitEnrolled[unit] > 0) continue;
      if (!mayClose(schedule, unit)) continue;
      schedule.place(unit, -1, -1, -1);
    }
    schedule.commit();
    return copyPlaces(schedule);
  }
}
