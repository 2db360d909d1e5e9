/**
 * Size of a maximum matching of a bipartite graph, by augmenting paths (Kuhn). O(vertices × edges), enough for some thousand vertices.
 * @param links for each left vertex its right vertices
 */
export function maximumMatching(links: readonly (readonly number[])[], rights: number): number {
  const partner = new Int32Array(rights).fill(-1);
  const seen = new Int32Array(rights).fill(-1);
  const augment = (left: number, round: number): boolean => {
    for (const right of links[left]) {
      if (seen[right] === round) continue;
      seen[right] = round;
      if (partner[right] < 0 || augment(partner[right], round)) {
        partner[right] = left;
        return true;
      }
    }
    return false;
  };
  let size = 0;
  for (let left = 0; left < links.length; left++) if (augment(left, left)) size++;
  return size;
}
