import type { Labels } from "./labels.ts";
import { type EliminationTree, sharedAncestors } from "./tree.ts";

/** A path downward in the elimination tree with the targets that lie below it, at least `FILL` of them below its last vertex too. */
export interface Segment {
  /** Columns `from` … `to − 1` lie below the first vertex. */
  readonly from: number;
  readonly to: number;
  /** Depths of the vertices, `top` … `end − 1`. */
  readonly top: number;
  readonly end: number;
  /** The vertices from `top` downward. */
  readonly vertices: Int32Array;
  /** By column from `from` on: the depth from which the vertices are not above it. */
  readonly until: Int32Array;
  /** Place of the weights in the memory: panels of `stride` columns one after another, each with a row a vertex. */
  readonly weights: number;
  readonly stride: number;
  /** Segments that leave this one, by their first vertex. */
  readonly below: ReadonlyMap<number, Segment>;
}

/** Share of a segment's columns that its last vertex must be above: so many sums at least are of use. */
export const FILL = 0.75;
/** Columns of a panel: its rows of a deep segment fit into the nearest cache. */
const PANEL = 32;

/**
 * The branches of the targets' labels as columns of a matrix, sorted along the elimination tree so that the columns below a vertex
 * lie next to each other, and the part of the tree above them cut into segments. Weights are laid out a segment at a time, ready for min-plus products;
 * where a vertex is not above a column, the weight is infinite.
 */
export class TargetTree {
  readonly roots: ReadonlyMap<number, Segment>;
  /** Doubles that `lay` writes. */
  readonly doubles: number;
  private readonly tree: EliminationTree;
  private readonly labels: Labels;
  /** By column: the target that it belongs to, its branch, its lowest vertex, and how many ancestors it shares with the column before. */
  private readonly targets: Int32Array;
  private readonly branches: Int32Array;
  private readonly leaf: Int32Array;
  private readonly alike: Int32Array;
  private next = 0;

  constructor(tree: EliminationTree, labels: Labels) {
    this.tree = tree;
    this.labels = labels;
    const { preorder } = tree;
    this.branches = Int32Array.from(labels.leaf.keys()).sort(
      (a, b) => preorder[labels.leaf[a]!]! - preorder[labels.leaf[b]!]! || a - b,
    );
    this.leaf = this.branches.map((branch) => labels.leaf[branch]!);
    this.targets = this.branches.map((branch) => labels.owner[branch]!);
    this.alike = this.leaf.map((leaf, k) => (k === 0 ? 0 : sharedAncestors(tree, leaf, this.leaf[k - 1]!)));
    this.roots = new Map(this.groups(0, this.leaf.length, 0).map(([from, to]) => this.segment(from, to, 0)));
    this.doubles = this.next;
  }

  get columns(): number {
    return this.targets.length;
  }

  /** Writes the weights to `memory`, beginning at `at`. Above its own top a branch has no weight: its target's first branch has it. */
  lay(memory: Float64Array, at: number): void {
    memory.fill(Infinity, at, at + this.doubles);
    for (const root of this.roots.values()) this.laySegment(root, memory, at);
  }

  /** Columns of results at a place of the memory → the least of each target. */
  gather(memory: Float64Array, at: number, row: Float64Array): void {
    const { targets } = this;
    row.fill(Infinity);
    for (let column = 0; column < targets.length; column++) {
      const target = targets[column]!;
      const weight = memory[at + column]!;
      if (weight < row[target]!) row[target] = weight;
    }
  }

  private laySegment(segment: Segment, memory: Float64Array, at: number): void {
    const { stride, from, to, top, end, until } = segment;
    const { top: tops, start, weights } = this.labels;
    for (let k = from; k < to; k++) {
      const branch = this.branches[k]!;
      const own = tops[branch]!;
      const first = start[branch]! - own;
      const panel = Math.floor((k - from) / stride);
      const place = at + segment.weights + panel * stride * (end - top) + (k - from - panel * stride);
      for (let d = Math.max(top, own); d < until[k - from]!; d++)
        memory[place + (d - top) * stride] = weights[first + d]!;
    }
    for (const each of segment.below.values()) this.laySegment(each, memory, at);
  }

  /** Columns that have another ancestor at `depth`, together where it is the same one. All of them share those above; those that end there come first. */
  private groups(from: number, to: number, depth: number): [from: number, to: number][] {
    const groups: [number, number][] = [];
    let first = from;
    while (first < to && this.tree.depth[this.leaf[first]!]! < depth) first++;
    while (first < to) {
      let last = first + 1;
      while (last < to && this.alike[last]! > depth) last++;
      groups.push([first, last]);
      first = last;
    }
    return groups;
  }

  /** The segment that begins above these columns; it follows the larger part of them as long as that is large enough. */
  private segment(from: number, to: number, top: number): [vertex: number, segment: Segment] {
    const until = new Int32Array(to - from);
    const below: [from: number, to: number, depth: number][] = [];
    let [low, high, end] = [from, to, top];
    for (let going = true; going; ) {
      end = this.tree.depth[this.leaf[low]!]! + 1;
      for (let k = low + 1; k < high; k++) end = Math.min(end, this.alike[k]!);
      const groups = this.groups(low, high, end);
      const largest = groups.reduce((a, b) => (b[1] - b[0] > a[1] - a[0] ? b : a), groups[0] ?? [low, low]);
      going = largest[1] - largest[0] >= FILL * (to - from);
      until.fill(end, low - from, high - from);
      for (const group of groups) if (!going || group !== largest) below.push([...group, end]);
      if (going) [low, high] = largest;
    }
    const vertices = this.path(this.leaf[low]!, top, end);
    const stride = Math.min(PANEL, (to - from + 1) & ~1);
    const weights = this.next;
    this.next += Math.ceil((to - from) / stride) * stride * (end - top);
    return [
      vertices[0]!,
      {
        from,
        to,
        top,
        end,
        vertices,
        until,
        weights,
        stride,
        below: new Map(below.map(([first, last, depth]) => this.segment(first, last, depth))),
      },
    ];
  }

  private path(leaf: number, top: number, end: number): Int32Array {
    const { parent, depth } = this.tree;
    const vertices = new Int32Array(end - top);
    for (let v = leaf; v >= 0 && depth[v]! >= top; v = parent[v]!) {
      if (depth[v]! < end) vertices[depth[v]! - top] = v;
    }
    return vertices;
  }
}
