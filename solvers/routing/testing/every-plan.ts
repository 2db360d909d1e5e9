import type { HalfDay } from "../halfday/half-day.ts";
import { recompute } from "./recompute.ts";

/** Every way to put `items` into ordered lists (each list ordered, the lists a set). */
function* arrangements(items: readonly number[]): Generator<number[][]> {
  if (items.length === 0) {
    yield [];
    return;
  }
  const [first, ...rest] = items;
  for (const lists of arrangements(rest)) {
    yield [[first], ...lists];
    for (let list = 0; list < lists.length; list++)
      for (let place = 0; place <= lists[list].length; place++)
        yield lists.map((each, index) =>
          index === list ? [...each.slice(0, place), first, ...each.slice(place)] : each,
        );
  }
}

/** Every way to call at the schools of visits in an order: each but the last somewhere behind its last visit. */
function* withCalls(day: HalfDay, order: readonly number[]): Generator<number[]> {
  const schools = [...new Set(order.map((visit) => day.visitSchool[visit]))];
  if (schools.length > 1 && !day.schoolMixes) return;
  for (const last of schools)
    yield* withDrops(
      day,
      order,
      schools.filter((school) => school !== last),
    );
}

function* withDrops(day: HalfDay, items: readonly number[], schools: readonly number[]): Generator<number[]> {
  if (schools.length === 0) {
    yield [...items];
    return;
  }
  const [first, ...rest] = schools;
  const from = items.findLastIndex((item) => item >= 0 && day.visitSchool[item] === first);
  for (let at = from + 1; at <= items.length; at++)
    yield* withDrops(day, [...items.slice(0, at), ~first, ...items.slice(at)], rest);
}

function* together<T>(choices: readonly (readonly T[])[]): Generator<T[]> {
  if (choices.length === 0) {
    yield [];
    return;
  }
  for (const rest of together(choices.slice(1))) for (const each of choices[0]) yield [each, ...rest];
}

/**
 * The least cost and the fewest pieces of all plans of a tiny half day: every division of its visits into runs, every linking of runs into pieces,
 * each piece on its cheapest kind of bus.
 */
export function leastOf(day: HalfDay): { cost: number; pieces: number } {
  const least = { cost: Infinity, pieces: Infinity };
  const visits = Array.from({ length: day.visits }, (_, visit) => visit);
  const all = [...arrangements(visits)].flatMap((orders) => [
    ...together(orders.map((order) => [...withCalls(day, order)])),
  ]);
  for (const runs of all)
    for (const chains of arrangements(runs.map((_, index) => index))) {
      const pieces = chains.map((chain) => {
        const chained = chain.map((index) => runs[index]);
        const costs = Array.from({ length: day.kinds }, (_, kind) => {
          const { cost, broken } = recompute(day, { pieces: [{ kind, runs: chained }], bank: [], cost: 0 });
          return broken.length > 0 ? Infinity : cost;
        });
        return Math.min(...costs);
      });
      const cost = pieces.reduce((sum, each) => sum + each, 0);
      if (cost === Infinity) continue;
      least.cost = Math.min(least.cost, cost);
      least.pieces = Math.min(least.pieces, pieces.length);
    }
  return least;
}
