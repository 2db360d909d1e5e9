import fc from "fast-check";
import type { Drawing } from "./drawn-town.ts";

const CLASSES = ["residential", "tertiary", "primary", "service"];
const RULES = ["no_left_turn", "no_straight_on", "only_right_turn", "no_u_turn", "only_straight_on"];

/** A random town: a grid with streets left out, one-ways, several classes, signals and restrictions. */
export const randomTown = fc
  .record({
    columns: fc.integer({ min: 2, max: 6 }),
    rows: fc.integer({ min: 2, max: 6 }),
    streets: fc.array(
      fc.record({
        gone: fc.integer({ max: 5, min: 0 }),
        oneway: fc.integer({ max: 5, min: 0 }),
        kind: fc.integer({ max: 3, min: 0 }),
      }),
      { minLength: 84, maxLength: 84 },
    ),
    jitter: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 98, maxLength: 98 }),
    rules: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(4)), { maxLength: 12 }),
  })
  .map(({ columns, rows, streets, jitter, rules }): Drawing => {
    const places: Record<string, readonly [number, number, Record<string, string>?]> = {};
    const ways: Record<string, readonly [string, Record<string, string>]> = {};
    let k = 0;
    const add = (a: string, b: string) => {
      const { gone, oneway, kind } = streets[k++ % streets.length]!;
      if (gone === 0) return;
      const direction: Record<string, string> = oneway === 0 ? { oneway: "yes" } : oneway === 1 ? { oneway: "-1" } : {};
      ways[`${a}-${b}`] = [`${a} ${b}`, { highway: CLASSES[kind]!, ...direction }];
    };
    for (let x = 0; x <= columns; x++) {
      for (let y = 0; y <= rows; y++) {
        const i = (x * 7 + y) * 2;
        places[`p${x}_${y}`] = [
          x * 150 + jitter[i]!,
          y * 150 + jitter[i + 1]!,
          jitter[i]! > 22 ? { highway: "traffic_signals" } : {},
        ];
        if (x > 0) add(`p${x - 1}_${y}`, `p${x}_${y}`);
        if (y > 0) add(`p${x}_${y - 1}`, `p${x}_${y}`);
      }
    }
    const names = Object.keys(ways);
    const restrictions = rules.flatMap(([from, to, rule]): [string, string][] => {
      const a = names[from % Math.max(1, names.length)];
      const via = a?.split("-")[1];
      const meeting = names.filter((name) => via !== undefined && name.split("-").includes(via));
      if (a === undefined) return [];
      const next = meeting[to % meeting.length]!;
      if (to % 3 > 0 || next === a) return [[`${a} ${via} ${next}`, RULES[rule]!]];
      // Via the next street, to one that meets its other end.
      const end = next.split("-").find((place) => place !== via)!;
      const last = names.filter((name) => name !== next && name.split("-").includes(end));
      return last.length === 0 ? [] : [[`${a} ${next} ${last[from % last.length]}`, RULES[rule]!]];
    });
    return { places, ways, restrictions };
  });
