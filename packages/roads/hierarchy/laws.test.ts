import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { distanceM } from "../geometry.ts";
import { openMap } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";
import { randomTown } from "../testing/random-town.ts";

/** Turn costs that a test switches off: a left turn is a right turn on the way back, and costs more. */
const turns = vi.hoisted(() => ({ free: false }));
vi.mock("../profile.ts", async (original) => {
  const profile = await original<typeof import("../profile.ts")>();
  return { ...profile, turnS: (degrees: number) => (turns.free ? 0 : profile.turnS(degrees)) };
});

const place = fc.tuple(fc.integer({ min: -50, max: 950 }), fc.integer({ min: -50, max: 950 }));
const someStreets = ({ ways }: Drawing) => Object.keys(ways).length > 3;

/** Restrictions through a junction only: "from via to" with a place in the middle. */
const withoutViaWays = (drawing: Drawing): Drawing => ({
  ...drawing,
  restrictions: (drawing.restrictions ?? []).filter(([turn]) => turn.split(" ")[1]! in drawing.places),
});

test("at the kerb no detour over a third place is shorter than the direct drive (triangle inequality)", async () => {
  turns.free = false;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      randomTown.filter(someStreets),
      fc.array(place, { minLength: 8, maxLength: 8 }),
      async (random, places) => {
        // A stop forgets where the bus came from: past a restriction via the way that it stands on, a detour may be shorter.
        const drawing = withoutViaWays(random);
        const town = drawTown(drawing);
        const roads = await openMap(town.path).catch(() => null);
        if (roads === null) return;
        const points = places.map(([east, north]) => town.point(east, north));
        // In mid-street, off the line, beside a street that is open both ways: there the bus goes on as it came.
        const { durationsS: d } = await roads.matrix(points, points, 0, { approach: "curb" });
        const snaps = await roads.nearest(points, "bus", 1000);
        const n = points.length;
        for (let via = 0; via < n; via++) {
          const snap = snaps[via];
          if (!snap || snap.side!.lies === "on") continue;
          // At a junction the bus may stand at any kerb, so it could leave another way than it came without a turn.
          const atJunction = Object.keys(drawing.places).some((name) => {
            const { lat, lon } = town.at(name);
            return distanceM(lat, lon, snap.lat, snap.lon) < 2;
          });
          if (atJunction) continue;
          for (let i = 0; i < n; i++) {
            for (let j = 0; j < n; j++) {
              const detour = d[i * n + via]! + d[via * n + j]!;
              if (Number.isNaN(detour)) continue;
              compared++;
              expect(d[i * n + j]!).toBeLessThanOrEqual(detour + 0.002);
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(2000);
});

test("where all streets are open both ways and turns are free, the way back is as long as the way there", async () => {
  turns.free = true;
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      randomTown.filter(someStreets),
      fc.array(place, { minLength: 8, maxLength: 8 }),
      async (drawing, places) => {
        const ways = Object.fromEntries(
          Object.entries(drawing.ways).map(([name, [line, { oneway: _, ...tags }]]) => [name, [line, tags] as const]),
        );
        const town = drawTown({ places: drawing.places, ways });
        const roads = await openMap(town.path);
        const points = places.map(([east, north]) => town.point(east, north));
        const { durationsS, distancesM } = await roads.matrix(points, points, 0);
        const n = points.length;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < i; j++) {
            if (Number.isNaN(durationsS[i * n + j]!)) expect(durationsS[j * n + i]).toBeNaN();
            else {
              compared++;
              // A place in mid-street is rounded to its millisecond and decimetre from either end of the street.
              expect(Math.abs(durationsS[i * n + j]! - durationsS[j * n + i]!)).toBeLessThan(0.005);
              expect(Math.abs(distancesM[i * n + j]! - distancesM[j * n + i]!)).toBeLessThan(0.5);
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(500);
});
