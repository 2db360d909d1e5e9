import type { Random } from "@trivium/engine";
import { LOCK, PIECE_RUNS_MAX, RUN_VISITS_MAX } from "./half-day.ts";
import { MixedInsertion } from "./mixed-insertion.ts";
import type { HalfDayState } from "./state.ts";

/**
 * Cheapest legal place for one banked visit: on a run of its school, or as a run of its own in a gap of a piece.
 * With blinks, each place is overlooked with a small probability, which spreads the search (Christiaens & Vanden Berghe 2020, section 5.3).
 * Price = added drive and service + what riders already aboard and the new ones pay in ride.
 */
export class Insertion {
  readonly #state: HalfDayState;
  readonly #random: Random;
  /** When the run may end for which gaps are tried. */
  #endMin = 0;
  #endMax = 0;
  blinkRate = 0.01;
  /** No more pieces than this may be in use. */
  piecesLimit: number;
  price = Infinity;
  /** Run to join, or −1: open one in `piece` before `place`. */
  run = -1;
  piece = -1;
  place = 0;
  /** Of the run that looks for a gap. */
  #home = -1;
  #riders = 0;
  /** Before which item of the run its school is to be called at; −1: it is called at already. */
  drop = -1;
  readonly #onMixed: MixedInsertion | null;

  /** @param near for each visit those near it, of any school; needed where runs may serve several schools */
  constructor(state: HalfDayState, random: Random, near: readonly Int32Array[] = []) {
    this.#state = state;
    this.#random = random;
    this.piecesLimit = state.piecesMax;
    this.#onMixed = state.mixed && new MixedInsertion(state, state.mixed, near, () => this.#blink());
  }

  /** @returns whether any place was found; the fields then say which */
  find(visit: number): boolean {
    this.price = Infinity;
    this.drop = -1;
    if (this.#onMixed) this.#onMixed.find(visit, this);
    else this.#onRuns(visit);
    this.#ownRun(visit);
    return this.price < Infinity;
  }

  apply(visit: number): void {
    if (this.drop >= 0) this.#state.insertWithDrop(visit, this.run, this.place, this.drop);
    else if (this.run >= 0) this.#state.insertVisit(visit, this.run, this.place);
    else this.#state.openRun(visit, this.piece, this.place);
  }

  #onRuns(visit: number): void {
    const state = this.#state;
    const { day } = state;
    const school = day.visitSchool[visit];
    const { items, count, capacity } = state.schoolRuns;
    const base = school * capacity;
    const benches = day.visitBenches[visit];
    const wheelchairs = day.visitWheelchairs[visit];
    for (let i = 0; i < count[school]; i++) {
      const run = items[base + i];
      const kind = state.pieceKind[state.runPiece[run]];
      if (state.runBenches[run] + benches > day.kindBenches[kind]) continue;
      if (state.runWheelchairs[run] + wheelchairs > day.kindWheelchairs[kind]) continue;
      if ((day.visitGrades[visit] & ~state.runShares[run]) !== 0) continue;
      if (state.runLock[run] >= LOCK.run) continue;
      this.#onRun(visit, run);
    }
  }

  #onRun(visit: number, run: number): void {
    const state = this.#state;
    const { day } = state;
    const { travel, nodes, rideWeight } = day;
    const length = state.runLength[run];
    if (length === RUN_VISITS_MAX) return;
    const base = run * RUN_VISITS_MAX;
    const node = day.visitNode[visit];
    const service = day.visitService[visit];
    const riders = day.visitRiders[visit];
    const rideMax = day.visitRideMax[visit];
    const room = Math.min(state.runRoom[run], state.dutyLeft(state.runPiece[run]));
    const toRow = node * nodes;
    let before = state.runFromNode[run];
    const twinned = this.#twinPlace(run, node);
    const moved = this.#moved(day.before ? day.before.visitHome[visit] : -1, riders, state.runPiece[run]);
    for (let place = 0; place <= length; place++) {
      const isEnd = place === length;
      const nextVisit = isEnd ? -1 : state.runVisits[base + place];
      const after = isEnd ? day.schoolNode[state.runSchool[run]] : day.visitNode[nextVisit];
      const toAfter = travel[toRow + after];
      const longer = travel[before * nodes + node] + service + toAfter - travel[before * nodes + after];
      const ride = toAfter + (isEnd ? 0 : day.visitService[nextVisit] + state.placeRide[base + place]);
      const joins = before === node || after === node;
      const splits = place > 0 && before === after;
      before = after;
      if (longer > room || ride > rideMax || (twinned && !joins) || (splits && !joins)) continue;
      let price = longer + rideWeight * riders * ride + moved;
      if (place > 0) {
        if (longer > state.placeSlack[base + place - 1]) continue;
        price += rideWeight * longer * state.placeRiders[base + place - 1];
      }
      if (price < this.price && !this.#blink()) {
        this.price = price;
        this.run = run;
        this.place = place;
      }
    }
  }

  /** A place occurs once in a run: a second visit there must stand beside the first. */
  #twinPlace(run: number, node: number): boolean {
    const { day, runVisits, runLength } = this.#state;
    const base = run * RUN_VISITS_MAX;
    for (let k = 0; k < runLength[run]; k++) if (day.visitNode[runVisits[base + k]] === node) return true;
    return false;
  }

  /** What riders of a home pay for the bus of a piece being another. */
  #moved(home: number, riders: number, piece: number): number {
    const { day, pieceHome } = this.#state;
    if (!day.before || home < 0 || pieceHome[piece] === home || pieceHome[piece] < 0) return 0;
    return day.before.homePrice * riders;
  }

  #ownRun(visit: number): void {
    const state = this.#state;
    const { day } = state;
    const { nodes, travel } = day;
    const school = day.visitSchool[visit];
    const calls = state.mixed ? state.mixed.callsAt(school) : state.schoolRuns.count[school];
    if (calls >= day.schoolRunsMax[school]) return;
    const node = day.visitNode[visit];
    const ride = travel[node * nodes + day.schoolNode[school]];
    if (ride > day.visitRideMax[visit]) return;
    const unload = day.visitUnload[visit];
    const ticks = day.visitService[visit] + ride + day.schoolService[school] + unload;
    this.#endMin = day.schoolEndMin[school] + unload;
    this.#endMax = day.schoolEndMax[school] + unload;
    this.#home = day.before ? day.before.visitHome[visit] : -1;
    this.#riders = day.visitRiders[visit];
    const aboard = day.rideWeight * day.visitRiders[visit] * ride;
    if (ticks + aboard >= this.price) return;
    const { items, count, capacity } = state.kindPieces;
    for (let kind = 0; kind < day.kinds; kind++) {
      if (day.visitBenches[visit] > day.kindBenches[kind] || day.visitWheelchairs[visit] > day.kindWheelchairs[kind])
        continue;
      const used = 2 * kind + 1;
      for (let i = 0; i < count[used]; i++)
        this.#gaps(items[used * capacity + i], node, school, ticks, ticks + aboard, -1);
      if (state.piecesUsed < this.piecesLimit && count[2 * kind] > 0) {
        const piece = items[2 * kind * capacity + count[2 * kind] - 1];
        this.#gaps(piece, node, school, ticks, ticks + aboard + day.kindFixed[kind], -1);
      }
    }
  }

  /** Cheapest gap for a whole lifted run. */
  findForRun(run: number): boolean {
    const state = this.#state;
    const { day } = state;
    this.price = Infinity;
    const { items, count, capacity } = state.kindPieces;
    const first = state.firstNode(run);
    const own = state.runTicks[run] + day.rideWeight * state.runRideTicks[run];
    this.#home = state.runHome[run];
    this.#riders = state.runRiders[run];
    this.drop = -1;
    this.#endMin = state.runEndMin[run];
    this.#endMax = state.runEndMax[run];
    for (let kind = 0; kind < day.kinds; kind++) {
      if (!state.kindCarries(kind, run)) continue;
      const used = 2 * kind + 1;
      for (let i = 0; i < count[used]; i++)
        this.#gaps(items[used * capacity + i], first, state.runSchool[run], state.runTicks[run], own, run);
      if (state.piecesUsed < this.piecesLimit && count[2 * kind] > 0) {
        const piece = items[2 * kind * capacity + count[2 * kind] - 1];
        this.#gaps(piece, first, state.runSchool[run], state.runTicks[run], own + day.kindFixed[kind], run);
      }
    }
    return this.price < Infinity;
  }

  /** Every gap of a piece for a run that begins at `first`, takes `ticks` and costs `own` by itself. */
  #gaps(piece: number, first: number, school: number, ticks: number, own: number, run: number): void {
    const state = this.#state;
    const { day } = state;
    const { travel, nodes, linkBuffer } = day;
    const length = state.pieceLength[piece];
    if (length === PIECE_RUNS_MAX || state.pieceLock[piece] === LOCK.piece) return;
    const kind = state.pieceKind[piece];
    const depot = day.kindDepot[kind];
    const base = piece * PIECE_RUNS_MAX;
    const fromSchool = day.schoolNode[school] * nodes;
    const moved = this.#moved(this.#home, this.#riders, piece);
    let before = depot;
    let ready = day.kindFrom[kind];
    for (let slot = 0; slot <= length; slot++) {
      const isEnd = slot === length;
      const next = isEnd ? -1 : state.pieceRuns[base + slot];
      const after = isEnd ? depot : state.firstNode(next);
      const leadIn = travel[before * nodes + first];
      const leadOut = travel[fromSchool + after];
      const end = Math.max(this.#endMin, ready + leadIn + (slot > 0 ? linkBuffer : 0) + ticks);
      const due = isEnd ? day.kindTo[kind] : state.runLatest[next] - state.runTicks[next] - linkBuffer;
      let legal = true;
      const price = own + moved + leadIn + leadOut - (length === 0 ? 0 : travel[before * nodes + after]);
      if (end > this.#endMax || end + leadOut > due || price >= this.price) legal = false;
      legal &&= state.dutyHoldsWith(piece, slot, first, day.schoolNode[school], ticks, this.#endMin, this.#endMax);
      if (legal && !this.#blink()) {
        this.price = price;
        this.run = run >= 0 ? run : -1;
        this.drop = -1;
        this.piece = piece;
        this.place = slot;
      }
      if (isEnd) return;
      ready = state.runEarliest[next];
      before = day.schoolNode[state.runSchool[next]];
    }
  }

  #blink(): boolean {
    return this.blinkRate > 0 && this.#random.unit() < this.blinkRate;
  }
}
