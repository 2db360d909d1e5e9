import { setImmediate } from "node:timers/promises";
import type { BusNet } from "../map/road-map.ts";
import type { ReadOptions } from "../osm/read.ts";

/** Share of a cell's junctions that a cut must leave on each side. */
const BALANCE = 0.25;
/** Directions along which a cell is tried: east, north and the two between. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [0.7, 0.7],
  [0.7, -0.7],
] as const;

/** After cutting cells of so many junctions others on this thread get their turn. */
const PAUSE = 20_000;

type Streets = Pick<BusNet, "from" | "to" | "nodeLat" | "nodeLon" | "armStart" | "arms" | "nextCopy">;

/**
 * An order of arcs for the contraction hierarchy that depends on the map alone: nested dissection, each cut found by inertial flow.
 * The junctions of a cell are laid out along a direction; the smallest set of streets that parts its first quarter from its last
 * is the cut. Arcs of a cut come after (are more important than) all arcs of the two cells that it parts.
 *
 * @param alive 1 for arcs in use; a street without any counts for nothing and comes first
 * @returns arcs, least important first
 * @see Schild & Sommer 2015, On Balanced Separators in Road Networks; Buchhold et al. 2020 for cuts of streets as separators of arcs
 */
export async function dissectionOrder(
  net: Streets,
  alive: Uint8Array,
  { signal, onProgress }: ReadOptions = {},
): Promise<Uint32Array> {
  const dissection = new Dissection(net, alive);
  let since = 0;
  for (let size = dissection.next(); size > 0; size = dissection.next()) {
    since += size;
    if (since < PAUSE) continue;
    since = 0;
    await setImmediate();
    signal?.throwIfAborted();
    onProgress?.(dissection.share);
  }
  return dissection.finish();
}

class Dissection {
  private readonly net: Streets;
  private readonly alive: Uint8Array;
  /** Junctions; a cell is a stretch of this list. */
  private readonly nodes: Int32Array;
  private readonly cellOf: Int32Array;
  private readonly key: Float64Array;
  /** −1 first quarter (sources), +1 last quarter (sinks), 0 between. */
  private readonly end: Int8Array;
  private readonly flow: Int8Array;
  private readonly seen: Int32Array;
  private readonly cameBy: Int32Array;
  private readonly queue: Int32Array;
  private readonly side: Uint8Array;
  private readonly ordered: Uint8Array;
  private readonly order: Uint32Array;
  /** Where the next rank goes, from the top down. */
  private top: number;
  /** Cells that are to be cut. */
  private readonly open: [low: number, high: number][];
  private round = 0;
  private cells = 0;

  constructor(net: Streets, alive: Uint8Array) {
    const junctions = net.nodeLat.length;
    this.net = net;
    this.alive = alive;
    this.nodes = Int32Array.from({ length: junctions }, (_, node) => node);
    this.cellOf = new Int32Array(junctions);
    this.key = new Float64Array(junctions);
    this.end = new Int8Array(junctions);
    this.flow = new Int8Array(net.from.length);
    this.seen = new Int32Array(junctions);
    this.cameBy = new Int32Array(junctions);
    this.queue = new Int32Array(junctions);
    this.side = new Uint8Array(junctions);
    this.ordered = new Uint8Array(net.from.length);
    this.order = new Uint32Array(net.from.length * 2);
    this.top = this.order.length;
    this.open = [[0, junctions]];
  }

  /** Share of the arcs that have a place. */
  get share(): number {
    return 1 - this.top / this.order.length;
  }

  /** Cuts the next cell. @returns its junctions, 0 when all are cut */
  next(): number {
    const [low, high] = this.open.pop() ?? [0, 0];
    if (high > low) this.split(low, high);
    return high - low;
  }

  finish(): Uint32Array {
    for (let street = 0; street < this.ordered.length; street++) this.take(street);
    return this.order;
  }

  /** Gives the arcs of a street, and of its copies, the highest ranks that are left. */
  private take(street: number): void {
    if (this.ordered[street] === 1) return;
    let each = street;
    do {
      this.ordered[each] = 1;
      this.order[--this.top] = 2 * each;
      this.order[--this.top] = 2 * each + 1;
      each = this.net.nextCopy[each]!;
    } while (each !== 0);
  }

  private inUse(arm: number): boolean {
    return this.alive[arm] === 1 || this.alive[arm ^ 1] === 1;
  }

  private headOf(arm: number): number {
    return ((arm & 1) === 0 ? this.net.to[arm >> 1] : this.net.from[arm >> 1])!;
  }

  private split(low: number, high: number): void {
    const cell = ++this.cells;
    for (let i = low; i < high; i++) this.cellOf[this.nodes[i]!] = cell;
    if (high - low === 1) this.takeLoops(this.nodes[low]!);
    if (high - low <= 1) return;
    this.cut(low, high, cell);
    const middle = this.partition(low, high);
    this.takeCut(low, high, cell);
    this.open.push([middle, high], [low, middle]);
  }

  private takeLoops(node: number): void {
    for (let i = this.net.armStart[node]!; i < this.net.armStart[node + 1]!; i++) {
      const arm = this.net.arms[i]!;
      if (this.inUse(arm) && this.headOf(arm) === node) this.take(arm >> 1);
    }
  }

  /** Streets of the cell between its two sides. */
  private takeCut(low: number, high: number, cell: number): void {
    for (let i = low; i < high; i++) {
      const node = this.nodes[i]!;
      for (let j = this.net.armStart[node]!; j < this.net.armStart[node + 1]!; j++) {
        const arm = this.net.arms[j]!;
        const head = this.headOf(arm);
        if (this.inUse(arm) && this.cellOf[head] === cell && this.side[head] !== this.side[node]) this.take(arm >> 1);
      }
    }
  }

  /** Side 1 first. @returns where side 0 begins */
  private partition(low: number, high: number): number {
    const members = this.nodes.slice(low, high);
    let place = low;
    for (const node of members) if (this.side[node] === 1) this.nodes[place++] = node;
    const middle = place;
    for (const node of members) if (this.side[node] === 0) this.nodes[place++] = node;
    return middle;
  }

  /** Smallest cut over the directions into `side`; of equal ones the better balanced. */
  private cut(low: number, high: number, cell: number): void {
    const size = high - low;
    const quarter = Math.max(1, Math.floor(size * BALANCE));
    let best = { cut: Infinity, lesser: 0 };
    for (const [east, north] of DIRECTIONS) {
      this.layOut(low, high, quarter, east, north);
      const cut = this.maxFlow(low, high, cell, best.cut);
      if (cut > best.cut) continue;
      let reached = 0;
      for (let i = low; i < high; i++) if (this.seen[this.nodes[i]!] === this.round) reached++;
      const lesser = Math.min(reached, size - reached);
      if (cut === best.cut && lesser <= best.lesser) continue;
      best = { cut, lesser };
      for (let i = low; i < high; i++) this.side[this.nodes[i]!] = this.seen[this.nodes[i]!] === this.round ? 1 : 0;
    }
  }

  /** Marks the first and the last quarter of the cell along a direction. */
  private layOut(low: number, high: number, quarter: number, east: number, north: number): void {
    const { nodes, key, end } = this;
    // Degrees of longitude shrink with latitude; the direction needs no more than that.
    const shrink = Math.cos((this.net.nodeLat[nodes[low]!]! * Math.PI) / 180);
    for (let i = low; i < high; i++) {
      const node = nodes[i]!;
      key[node] = east * shrink * this.net.nodeLon[node]! + north * this.net.nodeLat[node]!;
      end[node] = 0;
    }
    select(nodes, key, low, high - 1, low + quarter - 1);
    for (let i = low; i < low + quarter; i++) end[nodes[i]!] = -1;
    select(nodes, key, low + quarter, high - 1, high - quarter);
    for (let i = high - quarter; i < high; i++) end[nodes[i]!] = 1;
  }

  /**
   * Streets of capacity 1 either way; augmenting paths by breadth-first search.
   * @returns the flow, and in `seen` = `round` the sources' side; or limit + 1 as soon as it is larger than the limit
   */
  private maxFlow(low: number, high: number, cell: number, limit: number): number {
    const { nodes, net, flow } = this;
    const border: number[] = [];
    for (let i = low; i < high; i++) {
      const node = nodes[i]!;
      let outward = false;
      for (let j = net.armStart[node]!; j < net.armStart[node + 1]!; j++) {
        const head = this.headOf(net.arms[j]!);
        flow[net.arms[j]! >> 1] = 0;
        if (this.end[head] !== -1 && this.cellOf[head] === cell) outward = true;
      }
      if (outward && this.end[node] === -1) border.push(node);
    }
    for (let total = 0; ; total++) {
      if (total > limit) return total;
      const sink = this.augmentingPath(border, cell);
      if (sink < 0) {
        for (let i = low; i < high; i++) if (this.end[nodes[i]!] === -1) this.seen[nodes[i]!] = this.round;
        return total;
      }
      for (let node = sink; this.cameBy[node]! >= 0; ) {
        const arm = this.cameBy[node]!;
        flow[arm >> 1]! += (arm & 1) === 0 ? 1 : -1;
        node = this.headOf(arm ^ 1);
      }
    }
  }

  /** @returns a sink that can still be reached, or −1 with all that can be reached seen */
  private augmentingPath(border: readonly number[], cell: number): number {
    const { net, queue, seen, cameBy, end, flow } = this;
    const round = ++this.round;
    let tail = 0;
    for (const node of border) {
      seen[node] = round;
      cameBy[node] = -1;
      queue[tail++] = node;
    }
    for (let head = 0; head < tail; head++) {
      const node = queue[head]!;
      for (let i = net.armStart[node]!; i < net.armStart[node + 1]!; i++) {
        const arm = net.arms[i]!;
        const next = this.headOf(arm);
        if (seen[next] === round || this.cellOf[next] !== cell || end[next] === -1 || !this.inUse(arm)) continue;
        if (((arm & 1) === 0 ? flow[arm >> 1]! : -flow[arm >> 1]!) >= 1) continue;
        seen[next] = round;
        cameBy[next] = arm;
        if (end[next] === 1) return next;
        queue[tail++] = next;
      }
    }
    return -1;
  }
}

/** Hoare's selection: puts the items with the smallest keys, ties by item, at `low` … `k`. */
function select(items: Int32Array, key: Float64Array, low: number, high: number, k: number): void {
  const before = (a: number, b: number) => key[a]! < key[b]! || (key[a]! === key[b]! && a < b);
  while (low < high) {
    const pivot = items[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (before(items[i]!, pivot)) i++;
      while (before(pivot, items[j]!)) j--;
      if (i > j) break;
      const item = items[i]!;
      items[i++] = items[j]!;
      items[j--] = item;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}
