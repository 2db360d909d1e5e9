import { RUN_VISITS_MAX } from "./half-day.ts";
import type { HalfDayState } from "./state.ts";

/** No window. */
const FREE = 1_000_000_000;

/**
 * What is derived of runs where several schools' riders may share them: the part of the kernel that a run of one school does not need.
 *
 * A stretch of a run is kept as a time-window segment (Vidal et al. 2013): its shortest duration, waiting included, and the earliest and latest
 * begin for which it takes no longer. Two stretches join in O(1), so an insertion anywhere is priced from what precedes and what follows it.
 * Everyone boards as late as the times at the schools allow; a wait between two schools therefore comes before the stops between them.
 *
 * Item k of a run stands at `run × RUN_VISITS_MAX + k`; item `length` is the call at its last school.
 */
export class MixedRuns {
  readonly #state: HalfDayState;
  /** Calls of a run at schools before its last; runs that call at a school. */
  readonly drops: Int32Array;
  readonly schoolCalls: Int32Array;
  /** Loading at a stop, unloading at a school. */
  readonly service: Int32Array;
  /** Where the riders of a visit get off: the item of their school's call. */
  readonly dropOf: Int32Array;
  /** Aboard after each item: millionths of benches, wheelchairs, riders, and the least of what is left to their ride limits. */
  readonly benchesAfter: Int32Array;
  readonly wheelchairsAfter: Int32Array;
  readonly ridersAfter: Int32Array;
  readonly slackAfter: Int32Array;
  /** Segments of items [0, k] and of items [k, last school]: duration, earliest and latest begin. */
  readonly headTicks: Int32Array;
  readonly headFrom: Int32Array;
  readonly headTo: Int32Array;
  readonly tailTicks: Int32Array;
  readonly tailFrom: Int32Array;
  readonly tailTo: Int32Array;
  readonly #unload: Int32Array;
  readonly #aboard: Int32Array;
  readonly #callAt: Int32Array;
  readonly #depart: Float64Array;
  /** From the end of unloading at each call to the end of the run. */
  readonly #lag: Int32Array;

  constructor(state: HalfDayState) {
    this.#state = state;
    const ofItems = () => new Int32Array(state.runsMax * RUN_VISITS_MAX);
    const ofSchools = () => new Int32Array(state.day.schools);
    this.drops = new Int32Array(state.runsMax);
    this.schoolCalls = ofSchools();
    this.service = ofItems();
    this.dropOf = ofItems();
    this.benchesAfter = ofItems();
    this.wheelchairsAfter = ofItems();
    this.ridersAfter = ofItems();
    this.slackAfter = ofItems();
    this.headTicks = ofItems();
    this.headFrom = ofItems();
    this.headTo = ofItems();
    this.tailTicks = ofItems();
    this.tailFrom = ofItems();
    this.tailTo = ofItems();
    this.#lag = ofItems();
    this.#unload = ofSchools();
    this.#aboard = ofSchools();
    this.#callAt = ofSchools();
    this.#depart = new Float64Array(RUN_VISITS_MAX + 1);
  }

  /** Adds a run's calls at schools before its last to (takes them from) the counts. */
  countCalls(run: number, by: 1 | -1): void {
    const { runVisits, runLength } = this.#state;
    const base = run * RUN_VISITS_MAX;
    for (let k = 0; k < runLength[run]; k++) {
      if (runVisits[base + k] >= 0) continue;
      this.schoolCalls[~runVisits[base + k]] += by;
      this.drops[run] += by;
    }
  }

  /** Runs that call at a school, as their last or before. */
  callsAt(school: number): number {
    return this.#state.schoolRuns.count[school] + this.schoolCalls[school];
  }

  /** Drops the calls at schools of which no rider is left, the last school too. @returns the items left */
  withoutIdleDrops(run: number, length: number): number {
    const { runVisits, runSchool, day } = this.#state;
    const base = run * RUN_VISITS_MAX;
    const aboard = this.#aboard;
    let riders = 0;
    for (let k = 0; k < length; k++) if (runVisits[base + k] >= 0) aboard[day.visitSchool[runVisits[base + k]]]++;
    let kept = 0;
    for (let k = 0; k < length; k++) {
      const item = runVisits[base + k];
      if (item >= 0) riders++;
      else if (aboard[~item] === 0) continue;
      runVisits[base + kept++] = item;
    }
    const lastIsIdle = aboard[runSchool[run]] === 0;
    for (let k = 0; k < kept; k++) if (runVisits[base + k] >= 0) aboard[day.visitSchool[runVisits[base + k]]] = 0;
    if (riders === 0) return 0;
    if (lastIsIdle) this.#state.endAt(run, ~runVisits[base + --kept]);
    return kept;
  }

  /** The last call before a run's last after which nobody is aboard, −1 = none. */
  emptyDrop(run: number, length: number): number {
    const { runVisits, day } = this.#state;
    const base = run * RUN_VISITS_MAX;
    const aboard = this.#aboard;
    let total = 0;
    let found = -1;
    for (let k = 0; k < length; k++) {
      const item = runVisits[base + k];
      if (item >= 0) {
        aboard[day.visitSchool[item]]++;
        total++;
        continue;
      }
      total -= aboard[~item];
      aboard[~item] = 0;
      if (total === 0) found = k;
    }
    for (let k = 0; k < length; k++) if (runVisits[base + k] >= 0) aboard[day.visitSchool[runVisits[base + k]]] = 0;
    return found;
  }

  nodeAt(run: number, k: number): number {
    const { runVisits, runLength, runSchool, day } = this.#state;
    if (k === runLength[run]) return day.schoolNode[runSchool[run]];
    const item = runVisits[run * RUN_VISITS_MAX + k];
    return item >= 0 ? day.visitNode[item] : day.schoolNode[~item];
  }

  /** School of the call at item k, −1 at a visit. */
  schoolAt(run: number, k: number): number {
    const { runVisits, runLength, runSchool } = this.#state;
    if (k === runLength[run]) return runSchool[run];
    const item = runVisits[run * RUN_VISITS_MAX + k];
    return item >= 0 ? -1 : ~item;
  }

  /** From the end of unloading at the school of the visit at item k to the end of the run. */
  lagOf(run: number, k: number): number {
    const base = run * RUN_VISITS_MAX;
    return this.#lag[base + this.dropOf[base + k]];
  }

  /** Earliest and latest begin of the service of item k. */
  opensAt(run: number, k: number): number {
    const school = this.schoolAt(run, k);
    const { day } = this.#state;
    return school < 0 ? -FREE : day.schoolEndMin[school] - day.schoolService[school];
  }

  closesAt(run: number, k: number): number {
    const school = this.schoolAt(run, k);
    const { day } = this.#state;
    return school < 0 ? FREE : day.schoolEndMax[school] - day.schoolService[school];
  }

  /** Recomputes all that is derived of a run. O(length × schools aboard). */
  refresh(run: number): void {
    const state = this.#state;
    const base = run * RUN_VISITS_MAX;
    const length = state.runLength[run];
    this.#services(run, base, length);
    const holds = this.#segments(run, base, length);
    this.#rides(run, base, length);
    this.#aboardAfter(run, base, length);
    if (!holds) state.placeSlack[base + length - 1] = -1;
  }

  #services(run: number, base: number, length: number): void {
    const state = this.#state;
    const { day, runVisits } = state;
    let grades = 0;
    for (let k = length; k >= 0; k--) {
      const school = this.schoolAt(run, k);
      if (school >= 0) {
        this.#callAt[school] = k;
        this.#unload[school] = 0;
        continue;
      }
      const visit = runVisits[base + k];
      this.dropOf[base + k] = this.#callAt[day.visitSchool[visit]];
      this.#unload[day.visitSchool[visit]] += day.visitUnload[visit];
      this.service[base + k] = day.visitService[visit];
      grades |= day.visitGrades[visit];
      state.visitRun[visit] = run;
      state.visitPlace[visit] = k;
    }
    for (let k = 0; k <= length; k++) {
      const school = this.schoolAt(run, k);
      if (school >= 0) this.service[base + k] = day.schoolService[school] + this.#unload[school];
    }
    let shares = -1;
    for (let grade = 0; grade < day.gradeShares.length; grade++)
      if (grades & (1 << grade)) shares &= day.gradeShares[grade];
    state.runGrades[run] = grades;
    state.runShares[run] = shares;
  }

  /** @returns whether the schools' windows leave the run any time at all */
  #segments(run: number, base: number, length: number): boolean {
    const state = this.#state;
    const { travel, nodes } = state.day;
    let holds = true;
    this.tailTicks[base + length] = this.service[base + length];
    this.tailFrom[base + length] = this.opensAt(run, length);
    this.tailTo[base + length] = this.closesAt(run, length);
    let node = this.nodeAt(run, length);
    for (let k = length - 1; k >= 0; k--) {
      const at = this.nodeAt(run, k);
      const lead = this.service[base + k] + travel[at * nodes + node];
      const opens = this.opensAt(run, k);
      const closes = this.closesAt(run, k);
      const next = base + k + 1;
      const wait = Math.max(0, this.tailFrom[next] - lead - closes);
      this.tailTicks[base + k] = lead + wait + this.tailTicks[next];
      this.tailFrom[base + k] = Math.max(opens, this.tailFrom[next] - lead - wait);
      this.tailTo[base + k] = Math.min(closes, this.tailTo[next] - lead);
      if (opens > this.tailTo[next] - lead) holds = false;
      node = at;
    }
    for (let k = 0; k < length; k++) {
      const at = this.nodeAt(run, k);
      const opens = this.opensAt(run, k);
      const closes = this.closesAt(run, k);
      if (k === 0) {
        this.headTicks[base] = this.service[base];
        this.headFrom[base] = opens;
        this.headTo[base] = closes;
        node = at;
        continue;
      }
      const before = base + k - 1;
      const lead = this.headTicks[before] + travel[node * nodes + at];
      const wait = Math.max(0, opens - lead - this.headTo[before]);
      this.headTicks[base + k] = lead + wait + this.service[base + k];
      this.headFrom[base + k] = Math.max(opens - lead, this.headFrom[before]) - wait;
      this.headTo[base + k] = Math.min(this.headTo[before], closes - lead);
      node = at;
    }
    state.runTicks[run] = this.tailTicks[base];
    state.runEndMin[run] = this.tailFrom[base] + this.tailTicks[base];
    state.runEndMax[run] = this.tailTo[base] + this.tailTicks[base];
    return holds;
  }

  /** Rides when everyone boards as late as the last school's earliest end allows: no ride is longer at a later end. */
  #rides(run: number, base: number, length: number): void {
    const state = this.#state;
    const { travel, nodes } = state.day;
    let rideTicks = 0;
    let begin = state.runEndMin[run] - this.service[base + length];
    this.#depart[length] = begin;
    this.#lag[base + length] = 0;
    let node = this.nodeAt(run, length);
    for (let k = length - 1; k >= 0; k--) {
      const at = this.nodeAt(run, k);
      const depart = begin - travel[at * nodes + node];
      begin = Math.min(depart - this.service[base + k], this.closesAt(run, k));
      const item = state.runVisits[base + k];
      // Of a school's call the arrival is kept, of a visit its departure.
      this.#depart[k] = item >= 0 ? depart : begin;
      if (item < 0) this.#lag[base + k] = state.runEndMin[run] - begin - this.service[base + k];
      else {
        state.placeRide[base + k] = this.#depart[this.dropOf[base + k]] - depart;
        rideTicks += state.day.visitRiders[item] * state.placeRide[base + k];
      }
      node = at;
    }
    state.runRideTicks[run] = rideTicks;
  }

  #aboardAfter(run: number, base: number, length: number): void {
    const state = this.#state;
    const { day, runVisits } = state;
    let [benches, wheelchairs, riders, all] = [0, 0, 0, 0];
    let [mostBenches, mostWheelchairs, leastSlack] = [0, 0, FREE];
    for (let k = 0; k < length; k++) {
      const visit = runVisits[base + k];
      if (visit >= 0) {
        benches += day.visitBenches[visit];
        wheelchairs += day.visitWheelchairs[visit];
        riders += day.visitRiders[visit];
        all += day.visitRiders[visit];
        leastSlack = Math.min(leastSlack, day.visitRideMax[visit] - state.placeRide[base + k]);
      } else
        for (let other = 0; other < k; other++) {
          const gone = runVisits[base + other];
          if (gone < 0 || this.dropOf[base + other] !== k) continue;
          benches -= day.visitBenches[gone];
          wheelchairs -= day.visitWheelchairs[gone];
          riders -= day.visitRiders[gone];
        }
      this.benchesAfter[base + k] = benches;
      this.wheelchairsAfter[base + k] = wheelchairs;
      this.ridersAfter[base + k] = riders;
      mostBenches = Math.max(mostBenches, benches);
      mostWheelchairs = Math.max(mostWheelchairs, wheelchairs);
      let slack = FREE;
      for (let other = 0; other <= k; other++)
        if (runVisits[base + other] >= 0 && this.dropOf[base + other] > k)
          slack = Math.min(slack, day.visitRideMax[runVisits[base + other]] - state.placeRide[base + other]);
      this.slackAfter[base + k] = slack;
    }
    state.placeSlack[base + length - 1] = leastSlack;
    state.runBenches[run] = mostBenches;
    state.runWheelchairs[run] = mostWheelchairs;
    state.runRiders[run] = all;
  }
}
