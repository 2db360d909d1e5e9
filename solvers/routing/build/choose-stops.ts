import type { Option, Placing } from "./reach.ts";

/** Which candidate each placing boards at; −1 where no stop in reach has room left. */
export interface StopChoice {
  readonly candidate: Int32Array;
  readonly walkM: Int32Array;
}

/**
 * Chooses few stops that cover all riders of one school within their walks (capacitated set cover):
 * greedily the stop that gathers most uncovered riders, each counted 1 − walkWeight × walk / longest walk; then stops whose riders all reach
 * another open stop are closed, smallest first; then everyone goes to the nearest open stop with room.
 *
 * @param ridersLeft room of a candidate for one more placing, counted down in place (Infinity = no limit); shared between schools
 */
export function chooseStops(placings: readonly Placing[], ridersLeft: Float64Array, walkWeight: number): StopChoice {
  const reachers = reachersOf(placings);
  const open = greedyCover(placings, reachers, ridersLeft, walkWeight);
  closeNeedless(placings, reachers, open, ridersLeft);
  return assignNearest(placings, open, ridersLeft);
}

function reachersOf(placings: readonly Placing[]): Map<number, number[]> {
  const reachers = new Map<number, number[]>();
  placings.forEach(({ options }, placing) => {
    for (const { candidate } of options) {
      const list = reachers.get(candidate);
      if (list) list.push(placing);
      else reachers.set(candidate, [placing]);
    }
  });
  return reachers;
}

/** Lazy greedy: a stop's gain only falls as riders are covered, so the best one is re-counted until it stays best. */
function greedyCover(
  placings: readonly Placing[],
  reachers: ReadonlyMap<number, readonly number[]>,
  ridersLeft: Float64Array,
  walkWeight: number,
): Set<number> {
  const covered = new Uint8Array(placings.length);
  const longest = Math.max(1, ...placings.map(({ options }) => options[options.length - 1].walkM));
  const worth = (placing: number, candidate: number) =>
    1 - walkWeight * ((placings[placing].options.find((each) => each.candidate === candidate)?.walkM ?? 0) / longest);
  const gain = (candidate: number) => {
    let sum = 0;
    let room = ridersLeft[candidate];
    for (const placing of reachers.get(candidate) ?? []) {
      if (covered[placing] || room < 1) continue;
      room--;
      sum += worth(placing, candidate);
    }
    return sum;
  };
  const queue = [...reachers.keys()].sort((a, b) => a - b).map((candidate) => ({ candidate, gain: gain(candidate) }));
  queue.sort((a, b) => a.gain - b.gain || b.candidate - a.candidate);
  const open = new Set<number>();
  while (queue.length > 0) {
    const top = queue.pop();
    if (!top || top.gain <= 0) break;
    const now = gain(top.candidate);
    if (now < top.gain - 1e-12) {
      if (now > 0) insertByGain(queue, { candidate: top.candidate, gain: now });
      continue;
    }
    open.add(top.candidate);
    let room = ridersLeft[top.candidate];
    for (const placing of reachers.get(top.candidate) ?? []) {
      if (covered[placing] || room < 1) continue;
      covered[placing] = 1;
      room--;
    }
  }
  return open;
}

function insertByGain(queue: { candidate: number; gain: number }[], item: { candidate: number; gain: number }): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle].gain < item.gain) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, item);
}

function closeNeedless(
  placings: readonly Placing[],
  reachers: ReadonlyMap<number, readonly number[]>,
  open: Set<number>,
  ridersLeft: Float64Array,
): void {
  const bySize = [...open].sort((a, b) => (reachers.get(a)?.length ?? 0) - (reachers.get(b)?.length ?? 0) || a - b);
  for (const candidate of bySize) {
    if (ridersLeft[candidate] !== Infinity) continue;
    const others = (reachers.get(candidate) ?? []).every((placing) =>
      placings[placing].options.some(
        (option) =>
          option.candidate !== candidate && open.has(option.candidate) && ridersLeft[option.candidate] === Infinity,
      ),
    );
    if (others) open.delete(candidate);
  }
}

/** Those with the fewest open stops choose first; one who finds all stops in reach full makes room by moving others along (an augmenting path), which finds everyone a place if there is a way. */
function assignNearest(placings: readonly Placing[], open: ReadonlySet<number>, ridersLeft: Float64Array): StopChoice {
  const candidate = new Int32Array(placings.length).fill(-1);
  const choices = placings.map(({ options }) => options.filter((option) => open.has(option.candidate)).length);
  const order = placings.map((_, index) => index).sort((a, b) => choices[a] - choices[b] || a - b);
  const left: number[] = [];
  for (const placing of order) {
    const { options } = placings[placing];
    const fits = (option: Option) => ridersLeft[option.candidate] >= 1;
    const chosen = options.find((option) => open.has(option.candidate) && fits(option)) ?? options.find(fits);
    if (chosen) {
      candidate[placing] = chosen.candidate;
      ridersLeft[chosen.candidate]--;
    } else left.push(placing);
  }
  for (const placing of left) makeRoom(placings, placing, candidate, ridersLeft, new Set());
  const walkM = Int32Array.from(
    placings,
    ({ options }, index) => options.find((option) => option.candidate === candidate[index])?.walkM ?? 0,
  );
  return { candidate, walkM };
}

/** Puts a placing at one of its stops, moving those who stand there to stops of theirs, and so on. @returns whether a way was found */
function makeRoom(
  placings: readonly Placing[],
  placing: number,
  candidate: Int32Array,
  ridersLeft: Float64Array,
  tried: Set<number>,
): boolean {
  for (const option of placings[placing].options) {
    if (tried.has(option.candidate)) continue;
    tried.add(option.candidate);
    if (ridersLeft[option.candidate] >= 1) {
      ridersLeft[option.candidate]--;
      candidate[placing] = option.candidate;
      return true;
    }
    for (let other = 0; other < placings.length; other++) {
      if (candidate[other] !== option.candidate) continue;
      if (!makeRoom(placings, other, candidate, ridersLeft, tried)) continue;
      candidate[placing] = option.candidate;
      return true;
    }
  }
  return false;
}
