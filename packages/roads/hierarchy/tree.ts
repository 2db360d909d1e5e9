import type { Hierarchy } from "./hierarchy.ts";

/**
 * The elimination tree: the parent of a vertex is its lowest higher neighbour, and all that an upward search from a vertex
 * can reach are its ancestors (Dibbelt et al. 2016, §5). Every row of the tree is one array, by vertex.
 */
export interface EliminationTree {
  /** −1 for a root. */
  readonly parent: Int32Array;
  /** Number of ancestors. */
  readonly depth: Int32Array;
  /** Place in a preorder walk: an ancestor comes before its descendants, and these lie next to each other. */
  readonly preorder: Int32Array;
  /** Vertices on the longest path from a root. */
  readonly height: number;
}

/** O(vertices). */
export function eliminationTree({ firstEdge, heads }: Pick<Hierarchy, "firstEdge" | "heads">): EliminationTree {
  const vertices = firstEdge.length - 1;
  const parent = new Int32Array(vertices);
  const below = new Int32Array(vertices).fill(1);
  for (let v = 0; v < vertices; v++) {
    parent[v] = firstEdge[v] === firstEdge[v + 1] ? -1 : heads[firstEdge[v]!]!;
    if (parent[v]! >= 0) below[parent[v]!]! += below[v]!;
  }
  const depth = new Int32Array(vertices);
  const preorder = new Int32Array(vertices);
  /** Where the next child of a vertex goes. */
  const next = new Int32Array(vertices);
  let roots = 0;
  let height = 0;
  for (let v = vertices - 1; v >= 0; v--) {
    const above = parent[v]!;
    depth[v] = above < 0 ? 0 : depth[above]! + 1;
    preorder[v] = above < 0 ? roots : next[above]!;
    if (above < 0) roots += below[v]!;
    else next[above]! += below[v]!;
    next[v] = preorder[v]! + 1;
    height = Math.max(height, depth[v]! + 1);
  }
  return { parent, depth, preorder, height };
}

/** How many ancestors two vertices share, each counted as its own. O(depth). */
export function sharedAncestors({ parent, depth }: EliminationTree, a: number, b: number): number {
  let x = a;
  let y = b;
  // Parents rank higher than their children: the lower of the two climbs.
  while (x !== y) {
    if (x < y) x = parent[x]!;
    else y = parent[y]!;
    if (x < 0 || y < 0) return 0;
  }
  return depth[x]! + 1;
}
