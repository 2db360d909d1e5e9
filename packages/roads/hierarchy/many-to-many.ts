import type { Kernel } from "../kernel/kernel.ts";
import type { Labels } from "./labels.ts";
import { FILL, type Segment, TargetTree } from "./target-tree.ts";
import type { EliminationTree } from "./tree.ts";

/** Sources that are answered together. */
const TILE = 16;

/**
 * Many-to-many along the elimination tree. The best drive from s to t over the hierarchy is the least sum of their two labels over the ancestors that
 * they share: a min-plus product of two matrices, wherever several sources and several targets have the same ancestors. Sources are taken in tiles
 * of neighbours in the tree; a tile walks down the tree of the targets and multiplies at each segment. O(shared depth) a pair, in dense loops.
 */
export class ManyToMany {
  private readonly tree: EliminationTree;
  private readonly kernel: Kernel;
  private readonly sources: Labels;
  private readonly targets: TargetTree;
  private readonly memory: Float64Array;
  /** Places in the memory: the tile's labels, its row of results each, the targets' weights. */
  private readonly labelsAt = 0;
  private readonly resultsAt: number;
  private readonly targetsAt: number;
  private readonly stride: number;
  /** Sources along the tree, and each one's first branch. */
  private readonly order: Int32Array;
  private readonly firstBranch: Int32Array;
  /** Ancestors of the tile's branches from the root down, `height` for each. */
  private readonly paths: Int32Array;
  private readonly lengths = new Int32Array(TILE);
  private readonly branch = new Int32Array(TILE);
  /** By lane: the depth down to which it goes along the segment that is looked at. */
  private readonly shared = new Int32Array(TILE);
  private readonly row: Float64Array;

  constructor(tree: EliminationTree, kernel: Kernel, sources: Labels, targets: Labels) {
    this.tree = tree;
    this.kernel = kernel;
    this.sources = sources;
    this.targets = new TargetTree(tree, targets);
    this.stride = (this.targets.columns + 3) & ~1;
    this.resultsAt = TILE * tree.height;
    this.targetsAt = this.resultsAt + TILE * this.stride;
    this.memory = kernel.memory(this.targetsAt + this.targets.doubles);
    this.targets.lay(this.memory, this.targetsAt);
    this.paths = new Int32Array(TILE * tree.height);
    this.row = new Float64Array(targets.count);
    this.firstBranch = new Int32Array(sources.count + 1).fill(sources.length);
    for (let branch = sources.length - 1; branch >= 0; branch--) this.firstBranch[sources.owner[branch]!] = branch;
    for (let i = sources.count - 1; i >= 0; i--) {
      this.firstBranch[i] = Math.min(this.firstBranch[i]!, this.firstBranch[i + 1]!);
    }
    const place = (i: number) => (this.sees(i) ? tree.preorder[sources.leaf[this.firstBranch[i]!]!]! : -1);
    this.order = Int32Array.from({ length: sources.count }, (_, i) => i).sort((a, b) => place(a) - place(b) || a - b);
  }

  /** Number of tiles; `tile(k, …)` for each k gives every source once. */
  get tiles(): number {
    return Math.ceil(this.order.length / TILE);
  }

  /** Calls `visit` with the weights to all targets, for each source of the tile. The row is used again after the call. */
  tile(index: number, visit: (source: number, row: Float64Array) => void): void {
    const { sources, firstBranch, memory, row } = this;
    const members = this.order.subarray(index * TILE, (index + 1) * TILE);
    memory.fill(Infinity, this.resultsAt, this.targetsAt);
    let lanes = 0;
    members.forEach((source, lane) => {
      if (!this.sees(source)) return;
      this.climb(firstBranch[source]!, lane);
      lanes = lane + 1;
    });
    // Sources that see nothing come first of all; theirs are the lanes before.
    const blind = members.findIndex((source) => this.sees(source));
    if (blind >= 0) this.descendAll(this.targets.roots, 0, blind, lanes, blind, 0);
    members.forEach((source, lane) => {
      for (let branch = firstBranch[source]! + 1; branch < firstBranch[source + 1]!; branch++) {
        this.climb(branch, 0);
        this.descendAll(this.targets.roots, 0, 0, 1, lane, sources.top[branch]!);
      }
    });
    members.forEach((source, lane) => {
      this.targets.gather(memory, this.resultsAt + lane * this.stride, row);
      visit(source, row);
    });
  }

  /** Has a source any branch? */
  private sees(source: number): boolean {
    return this.firstBranch[source]! < this.firstBranch[source + 1]!;
  }

  /** Gives a branch of a source a lane: its ancestors from the root down. */
  private climb(branch: number, lane: number): void {
    const { parent, depth, height } = this.tree;
    const leaf = this.sources.leaf[branch]!;
    this.branch[lane] = branch;
    this.lengths[lane] = depth[leaf]! + 1;
    for (let v = leaf, place = lane * height + depth[leaf]!; v >= 0; v = parent[v]!, place--) this.paths[place] = v;
  }

  /**
   * Multiplies lanes `from` … `to − 1` with the segments that they pass, and with all below those. The lanes share the ancestors above `depth`.
   * Results of lane `from` go to row `row`, and so on; only depths of `least` and deeper count.
   */
  private descendAll(
    segments: ReadonlyMap<number, Segment>,
    depth: number,
    from: number,
    to: number,
    row: number,
    least: number,
  ): void {
    for (let lane = from; lane < to; ) {
      const vertex = this.ancestor(lane, depth);
      let last = lane + 1;
      while (last < to && this.ancestor(last, depth) === vertex) last++;
      const segment = segments.get(vertex);
      if (segment) this.descend(segment, lane, last, row + lane - from, least);
      lane = last;
    }
  }

  /** −1 below a lane's end. */
  private ancestor(lane: number, depth: number): number {
    return depth < this.lengths[lane]! ? this.paths[lane * this.tree.height + depth]! : -1;
  }

  private descend(segment: Segment, from: number, to: number, row: number, least: number): void {
    const { height } = this.tree;
    const { paths, lengths, shared } = this;
    const { top, end, vertices, below } = segment;
    for (let lane = from; lane < to; lane++) {
      const stop = Math.min(end, lengths[lane]!);
      let d = top + 1;
      for (let place = lane * height + d; d < stop && paths[place] === vertices[d - top]; d++) place++;
      shared[lane] = d;
    }
    this.load(from, to, Math.max(top, least));
    let [first, last] = [from, to];
    for (let depth = Math.max(top, least); ; ) {
      // Lanes are in the order of the tree: those that go on along the segment lie next to each other.
      while (first < last && shared[first]! <= depth) first++;
      while (first < last && shared[last - 1]! <= depth) last--;
      if (first === last) break;
      const next = this.reach(first, last);
      this.multiply(segment, depth, next, first, last, row + first - from);
      depth = next;
    }
    if (below.size === 0) return;
    for (let lane = from; lane < to; ) {
      const depth = this.shared[lane]!;
      let next = lane + 1;
      while (next < to && this.shared[next] === depth && this.ancestor(next, depth) === this.ancestor(lane, depth))
        next++;
      const child = below.get(this.ancestor(lane, depth));
      if (child) this.descend(child, lane, next, row + lane - from, least);
      lane = next;
    }
  }

  /** Depth down to which `FILL` of the lanes go along. */
  private reach(first: number, last: number): number {
    const sorted = this.shared.slice(first, last).sort();
    return sorted[Math.floor((last - first) * (1 - FILL))]!;
  }

  /** Puts the lanes' weights into the memory, from a depth on; infinite where they have left the segment. */
  private load(from: number, to: number, depth: number): void {
    const { memory, shared } = this;
    const { start, top, weights } = this.sources;
    let end = depth;
    for (let lane = from; lane < to; lane++) end = Math.max(end, shared[lane]!);
    for (let lane = from; lane < to; lane++) {
      const branch = this.branch[lane]!;
      const first = start[branch]! - top[branch]!;
      let d = depth;
      for (; d < shared[lane]!; d++) memory[this.labelsAt + d * TILE + lane] = weights[first + d]!;
      for (; d < end; d++) memory[this.labelsAt + d * TILE + lane] = Infinity;
    }
  }

  private multiply(segment: Segment, depth: number, end: number, lane: number, last: number, row: number): void {
    if (depth >= end) return;
    const { stride, from, to, top } = segment;
    const labels = this.labelsAt + depth * TILE + lane;
    let weights = this.targetsAt + segment.weights + (depth - top) * stride;
    for (let column = from; column < to; column += stride) {
      const pairs = (Math.min(stride, to - column) + 1) >> 1;
      const results = this.resultsAt + row * this.stride + column;
      this.kernel.product(labels, TILE, weights, stride, results, this.stride, last - lane, pairs, end - depth);
      weights += stride * (segment.end - top);
    }
  }
}
