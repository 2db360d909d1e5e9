import type { PenalizedTours } from "./penalized-tours.ts";

/**
 * A piece of up to three tasks that begins at `u` changes places with a piece that begins behind `v` (relocate and Or-opt: that one is empty; swap: it is not).
 * Between tours in O(1); within a tour the new order is priced in O(tour), only where the drives alone would pay.
 */
export class Exchange {
  readonly #tours: PenalizedTours;
  readonly #first = new Int32Array(3);
  readonly #second = new Int32Array(3);

  constructor(tours: PenalizedTours) {
    this.#tours = tours;
  }

  /** Puts the piece of `length` tasks from `u` on behind `v` (a task or a start), back to front where `reversed`. @returns whether that paid */
  relocate(u: number, length: number, v: number, reversed: boolean): boolean {
    const tours = this.#tours;
    if (!this.#piece(this.#first, u, length)) return false;
    for (let i = 0; i < length; i++) if (this.#first[i] === v) return false;
    if (tours.prev[u] === v) return false;
    return this.#apply(length, tours.prev[u], 0, v, reversed);
  }

  /** Swaps the piece of `length` from `u` on with that of `other` from `v` on. */
  swap(u: number, length: number, v: number, other: number): boolean {
    const tours = this.#tours;
    if (!this.#piece(this.#first, u, length) || !this.#piece(this.#second, v, other)) return false;
    for (let i = 0; i < length; i++)
      for (let j = 0; j < other; j++) if (this.#first[i] === this.#second[j]) return false;
    // Pieces side by side are a matter for relocate.
    if (tours.next[this.#first[length - 1]] === v || tours.next[this.#second[other - 1]] === u) return false;
    return this.#apply(length, tours.prev[u], other, tours.prev[v], false);
  }

  #piece(piece: Int32Array, from: number, length: number): boolean {
    let node = from;
    for (let i = 0; i < length; i++) {
      if (!this.#tours.isTask(node)) return false;
      piece[i] = node;
      node = this.#tours.next[node];
    }
    return true;
  }

  #apply(length: number, beforeFirst: number, other: number, beforeSecond: number, reversed: boolean): boolean {
    const tours = this.#tours;
    const { next, vehicleOf } = tours;
    const first = this.#first;
    const second = this.#second;
    const [a, b] = [vehicleOf[beforeFirst], vehicleOf[beforeSecond]];
    const afterFirst = next[first[length - 1]];
    const afterSecond = other > 0 ? next[second[other - 1]] : next[beforeSecond];
    if (reversed) flip(first, length);
    const change =
      this.#drives(a, beforeFirst, second, other, afterFirst) -
      this.#kept(beforeFirst, afterFirst) +
      this.#drives(b, beforeSecond, first, length, afterSecond) -
      this.#kept(beforeSecond, afterSecond) +
      this.#opening(a, b, length, other);
    const pays =
      a === b
        ? this.#paysWithin(change, beforeFirst, beforeSecond, length, other)
        : this.#paysBetween(change, a, b, beforeFirst, beforeSecond, afterFirst, afterSecond, length, other);
    if (!pays) return false;
    for (let i = 0; i < length; i++) tours.unlink(first[i]);
    for (let i = 0; i < other; i++) tours.unlink(second[i]);
    let last = beforeSecond;
    for (let i = 0; i < length; i++) {
      tours.link(first[i], last);
      last = first[i];
    }
    last = beforeFirst;
    for (let i = 0; i < other; i++) {
      tours.link(second[i], last);
      last = second[i];
    }
    tours.settle(a);
    if (b !== a) tours.settle(b);
    return true;
  }

  #paysBetween(
    change: number,
    a: number,
    b: number,
    beforeFirst: number,
    beforeSecond: number,
    afterFirst: number,
    afterSecond: number,
    length: number,
    other: number,
  ): boolean {
    const tours = this.#tours;
    const first = this.#first;
    const second = this.#second;
    const now = tours.penalty[a] + tours.penalty[b];
    if (change >= now - 1e-7) return false;
    let moved = 0;
    for (let i = 0; i < length; i++) {
      if (!tours.allowed(b, first[i])) return false;
      moved += tours.amount[first[i]];
    }
    for (let i = 0; i < other; i++) {
      if (!tours.allowed(a, second[i])) return false;
      moved -= tours.amount[second[i]];
    }
    let price = change - now + tours.overload(a, tours.load[a] - moved) + tours.overload(b, tours.load[b] + moved);
    if (price >= -1e-7) return false;
    if (!tours.kernel.timed) return true;
    price += this.#late(a, beforeFirst, second, other, afterFirst);
    if (price >= -1e-7) return false;
    return price + this.#late(b, beforeSecond, first, length, afterSecond) < -1e-7;
  }

  /** In one tour loads stay; times follow from the new order. */
  #paysWithin(change: number, beforeFirst: number, beforeSecond: number, length: number, other: number): boolean {
    const tours = this.#tours;
    const vehicle = tours.vehicleOf[beforeFirst];
    if (!tours.kernel.timed) return change < -1e-7;
    const lateNow = tours.warp[vehicle] * tours.warpPrice;
    if (change >= lateNow - 1e-7) return false;
    const start = tours.startOf(vehicle);
    tours.fromHead(start);
    let last = start;
    const add = (piece: Int32Array, count: number) => {
      for (let i = 0; i < count; i++) {
        tours.add(vehicle, last, piece[i]);
        last = piece[i];
      }
    };
    for (let node = start; ; ) {
      if (node !== start && !inPiece(this.#first, length, node) && !inPiece(this.#second, other, node)) {
        tours.add(vehicle, last, node);
        last = node;
      }
      if (node === beforeSecond) add(this.#first, length);
      if (node === beforeFirst) add(this.#second, other);
      if (node === tours.endOf(vehicle)) break;
      node = tours.next[node];
    }
    return change - lateNow + tours.lateness() < -1e-7;
  }

  #late(vehicle: number, before: number, piece: Int32Array, length: number, after: number): number {
    const tours = this.#tours;
    tours.fromHead(before);
    let last = before;
    for (let i = 0; i < length; i++) {
      tours.add(vehicle, last, piece[i]);
      last = piece[i];
    }
    tours.addTail(vehicle, last, after);
    return tours.lateness();
  }

  #drives(vehicle: number, before: number, piece: Int32Array, length: number, after: number): number {
    const tours = this.#tours;
    let sum = 0;
    let last = before;
    for (let i = 0; i < length; i++) {
      sum += tours.drive(vehicle, last, piece[i]);
      last = piece[i];
    }
    return sum + tours.drive(vehicle, last, after);
  }

  /** Drives between two nodes of a tour as it stands. */
  #kept(before: number, after: number): number {
    return this.#tours.costTo[after] - this.#tours.costTo[before];
  }

  #opening(a: number, b: number, length: number, other: number): number {
    const { count, kernel } = this.#tours;
    if (a === b) return 0;
    const opened = count[b] === 0 ? kernel.fixedCost[b] + this.#emptyDrive(b) : 0;
    const closed = count[a] === length && other === 0 ? kernel.fixedCost[a] + this.#emptyDrive(a) : 0;
    return opened - closed;
  }

  /** An empty tour drives nothing, whatever its start and end are apart. */
  #emptyDrive(vehicle: number): number {
    const tours = this.#tours;
    return tours.drive(vehicle, tours.startOf(vehicle), tours.endOf(vehicle));
  }
}

function flip(piece: Int32Array, length: number): void {
  for (let i = 0, j = length - 1; i < j; i++, j--) {
    const held = piece[i];
    piece[i] = piece[j];
    piece[j] = held;
  }
}

function inPiece(piece: Int32Array, length: number, node: number): boolean {
  for (let i = 0; i < length; i++) if (piece[i] === node) return true;
  return false;
}
