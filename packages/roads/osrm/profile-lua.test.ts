import { afterAll, expect, test } from "vitest";
import { OSRM_CACHE, realOsrm } from "../../../test/setup/osrm.ts";
import { openMap } from "../index.ts";
import { NODE_RULES, tagsOf, WAY_RULES } from "../testing/bus-tags.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";
import { busProfileLua } from "./profile-lua.ts";

const osrm = await realOsrm();
const reason = "reason" in osrm ? osrm.reason : "";

/** Metres between two rungs, and between the rails of a ladder. */
const RUNG_M = 300;
const WIDTH_M = 1000;

/**
 * A ladder: two residential rails, and a rung for each row of the decision tables, so that every rung can be driven round.
 * Node rules stand in the middle of residential rungs.
 */
function ladder(): Drawing {
  const rungs = [...WAY_RULES.map(([tags]) => tagsOf(tags)), ...NODE_RULES.map(() => ({ highway: "residential" }))];
  const places: Record<string, Drawing["places"][string]> = {};
  const ways: Record<string, Drawing["ways"][string]> = {};
  const along = (side: string) => rungs.map((_, i) => `${side}${i}`).join(" ");
  rungs.forEach((tags, i) => {
    const y = i * RUNG_M;
    const node = NODE_RULES[i - WAY_RULES.length]?.[0];
    places[`L${i}`] = [0, y];
    places[`R${i}`] = [WIDTH_M, y];
    places[`M${i}`] = [WIDTH_M / 2, y, ...(node === undefined ? [] : [tagsOf(node)])] as never;
    ways[`rung${i}`] = [`L${i} M${i} R${i}`, tags];
  });
  return {
    places,
    ways: {
      ...ways,
      left: [along("L"), { highway: "residential" }],
      right: [along("R"), { highway: "residential" }],
    },
  };
}

const town = drawTown(ladder());
const roads =
  reason === ""
    ? await openMap(town.path, {
        engine: { engine: "osrm", ...("dir" in osrm ? { bin: osrm.dir } : {}), smallComponent: 8 },
        cacheDir: OSRM_CACHE,
      })
    : undefined;
afterAll(() => roads?.close());

/** Metres and km/h from 150 m before the middle of a rung to 150 m behind it. */
async function crossing(rung: number, forward: boolean) {
  const ends = [-350, -150].map((x) => town.point(WIDTH_M / 2 + x, rung * RUNG_M));
  const [from, to] = forward ? ends : ends.toReversed();
  const { distancesM, durationsS } = await roads!.matrix([from!], [to!], 0);
  return { metres: distancesM[0]!, kmh: (distancesM[0]! / durationsS[0]!) * 3.6 };
}

test.for(WAY_RULES.map(([tags, forwardKmh, backwardKmh], i) => ({ tags, forwardKmh, backwardKmh, i })))(
  "real OSRM drives a way with $tags at $forwardKmh and $backwardKmh km/h, as the embedded engine does",
  async ({ forwardKmh, backwardKmh, i }, { skip }) => {
    if (roads === undefined) return skip(reason);
    const [snap] = await roads.nearest([town.point(WIDTH_M / 2 - 250, i * RUNG_M)], "bus", 100);
    expect(snap !== null).toBe(forwardKmh + backwardKmh > 0);
    if (snap === null) return;
    for (const [forward, kmh] of [
      [true, forwardKmh],
      [false, backwardKmh],
    ] as const) {
      const found = await crossing(i, forward);
      if (kmh === 0) expect(found.metres).toBeGreaterThan(1000);
      else expect(Math.abs(found.kmh / kmh - 1)).toBeLessThan(0.01);
    }
  },
);

test.for(NODE_RULES.map(([tags, stops], i) => ({ tags, stops, i: WAY_RULES.length + i })))(
  "real OSRM takes a node with $tags for a barrier: $stops",
  async ({ stops, i }, { skip }) => {
    if (roads === undefined) return skip(reason);
    const [west, east] = [-100, 100].map((x) => town.point(WIDTH_M / 2 + x, i * RUNG_M));
    const { distancesM } = await roads.matrix([west!], [east!], 0);
    expect(distancesM[0]! > 300).toBe(stops);
  },
);

test("the profile says every number of the bus's description, and the same bus gives the same text", () => {
  const lua = busProfileLua();
  for (const part of [`["of_maxspeed"] = 0.8`, `["motorway_link"] = 45`, `["u_turn"] = 30`, `["psv"] = true`])
    expect(lua).toContain(part);
  expect(busProfileLua()).toBe(lua);
});
