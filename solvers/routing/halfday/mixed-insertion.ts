import { LOCK, RUN_VISITS_MAX } from "./half-day.ts";
import type { MixedRuns } from "./mixed-runs.ts";
import type { HalfDayState } from "./state.ts";

/** The cheapest place found so far; `drop` as `HalfDayState.insertWithDrop` takes it, −1 = the run calls at the school already. */
export interface MixedPlace {
  price: number;
  run: number;
  place: number;
  drop: number;
}

/**
 * Cheapest legal place for a banked visit on a run that may serve several schools: before the call at its school, or with a new call where the schools
 * allow it and somebody is aboard. Each pair of places costs O(1): what precedes and what follows are kept as segments, what lies between grows by one
 * item a step. Waits are in the price; a ride that a new wait makes too long is found by `touchedHold`.
 */
export class MixedInsertion {
  readonly #state: HalfDayState;
  readonly #mixed: MixedRuns;
  readonly #near: readonly Int32Array[];
  readonly #blink: () => boolean;
  readonly #seen: Int32Array;
  #call = 0;
  /** The stretch of the run behind the place that is tried: duration, earliest and latest begin. */
  #ticks = 0;
  #from = 0;
  #to = 0;
  /** Least that is left to the ride limit of those aboard at each place who stay aboard through the call at the school. */
  readonly #through = new Int32Array(RUN_VISITS_MAX + 2);

  /** @param near for each visit those near it, of any school, nearest first: their runs are tried */
  constructor(state: HalfDayState, mixed: MixedRuns, near: readonly Int32Array[], blink: () => boolean) {
    this.#state = state;
    this.#mixed = mixed;
    this.#near = near;
    this.#blink = blink;
    this.#seen = new Int32Array(state.runsMax);
  }

  find(visit: number, best: MixedPlace): void {
    const { schoolRuns, day, visitRun, runPiece } = this.#state;
    const school = day.visitSchool[visit];
    this.#call++;
    const base = school * schoolRuns.capacity;
    for (let i = 0; i < schoolRuns.count[school]; i++) this.#onRun(visit, schoolRuns.items[base + i], best);
    const near = this.#near[visit];
    const most = Math.min(near.length, NEAR);
    for (let i = 0; i < most; i++) {
      const run = visitRun[near[i]];
      if (run >= 0 && runPiece[run] >= 0) this.#onRun(visit, run, best);
    }
  }

  #onRun(visit: number, run: number, best: MixedPlace): void {
    if (this.#seen[run] === this.#call) return;
    this.#seen[run] = this.#call;
    const state = this.#state;
    const { day, runLength, runSchool } = state;
    if (state.runLock[run] >= LOCK.run) return;
    const length = runLength[run];
    const kind = state.pieceKind[state.runPiece[run]];
    if (length >= RUN_VISITS_MAX - 3 || (day.visitGrades[visit] & ~state.runShares[run]) !== 0) return;
    if (day.visitBenches[visit] > day.kindBenches[kind] || day.visitWheelchairs[visit] > day.kindWheelchairs[kind])
      return;
    const school = day.visitSchool[visit];
    const mixed = this.#mixed;
    const twinned = this.#hasNode(run, length, day.visitNode[visit]);
    if (runSchool[run] === school) {
      this.#before(visit, run, length, false, twinned, best);
      return;
    }
    let mixes = day.schoolMixes?.[school * day.schools + runSchool[run]] === 1;
    for (let k = 0; k < length && mixed.drops[run] > 0; k++) {
      const other = mixed.schoolAt(run, k);
      if (other === school) {
        this.#before(visit, run, k, false, twinned, best);
        return;
      }
      if (other >= 0 && day.schoolMixes?.[school * day.schools + other] !== 1) mixes = false;
    }
    if (!mixes || mixed.callsAt(school) >= day.schoolRunsMax[school]) return;
    this.#newCalls(visit, run, length, twinned, best);
  }

  /** New calls at the visit's school, but for those that by themselves cost more than the best place, or keep those aboard too long. */
  #newCalls(visit: number, run: number, length: number, twinned: boolean, best: MixedPlace): void {
    const state = this.#state;
    const mixed = this.#mixed;
    const { travel, nodes, schoolNode, schoolService, visitSchool, visitUnload, visitNode } = state.day;
    const base = run * RUN_VISITS_MAX;
    const school = visitSchool[visit];
    const node = schoolNode[school];
    const row = node * nodes;
    const service = schoolService[school] + visitUnload[visit];
    let before = visitNode[state.runVisits[base]];
    for (let drop = 1; drop <= length; drop++) {
      const after = mixed.nodeAt(run, drop);
      const detour = travel[before * nodes + node] + service + travel[row + after] - travel[before * nodes + after];
      const splits = before === after;
      before = after;
      if (splits || detour > mixed.slackAfter[base + drop - 1] || detour >= best.price) continue;
      this.#before(visit, run, drop, true, twinned, best);
    }
    const to = state.runToNode[run];
    const detour = travel[before * nodes + node] + service + travel[row + to] - travel[before * nodes + to];
    if (detour < best.price) this.#before(visit, run, length + 1, true, twinned, best);
  }

  #hasNode(run: number, length: number, node: number): boolean {
    for (let k = 0; k < length; k++) if (this.#mixed.nodeAt(run, k) === node) return true;
    return false;
  }

  /** Every place before the call at the school: the one at item `drop`, or a new one before item `drop` (`length` + 1: after the last school). */
  #before(visit: number, run: number, drop: number, isNew: boolean, twinned: boolean, best: MixedPlace): void {
    const state = this.#state;
    const mixed = this.#mixed;
    const { day } = state;
    const { travel, nodes, rideWeight } = day;
    const base = run * RUN_VISITS_MAX;
    const length = state.runLength[run];
    const school = day.visitSchool[visit];
    const schoolNode = day.schoolNode[school];
    const isLast = isNew ? drop > length : drop === length;
    const unload = day.visitUnload[visit];
    const call = isNew ? day.schoolService[school] + unload : mixed.service[base + drop] + unload;

    // Those aboard through the call wait for it, or for the longer unloading.
    const through = isLast ? -1 : isNew ? drop - 1 : drop;
    let detour = unload;
    if (isNew && !isLast) {
      const [before, after] = [mixed.nodeAt(run, drop - 1), mixed.nodeAt(run, drop)];
      detour = travel[before * nodes + schoolNode] + call + travel[schoolNode * nodes + after];
      detour -= travel[before * nodes + after];
    }
    if (through >= 0) {
      if (detour > mixed.slackAfter[base + through]) return;
      this.#findThrough(run, base, drop, isNew);
    }
    const callPrice = through < 0 ? 0 : rideWeight * detour * mixed.ridersAfter[base + through];
    if (!this.#startAt(run, isNew ? drop : drop + 1, school, call)) return;

    const node = day.visitNode[visit];
    const kind = state.pieceKind[state.runPiece[run]];
    const benchesLeft = day.kindBenches[kind] - day.visitBenches[visit];
    const wheelchairsLeft = day.kindWheelchairs[kind] - day.visitWheelchairs[visit];
    const service = day.visitService[visit];
    const riders = rideWeight * day.visitRiders[visit];
    const fromRow = state.runFromNode[run] * nodes;
    const toNode = state.runToNode[run];
    const oldLast = mixed.nodeAt(run, length);
    const leadOut = travel[(isLast ? schoolNode : oldLast) * nodes + toNode];
    const spared = state.runTicks[run] + travel[oldLast * nodes + toNode];
    const moved = this.#moved(visit, run);
    const dutyLeft = state.dutyLeft(state.runPiece[run]);
    const leadBefore = travel[fromRow + mixed.nodeAt(run, 0)];
    let after = schoolNode;
    let path = 0;
    let place = drop;
    if (isNew && isLast) {
      // Behind the old last school nobody is aboard: that would be another run.
      if (!this.#prepend(run, length, after)) return;
      path = mixed.service[base + length] + travel[oldLast * nodes + after];
      after = oldLast;
      place = length;
    }
    for (; ; place--) {
      const isFirst = place === 0;
      const before = isFirst ? -1 : mixed.nodeAt(run, place - 1);
      if (path > day.visitRideMax[visit]) return;
      if (!isFirst && mixed.benchesAfter[base + place - 1] > benchesLeft) return;
      if (!isFirst && mixed.wheelchairsAfter[base + place - 1] > wheelchairsLeft) return;
      const ride = travel[node * nodes + after] + path;
      const joins = before === node || after === node;
      const splits = !isFirst && before === after;
      if (ride <= day.visitRideMax[visit] && (joins || !(twinned || splits))) {
        const lead = service + travel[node * nodes + after];
        let [ticks, from, to] = [lead + this.#ticks, this.#from - lead, this.#to - lead];
        let leadIn = travel[fromRow + (isFirst ? node : mixed.nodeAt(run, 0))];
        let price = callPrice + riders * ride + moved;
        let legal = true;
        if (isFirst) price += leadIn - travel[fromRow + mixed.nodeAt(run, 0)];
        else {
          const head = base + place - 1;
          const reach = mixed.headTicks[head] + travel[before * nodes + node];
          const wait = Math.max(0, from - reach - mixed.headTo[head]);
          legal = mixed.headFrom[head] + reach <= to;
          ticks += reach + wait;
          from = Math.max(from - reach, mixed.headFrom[head]) - wait;
          to = Math.min(to - reach, mixed.headTo[head]);
          const longer = travel[before * nodes + node] + lead - travel[before * nodes + after];
          legal &&= longer <= mixed.slackAfter[head] && (through < 0 || longer + detour <= this.#through[place]);
          price += rideWeight * longer * mixed.ridersAfter[head];
        }
        leadIn += state.runReady[run];
        price += ticks + leadOut - spared;
        const end = Math.max(leadIn, from) + ticks;
        const dutyHolds = ticks + leadOut - spared + leadIn - state.runReady[run] - leadBefore <= dutyLeft;
        if (
          dutyHolds &&
          legal &&
          leadIn <= to &&
          end + leadOut <= state.runDue[run] &&
          price < best.price &&
          !this.#blink()
        ) {
          best.price = price;
          best.run = run;
          best.place = place;
          best.drop = isNew ? drop : -1;
        }
      }
      if (isFirst || !this.#prepend(run, place - 1, after)) return;
      path += mixed.service[base + place - 1] + travel[before * nodes + after];
      after = before;
    }
  }

  /** What the visit's riders pay for the bus of the run being another than they had. */
  #moved(visit: number, run: number): number {
    const { day, pieceHome, runPiece } = this.#state;
    const home = day.before ? day.before.visitHome[visit] : -1;
    const pieceOf = pieceHome[runPiece[run]];
    return !day.before || home < 0 || pieceOf === home || pieceOf < 0
      ? 0
      : day.before.homePrice * day.visitRiders[visit];
  }

  /** The least left to those who board before each place and ride through the call at the school. */
  #findThrough(run: number, base: number, drop: number, isNew: boolean): void {
    const { runVisits, placeRide, day } = this.#state;
    const { dropOf } = this.#mixed;
    let least = UNBOUNDED;
    for (let place = 0; place <= drop; place++) {
      this.#through[place] = least;
      if (place === this.#state.runLength[run]) return;
      const visit = runVisits[base + place];
      if (visit >= 0 && (isNew ? dropOf[base + place] >= drop : dropOf[base + place] > drop))
        least = Math.min(least, day.visitRideMax[visit] - placeRide[base + place]);
    }
  }

  /** Begins the stretch with the call at the school, before what follows it. @returns whether the windows allow it */
  #startAt(run: number, following: number, school: number, call: number): boolean {
    const mixed = this.#mixed;
    const { day, runLength } = this.#state;
    const opens = day.schoolEndMin[school] - day.schoolService[school];
    const closes = day.schoolEndMax[school] - day.schoolService[school];
    this.#ticks = call;
    this.#from = opens;
    this.#to = closes;
    if (following > runLength[run]) return true;
    const next = run * RUN_VISITS_MAX + following;
    this.#ticks = mixed.tailTicks[next];
    this.#from = mixed.tailFrom[next];
    this.#to = mixed.tailTo[next];
    const drive = day.travel[day.schoolNode[school] * day.nodes + mixed.nodeAt(run, following)];
    return this.#join(call + drive, opens, closes);
  }

  /** One item more before the stretch. */
  #prepend(run: number, k: number, after: number): boolean {
    const mixed = this.#mixed;
    const { day } = this.#state;
    const drive = day.travel[mixed.nodeAt(run, k) * day.nodes + after];
    const lead = mixed.service[run * RUN_VISITS_MAX + k] + drive;
    return this.#join(lead, mixed.opensAt(run, k), mixed.closesAt(run, k));
  }

  #join(lead: number, opens: number, closes: number): boolean {
    if (opens > this.#to - lead) return false;
    const wait = Math.max(0, this.#from - lead - closes);
    this.#ticks += lead + wait;
    this.#from = Math.max(opens, this.#from - lead - wait);
    this.#to = Math.min(closes, this.#to - lead);
    return true;
  }
}

const UNBOUNDED = 2_000_000_000;
/** Runs of so many of the visits nearest by are tried. */
const NEAR = 16;
