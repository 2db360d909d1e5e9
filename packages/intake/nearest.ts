/** Longest id that is compared: longer ones are not typing slips. */
const LENGTH_MAX = 40;

/**
 * The known id that is most like a wrong one: equal but for case, spaces, dashes and leading zeros, else at most two letters away.
 * Undefined where nothing is near. O(known × length²), with most candidates dismissed by their length.
 */
export function nearest(wrong: string, known: Iterable<string>): string | undefined {
  if (wrong.length > LENGTH_MAX) return undefined;
  const plain = plainId(wrong);
  let best: string | undefined;
  let bestDistance = wrong.length <= 3 ? 2 : 3;
  for (const id of known) {
    if (plainId(id) === plain) return id;
    if (Math.abs(id.length - wrong.length) >= bestDistance) continue;
    const distance = editDistance(wrong, id, bestDistance);
    if (distance < bestDistance) {
      best = id;
      bestDistance = distance;
    }
  }
  return best;
}

/** `" — Maybe X."` or nothing, to end a message with. */
export function maybe(wrong: string, known: Iterable<string>): string {
  const near = nearest(wrong, known);
  return near === undefined ? "" : ` Maybe ${near}.`;
}

/**
 * Two ids with the same plain form are the same to a human eye: RTU-001 and rtu1 are rtu.1, while S1-01 is s.1.1 and S10-1
 * is s.10.1. Words and numbers in order, without case, punctuation and leading zeros.
 */
export function plainId(id: string): string {
  const parts = id.toLowerCase().match(/\p{L}+|\d+/gu);
  return parts ? parts.map((part) => part.replace(/^0+(?=\d)/, "")).join(".") : id;
}

/** Levenshtein distance, or `limit` as soon as it is certain to be reached. */
function editDistance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(substituted, previous[j] + 1, current[j - 1] + 1);
      least = Math.min(least, current[j]);
    }
    if (least >= limit) return limit;
    previous = current;
  }
  return previous[b.length];
}
