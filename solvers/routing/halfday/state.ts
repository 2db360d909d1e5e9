import { Buckets } from "./buckets.ts";
import { Changes } from "./changes.ts";
import { ALL_DAY, type HalfDay, PIECE_RUNS_MAX, RUN_VISITS_MAX } from "./half-day.ts";
import { MixedRuns } from "./mixed-runs.ts";

/**
 * Runs and pieces of a half day that is being searched: the kernel. It is one class because every move needs all of it, and it keeps
 * typed arrays only: nothing is allocated between two checkpoints.
 *
 * A move is an attempt: whatever it touches is first put in a journal, so `rollback` costs as much as the attempt did, never a copy of the whole.
 * Derived figures (ride, slack, earliest and latest ends) belong to a run or a piece and are recomputed for the touched ones only.
 *
 * Positions: visit `at(run, 0)` is boarded first, the school comes after the last. `−1` = none.
 */
export class HalfDayState {
  readonly day: HalfDay;
  readonly runsMax: number;
  readonly piecesMax: number;

  readonly visitRun: Int32Array;
  readonly visitPlace: Int32Array;

  readonly runVisits: Int32Array;
  readonly runLength: Int32Array;
  readonly runSchool: Int32Array;
  readonly runPiece: Int32Array;
  readonly runSlot: Int32Array;
  /** First boarding begins → unloading ends. */
  readonly runTicks: Int32Array;
  readonly runBenches: Int32Array;
  readonly runWheelchairs: Int32Array;
  readonly runRiders: Int32Array;
  /** Bits of the grades that everyone aboard may share with. */
  readonly runShares: Int32Array;
  readonly runGrades: Int32Array;
  /** Σ riders × ride. */
  readonly runRideTicks: Float64Array;
  /** Ride of the visit at each place, least slack to the ride limit from the first place to this one, riders from the first place to this one. */
  readonly placeRide: Int32Array;
  readonly placeSlack: Int32Array;
  readonly placeRiders: Int32Array;
  /** Earliest and latest end that the piece allows; how much longer the run may get; where its bus comes from. */
  readonly runEarliest: Int32Array;
  readonly runLatest: Int32Array;
  readonly runRoom: Int32Array;
  readonly runFromNode: Int32Array;
  /** Against the service before: the bus that most riders had, strongest LOCK. */
  readonly runHome: Int32Array;
  readonly runLock: Uint8Array;
  /** Earliest and latest end that its schools allow. */
  readonly runEndMin: Int32Array;
  readonly runEndMax: Int32Array;
  /** When its bus is ready to leave for it, where the bus goes next and when it must be there. */
  readonly runReady: Int32Array;
  readonly runToNode: Int32Array;
  readonly runDue: Int32Array;
  /** What runs of several schools need besides; null where a run serves one school. */
  readonly mixed: MixedRuns | null;
  /** Null where there is no service before. */
  readonly #changes: Changes | null;

  readonly pieceRuns: Int32Array;
  readonly pieceLength: Int32Array;
  readonly pieceKind: Int32Array;
  readonly pieceCost: Float64Array;
  /** Shortest time from the depot and back that its schools' windows allow; kept only where duty has a limit. */
  readonly pieceTicks: Int32Array;
  readonly #hasDuty: boolean;
  readonly pieceHome: Int32Array;
  readonly pieceLock: Uint8Array;

  /** Visits that no run serves. */
  readonly bank: Int32Array;
  bankSize = 0;
  readonly #bankPlace: Int32Array;

  /** Runs of each school; empty and used pieces: buckets 2·kind and 2·kind + 1. */
  readonly schoolRuns: Buckets;
  readonly kindPieces: Buckets;
  piecesUsed = 0;
  /** Σ pieceCost. */
  cost = 0;

  readonly #freeRuns: Buckets;
  #attempt = 1;
  readonly #runStamp: Int32Array;
  readonly #pieceStamp: Int32Array;
  readonly #touchedRuns: Int32Array;
  #touchedRunCount = 0;
  readonly #touchedPieces: Int32Array;
  #touchedPieceCount = 0;
  readonly #savedVisits: Int32Array;
  readonly #savedLength: Int32Array;
  readonly #savedSchool: Int32Array;
  readonly #savedRuns: Int32Array;
  readonly #savedPieceLength: Int32Array;
  readonly #savedBank: Int32Array;
  #savedBankSize = 0;

  constructor(day: HalfDay) {
    this.day = day;
    const runs = day.visits + 1;
    const pieces = day.kindCount.reduce((sum, count) => sum + count, 0);
    this.runsMax = runs;
    this.piecesMax = pieces;
    const ofVisits = () => new Int32Array(day.visits);
    const ofRuns = () => new Int32Array(runs);
    const ofPlaces = () => new Int32Array(runs * RUN_VISITS_MAX);
    this.visitRun = ofVisits().fill(-1);
    this.visitPlace = ofVisits();
    this.runVisits = ofPlaces();
    this.placeRide = ofPlaces();
    this.placeSlack = ofPlaces();
    this.placeRiders = ofPlaces();
    this.#savedVisits = ofPlaces();
    this.runLength = ofRuns();
    this.runSchool = ofRuns().fill(-1);
    this.runPiece = ofRuns().fill(-1);
    this.runSlot = ofRuns();
    this.runTicks = ofRuns();
    this.runBenches = ofRuns();
    this.runWheelchairs = ofRuns();
    this.runRiders = ofRuns();
    this.runShares = ofRuns();
    this.runGrades = ofRuns();
    this.runRideTicks = new Float64Array(runs);
    this.runEarliest = ofRuns();
    this.runLatest = ofRuns();
    this.runRoom = ofRuns();
    this.runFromNode = ofRuns();
    this.runHome = ofRuns().fill(-1);
    this.runLock = new Uint8Array(runs);
    this.runEndMin = ofRuns();
    this.runEndMax = ofRuns();
    this.runReady = ofRuns();
    this.runToNode = ofRuns();
    this.runDue = ofRuns();
    this.mixed = day.schoolMixes ? new MixedRuns(this) : null;
    this.#changes = day.before ? new Changes(this, day.before) : null;
    this.#runStamp = ofRuns();
    this.#touchedRuns = ofRuns();
    this.#savedLength = ofRuns();
    this.#savedSchool = ofRuns();
    this.pieceRuns = new Int32Array(pieces * PIECE_RUNS_MAX);
    this.pieceLength = new Int32Array(pieces);
    this.pieceKind = new Int32Array(pieces);
    this.pieceCost = new Float64Array(pieces);
    this.pieceTicks = new Int32Array(pieces);
    this.#hasDuty = day.kindDuty.some((ticks) => ticks < ALL_DAY);
    this.pieceHome = new Int32Array(pieces).fill(-1);
    this.pieceLock = new Uint8Array(pieces);
    this.#pieceStamp = new Int32Array(pieces);
    this.#touchedPieces = new Int32Array(pieces);
    this.#savedRuns = new Int32Array(pieces * PIECE_RUNS_MAX);
    this.#savedPieceLength = new Int32Array(pieces);
    this.bank = ofVisits();
    this.#bankPlace = ofVisits();
    this.#savedBank = ofVisits();
    this.schoolRuns = new Buckets(day.schools, runs);
    this.kindPieces = new Buckets(2 * day.kinds, pieces);
    this.#freeRuns = new Buckets(1, runs);
    for (let run = runs - 1; run >= 0; run--) this.#freeRuns.add(0, run);
    for (let visit = 0; visit < day.visits; visit++) this.#toBank(visit);
    let piece = 0;
    for (let kind = 0; kind < day.kinds; kind++) {
      for (let i = 0; i < day.kindCount[kind]; i++) {
        this.pieceKind[piece] = kind;
        this.kindPieces.add(2 * kind, piece++);
      }
    }
    this.commit();
  }

  /** Keeps what was done since the last commit or rollback. */
  commit(): void {
    this.#attempt++;
    this.#touchedRunCount = 0;
    this.#touchedPieceCount = 0;
    this.#savedBankSize = this.bankSize;
    for (let i = 0; i < this.bankSize; i++) this.#savedBank[i] = this.bank[i];
  }

  /** Undoes everything since the last commit or rollback. */
  rollback(): void {
    for (let i = 0; i < this.#touchedRunCount; i++) {
      const run = this.#touchedRuns[i];
      if (this.runLength[run] > 0) this.#deactivate(run);
      this.mixed?.countCalls(run, -1);
      this.runLength[run] = 0;
    }
    for (let i = 0; i < this.#touchedRunCount; i++) {
      const run = this.#touchedRuns[i];
      const before = this.#savedLength[run];
      if (before === 0) continue;
      this.#activate(run, this.#savedSchool[run]);
      this.runLength[run] = before;
      const base = run * RUN_VISITS_MAX;
      for (let k = 0; k < before; k++) this.runVisits[base + k] = this.#savedVisits[base + k];
      this.mixed?.countCalls(run, 1);
    }
    this.bankSize = 0;
    for (let i = 0; i < this.#savedBankSize; i++) this.#toBank(this.#savedBank[i]);
    for (let i = 0; i < this.#touchedRunCount; i++) {
      if (this.runLength[this.#touchedRuns[i]] > 0) this.refreshRun(this.#touchedRuns[i]);
    }
    for (let i = 0; i < this.#touchedPieceCount; i++) {
      const piece = this.#touchedPieces[i];
      const base = piece * PIECE_RUNS_MAX;
      this.#setPieceLength(piece, this.#savedPieceLength[piece]);
      for (let k = 0; k < this.pieceLength[piece]; k++) this.pieceRuns[base + k] = this.#savedRuns[base + k];
      this.refreshPiece(piece);
    }
    this.#attempt++;
    this.#touchedRunCount = 0;
    this.#touchedPieceCount = 0;
  }

  #touchRun(run: number): void {
    if (this.#runStamp[run] === this.#attempt) return;
    this.#runStamp[run] = this.#attempt;
    this.#touchedRuns[this.#touchedRunCount++] = run;
    const length = this.runLength[run];
    const base = run * RUN_VISITS_MAX;
    this.#savedLength[run] = length;
    this.#savedSchool[run] = this.runSchool[run];
    for (let k = 0; k < length; k++) this.#savedVisits[base + k] = this.runVisits[base + k];
  }

  #touchPiece(piece: number): void {
    if (this.#pieceStamp[piece] === this.#attempt) return;
    this.#pieceStamp[piece] = this.#attempt;
    this.#touchedPieces[this.#touchedPieceCount++] = piece;
    const base = piece * PIECE_RUNS_MAX;
    this.#savedPieceLength[piece] = this.pieceLength[piece];
    for (let k = 0; k < this.pieceLength[piece]; k++) this.#savedRuns[base + k] = this.pieceRuns[base + k];
  }

  #activate(run: number, school: number): void {
    this.#freeRuns.remove(0, run);
    this.runSchool[run] = school;
    this.schoolRuns.add(school, run);
  }

  #deactivate(run: number): void {
    this.schoolRuns.remove(this.runSchool[run], run);
    this.#freeRuns.add(0, run);
    this.runPiece[run] = -1;
  }

  #toBank(visit: number): void {
    this.visitRun[visit] = -1;
    this.#bankPlace[visit] = this.bankSize;
    this.bank[this.bankSize++] = visit;
  }

  #fromBank(visit: number): void {
    const last = this.bank[--this.bankSize];
    this.bank[this.#bankPlace[visit]] = last;
    this.#bankPlace[last] = this.#bankPlace[visit];
  }

  #setPieceLength(piece: number, length: number): void {
    const kind = this.pieceKind[piece];
    if (this.pieceLength[piece] === 0 && length > 0) {
      this.kindPieces.remove(2 * kind, piece);
      this.kindPieces.add(2 * kind + 1, piece);
      this.piecesUsed++;
    } else if (this.pieceLength[piece] > 0 && length === 0) {
      this.kindPieces.remove(2 * kind + 1, piece);
      this.kindPieces.add(2 * kind, piece);
      this.piecesUsed--;
    }
    this.pieceLength[piece] = length;
  }

  /** Puts a banked visit on a run before place `place`; the caller has checked that it may. */
  insertVisit(visit: number, run: number, place: number): void {
    this.#touchRun(run);
    this.#touchPiece(this.runPiece[run]);
    this.#fromBank(visit);
    const base = run * RUN_VISITS_MAX;
    for (let k = this.runLength[run]; k > place; k--) this.runVisits[base + k] = this.runVisits[base + k - 1];
    this.runVisits[base + place] = visit;
    this.runLength[run]++;
    this.refreshRun(run);
    this.refreshPiece(this.runPiece[run]);
  }

  /** Opens a run for one banked visit at slot `slot` of a piece. @returns the run */
  openRun(visit: number, piece: number, slot: number): number {
    const run = this.#freeRuns.items[this.#freeRuns.count[0] - 1];
    this.#touchRun(run);
    this.#activate(run, this.day.visitSchool[visit]);
    this.#fromBank(visit);
    this.runVisits[run * RUN_VISITS_MAX] = visit;
    this.runLength[run] = 1;
    this.refreshRun(run);
    this.placeRun(run, piece, slot);
    return run;
  }

  /** Takes visits [from, from + count) of a run to the bank; a run left empty is closed. */
  removeVisits(run: number, from: number, count: number): void {
    const piece = this.runPiece[run];
    this.#touchRun(run);
    this.#touchPiece(piece);
    const base = run * RUN_VISITS_MAX;
    let length = this.runLength[run] - count;
    if (this.mixed && this.mixed.drops[run] > 0) length = this.#removeFromMixed(run, from, count);
    else {
      for (let k = from; k < from + count; k++) this.#toBank(this.runVisits[base + k]);
      for (let k = from; k < length; k++) this.runVisits[base + k] = this.runVisits[base + k + count];
    }
    if (length > 0) {
      this.runLength[run] = length;
      this.refreshRun(run);
      this.refreshPiece(piece);
    } else {
      this.liftRun(run);
      this.#deactivate(run);
      this.runLength[run] = 0;
    }
  }

  /** Takes visits from a run of several schools, which may leave a school without riders, or the bus empty between two schools: there it is cut, from the end on, into runs of their own. */
  #removeFromMixed(run: number, from: number, count: number): number {
    const { mixed } = this;
    if (!mixed) return 0;
    const base = run * RUN_VISITS_MAX;
    mixed.countCalls(run, -1);
    let kept = 0;
    for (let k = 0; k < this.runLength[run]; k++) {
      const item = this.runVisits[base + k];
      if (item >= 0 && k >= from && k < from + count) this.#toBank(item);
      else this.runVisits[base + kept++] = item;
    }
    kept = mixed.withoutIdleDrops(run, kept);
    this.runLength[run] = kept;
    mixed.countCalls(run, 1);
    for (let emptyAt = mixed.emptyDrop(run, kept); emptyAt >= 0; emptyAt = mixed.emptyDrop(run, kept)) {
      const lastSchool = this.runSchool[run];
      mixed.countCalls(run, -1);
      this.endAt(run, ~this.runVisits[base + emptyAt]);
      this.runLength[run] = emptyAt;
      mixed.countCalls(run, 1);
      this.#splitOff(run, emptyAt + 1, kept, lastSchool);
      kept = emptyAt;
    }
    return kept;
  }

  /** Items [from, to) of a run go on as a run of their own behind it, or to the bank where the piece has no room for one more. */
  #splitOff(run: number, from: number, to: number, lastSchool: number): void {
    const piece = this.runPiece[run];
    const base = run * RUN_VISITS_MAX;
    if (this.pieceLength[piece] === PIECE_RUNS_MAX) {
      for (let k = from; k < to; k++) if (this.runVisits[base + k] >= 0) this.#toBank(this.runVisits[base + k]);
      return;
    }
    const tail = this.#freeRuns.items[this.#freeRuns.count[0] - 1];
    this.#touchRun(tail);
    this.#activate(tail, lastSchool);
    const tailBase = tail * RUN_VISITS_MAX;
    for (let k = from; k < to; k++) this.runVisits[tailBase + k - from] = this.runVisits[base + k];
    this.runLength[tail] = to - from;
    this.mixed?.countCalls(tail, 1);
    this.refreshRun(run);
    this.refreshRun(tail);
    this.placeRun(tail, piece, this.runSlot[run] + 1);
  }

  /** A run of several schools ends at another of them. */
  endAt(run: number, school: number): void {
    this.schoolRuns.remove(this.runSchool[run], run);
    this.schoolRuns.add(school, run);
    this.runSchool[run] = school;
  }

  /** Puts a banked visit on a run before item `place`, and a call at its school before item `drop` of what the run was (`drop` > its length: after its last school). */
  insertWithDrop(visit: number, run: number, place: number, drop: number): void {
    const { mixed } = this;
    if (!mixed) return;
    this.#touchRun(run);
    this.#touchPiece(this.runPiece[run]);
    this.#fromBank(visit);
    mixed.countCalls(run, -1);
    const base = run * RUN_VISITS_MAX;
    const length = this.runLength[run];
    const school = this.day.visitSchool[visit];
    const behindLast = drop > length;
    const call = behindLast ? ~this.runSchool[run] : ~school;
    const callPlace = behindLast ? length : drop;
    for (let k = length; k > callPlace; k--) this.runVisits[base + k + 1] = this.runVisits[base + k - 1];
    this.runVisits[base + callPlace + 1] = call;
    for (let k = callPlace; k > place; k--) this.runVisits[base + k] = this.runVisits[base + k - 1];
    this.runVisits[base + place] = visit;
    this.runLength[run] = length + 2;
    if (behindLast) this.endAt(run, school);
    mixed.countCalls(run, 1);
    this.refreshRun(run);
    this.refreshPiece(this.runPiece[run]);
  }

  /** Opens a run with all its items, its visits banked till now. */
  openRunOf(items: readonly number[], lastSchool: number, piece: number, slot: number): void {
    const run = this.#freeRuns.items[this.#freeRuns.count[0] - 1];
    this.#touchRun(run);
    this.#activate(run, lastSchool);
    const base = run * RUN_VISITS_MAX;
    items.forEach((item, k) => {
      if (item >= 0) this.#fromBank(item);
      this.runVisits[base + k] = item;
    });
    this.runLength[run] = items.length;
    this.mixed?.countCalls(run, 1);
    this.refreshRun(run);
    this.placeRun(run, piece, slot);
  }

  /** Takes a run out of its piece, with its visits still on it; it must be placed again or emptied before the attempt ends. */
  liftRun(run: number): void {
    const piece = this.runPiece[run];
    this.#touchRun(run);
    this.#touchPiece(piece);
    const base = piece * PIECE_RUNS_MAX;
    const length = this.pieceLength[piece] - 1;
    for (let k = this.runSlot[run]; k < length; k++) this.pieceRuns[base + k] = this.pieceRuns[base + k + 1];
    this.#setPieceLength(piece, length);
    this.runPiece[run] = -1;
    this.refreshPiece(piece);
  }

  /** Puts a lifted or new run into a piece before slot `slot`. */
  placeRun(run: number, piece: number, slot: number): void {
    this.#touchRun(run);
    this.#touchPiece(piece);
    const base = piece * PIECE_RUNS_MAX;
    const length = this.pieceLength[piece];
    for (let k = length; k > slot; k--) this.pieceRuns[base + k] = this.pieceRuns[base + k - 1];
    this.pieceRuns[base + slot] = run;
    this.#setPieceLength(piece, length + 1);
    this.refreshPiece(piece);
  }

  /** Empties a lifted run into the bank. */
  dissolveRun(run: number): void {
    this.#touchRun(run);
    const base = run * RUN_VISITS_MAX;
    for (let k = 0; k < this.runLength[run]; k++)
      if (this.runVisits[base + k] >= 0) this.#toBank(this.runVisits[base + k]);
    this.mixed?.countCalls(run, -1);
    this.#deactivate(run);
    this.runLength[run] = 0;
  }

  /** Exchanges the tails of two pieces: runs from `slotA` on go behind the head of `pieceB` and the other way round. */
  exchangeTails(pieceA: number, slotA: number, pieceB: number, slotB: number): void {
    this.#touchPiece(pieceA);
    this.#touchPiece(pieceB);
    const a = pieceA * PIECE_RUNS_MAX;
    const b = pieceB * PIECE_RUNS_MAX;
    const tailA = this.pieceLength[pieceA] - slotA;
    const tailB = this.pieceLength[pieceB] - slotB;
    for (let k = 0; k < Math.max(tailA, tailB); k++) {
      const held = this.pieceRuns[a + slotA + k];
      if (k < tailB) this.pieceRuns[a + slotA + k] = this.pieceRuns[b + slotB + k];
      if (k < tailA) this.pieceRuns[b + slotB + k] = held;
    }
    this.#setPieceLength(pieceA, slotA + tailB);
    this.#setPieceLength(pieceB, slotB + tailA);
    this.refreshPiece(pieceA);
    this.refreshPiece(pieceB);
  }

  /** Recomputes all that is derived of a run. O(length). */
  refreshRun(run: number): void {
    if (this.mixed) {
      this.mixed.refresh(run);
      this.#changes?.refreshRun(run);
      return;
    }
    const { day } = this;
    const { travel, nodes } = day;
    const base = run * RUN_VISITS_MAX;
    const length = this.runLength[run];
    const school = this.runSchool[run];
    let benches = 0;
    let wheelchairs = 0;
    let grades = 0;
    let after = day.schoolNode[school];
    let ride = 0;
    for (let k = length - 1; k >= 0; k--) {
      const visit = this.runVisits[base + k];
      const node = day.visitNode[visit];
      ride += travel[node * nodes + after];
      this.placeRide[base + k] = ride;
      ride += day.visitService[visit];
      after = node;
      benches += day.visitBenches[visit];
      wheelchairs += day.visitWheelchairs[visit];
      grades |= day.visitGrades[visit];
      this.visitRun[visit] = run;
      this.visitPlace[visit] = k;
    }
    let slack = UNBOUNDED;
    let riders = 0;
    let rideTicks = 0;
    for (let k = 0; k < length; k++) {
      const visit = this.runVisits[base + k];
      slack = Math.min(slack, day.visitRideMax[visit] - this.placeRide[base + k]);
      riders += day.visitRiders[visit];
      rideTicks += day.visitRiders[visit] * this.placeRide[base + k];
      this.placeSlack[base + k] = slack;
      this.placeRiders[base + k] = riders;
    }
    let shares = -1;
    for (let grade = 0; grade < day.gradeShares.length; grade++) {
      if (grades & (1 << grade)) shares &= day.gradeShares[grade];
    }
    this.runTicks[run] = ride + day.schoolService[school];
    this.runEndMin[run] = day.schoolEndMin[school];
    this.runEndMax[run] = day.schoolEndMax[school];
    this.runBenches[run] = benches;
    this.runWheelchairs[run] = wheelchairs;
    this.runRiders[run] = riders;
    this.runRideTicks[run] = rideTicks;
    this.runGrades[run] = grades;
    this.runShares[run] = shares;
    this.#changes?.refreshRun(run);
  }

  /** Node where a run begins. */
  firstNode(run: number): number {
    return this.day.visitNode[this.runVisits[run * RUN_VISITS_MAX]];
  }

  /** Recomputes all that is derived of a piece: earliest ends forwards, latest ends backwards, its cost. O(runs). */
  refreshPiece(piece: number): void {
    const { day } = this;
    const { travel, nodes, linkBuffer } = day;
    const base = piece * PIECE_RUNS_MAX;
    const length = this.pieceLength[piece];
    const kind = this.pieceKind[piece];
    const depot = day.kindDepot[kind];
    let cost = length > 0 ? day.kindFixed[kind] : 0;
    let node = depot;
    let ready = day.kindFrom[kind];
    for (let k = 0; k < length; k++) {
      const run = this.pieceRuns[base + k];
      const school = this.runSchool[run];
      const deadhead = travel[node * nodes + this.firstNode(run)];
      const begin = ready + deadhead + (k > 0 ? linkBuffer : 0);
      const end = Math.max(this.runEndMin[run], begin + this.runTicks[run]);
      cost += deadhead + this.runTicks[run] + day.rideWeight * this.runRideTicks[run];
      this.runPiece[run] = piece;
      this.runSlot[run] = k;
      this.runFromNode[run] = node;
      this.runReady[run] = begin - deadhead;
      this.runEarliest[run] = end;
      this.runRoom[run] = -begin - this.runTicks[run];
      ready = end;
      node = day.schoolNode[school];
    }
    let due = day.kindTo[kind];
    let next = depot;
    for (let k = length - 1; k >= 0; k--) {
      const run = this.pieceRuns[base + k];
      const school = this.runSchool[run];
      const deadhead = travel[day.schoolNode[school] * nodes + next];
      if (k === length - 1) cost += deadhead;
      const there = due - (k < length - 1 ? linkBuffer : 0);
      const latest = Math.min(this.runEndMax[run], there - deadhead);
      this.runToNode[run] = next;
      this.runDue[run] = there;
      this.runLatest[run] = latest;
      this.runRoom[run] += latest;
      due = latest - this.runTicks[run];
      next = this.firstNode(run);
    }
    if (this.#hasDuty) this.#refreshPieceTicks(piece);
    if (this.#changes) cost += this.#changes.refreshPiece(piece);
    this.cost += cost - this.pieceCost[piece];
    this.pieceCost[piece] = cost;
  }

  #refreshPieceTicks(piece: number): void {
    this.pieceTicks[piece] = this.#dutyWith(piece, -1, 0, 0, 0, 0, 0);
  }

  /** Whether a piece with one run more, before its run `slot`, is within its driver's hours. */
  dutyHoldsWith(
    piece: number,
    slot: number,
    first: number,
    last: number,
    ticks: number,
    endMin: number,
    endMax: number,
  ) {
    if (!this.#hasDuty) return true;
    return this.#dutyWith(piece, slot, first, last, ticks, endMin, endMax) <= this.day.kindDuty[this.pieceKind[piece]];
  }

  /** How much longer the runs of a piece may get together before its driver's hours are over. */
  dutyLeft(piece: number): number {
    return this.#hasDuty ? this.day.kindDuty[this.pieceKind[piece]] - this.pieceTicks[piece] : ALL_DAY;
  }

  /** Runs of a piece and perhaps one more joined as time-window segments, depot to depot. */
  #dutyWith(piece: number, slot: number, first: number, last: number, ticks: number, endMin: number, endMax: number) {
    const { travel, nodes, linkBuffer, kindDepot, kindFrom, kindTo, schoolNode } = this.day;
    const kind = this.pieceKind[piece];
    let [duty, from, to] = [0, kindFrom[kind], kindTo[kind]];
    let node = kindDepot[kind];
    const runs = this.pieceLength[piece] + (slot >= 0 ? 1 : 0);
    for (let k = 0; k < runs; k++) {
      const isNew = k === slot;
      const run = isNew ? -1 : this.pieceRuns[piece * PIECE_RUNS_MAX + (slot >= 0 && k > slot ? k - 1 : k)];
      const own = isNew ? ticks : this.runTicks[run];
      const opens = (isNew ? endMin : this.runEndMin[run]) - own;
      const closes = (isNew ? endMax : this.runEndMax[run]) - own;
      const reach = duty + travel[node * nodes + (isNew ? first : this.firstNode(run))] + (k > 0 ? linkBuffer : 0);
      const wait = Math.max(0, opens - reach - to);
      from = Math.max(from, opens - reach) - wait;
      to = Math.min(to, closes - reach);
      duty = reach + wait + own;
      node = isNew ? last : schoolNode[this.runSchool[run]];
    }
    return duty + travel[node * nodes + kindDepot[kind]];
  }

  /** Whether a piece keeps its times and its driver's hours. Everything else is checked where visits are put on runs. */
  pieceHolds(piece: number): boolean {
    if (this.#hasDuty && this.pieceTicks[piece] > this.day.kindDuty[this.pieceKind[piece]]) return false;
    const base = piece * PIECE_RUNS_MAX;
    for (let k = 0; k < this.pieceLength[piece]; k++) if (this.runRoom[this.pieceRuns[base + k]] < 0) return false;
    return true;
  }

  /** Whether nobody on a run rides too long, and the windows of its schools can be met. */
  runHolds(run: number): boolean {
    const length = this.runLength[run];
    return length === 0 || this.placeSlack[run * RUN_VISITS_MAX + length - 1] >= 0;
  }

  /** Whether all that was touched since the last commit keeps its rides and times: shortest drives nearly obey the triangle inequality, but not to the second. */
  touchedHold(): boolean {
    for (let i = 0; i < this.#touchedRunCount; i++) if (!this.runHolds(this.#touchedRuns[i])) return false;
    for (let i = 0; i < this.#touchedPieceCount; i++) if (!this.pieceHolds(this.#touchedPieces[i])) return false;
    return true;
  }

  /** Whether a kind of bus can carry a run. */
  kindCarries(kind: number, run: number): boolean {
    return (
      this.runBenches[run] <= this.day.kindBenches[kind] && this.runWheelchairs[run] <= this.day.kindWheelchairs[kind]
    );
  }
}

const UNBOUNDED = 2_000_000_000;
