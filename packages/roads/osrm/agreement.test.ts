import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LatLon, RoadEngine } from "@trivium/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OSRM_CACHE, realOsrm } from "../../../test/setup/osrm.ts";
import { openMap } from "../index.ts";
import { type Drawing, drawTown } from "../testing/drawn-town.ts";
import { randomTown } from "../testing/random-town.ts";

const osrm = await realOsrm();
const absent = "reason" in osrm ? osrm.reason : undefined;

/** Both engines on a map, for as long as `compare` takes. */
async function withBoth(
  path: string,
  smallComponent: number | undefined,
  compare: (ours: RoadEngine, theirs: RoadEngine) => Promise<void>,
): Promise<void> {
  const bin = "dir" in osrm ? osrm.dir : undefined;
  const ours = await openMap(path, { engine: { engine: "embedded" }, cacheDir: OSRM_CACHE });
  const theirs = await openMap(path, { engine: { engine: "osrm", bin, smallComponent }, cacheDir: OSRM_CACHE });
  try {
    await compare(ours, theirs);
  } finally {
    await theirs.close();
  }
}

/** A third of the way along every street of a drawn town. */
function placesOf(drawing: Drawing, point: (east: number, north: number) => LatLon): LatLon[] {
  return Object.values(drawing.ways).map(([line]) => {
    const [[ax, ay], [bx, by]] = line.split(" ").map((name) => drawing.places[name]!) as [
      [number, number],
      [number, number],
    ];
    return point((2 * ax + bx) / 3, (2 * ay + by) / 3);
  });
}

/** Rules that a map can mean: none that leads back into its own way, and one `only_…` at most (two at one place may contradict each other). */
function sensible(drawing: Drawing): Drawing {
  const distinct = (drawing.restrictions ?? []).filter(([turn]) => new Set(turn.split(" ")).size === 3);
  const [only] = distinct.filter(([, rule]) => rule.startsWith("only"));
  return { ...drawing, restrictions: distinct.filter((each) => each === only || !each[1].startsWith("only")) };
}

test("both engines drive random towns with one-ways, signals and restrictions in the same time", async ({ skip }) => {
  if (absent !== undefined) skip(absent);
  let compared = 0;
  for (const random of fc.sample(randomTown, { seed: 77, numRuns: 20 })) {
    const drawing = sensible(random);
    if (Object.keys(drawing.ways).length < 15) continue;
    const town = drawTown(drawing);
    await withBoth(town.path, 10, async (ours, theirs) => {
      const all = placesOf(drawing, town.point);
      const [own, other] = [await ours.nearest(all, "bus", 1), await theirs.nearest(all, "bus", 1)];
      // What one of them counts to its main network and the other does not is a matter of sizes.
      const points = all.filter((_, i) => own[i] && other[i]);
      const [a, b] = [await ours.matrix(points, points, 0), await theirs.matrix(points, points, 0)];
      a.durationsS.forEach((seconds, k) => {
        const pair = `${JSON.stringify(points[Math.floor(k / points.length)])} → ${JSON.stringify(points[k % points.length])}`;
        expect(Math.abs(seconds - b.durationsS[k]!), `${pair}: ${seconds}, OSRM ${b.durationsS[k]}`).toBeLessThan(1.5);
      });
      compared += a.durationsS.length;
    });
  }
  expect(compared).toBeGreaterThan(5000);
});

const HARRISBURG = fileURLToPath(new URL("../../../../shared/data/osm/harrisburg-pa.osm.pbf", import.meta.url));

test.skipIf(!existsSync(HARRISBURG))(
  "both engines drive Harrisburg in the same time, turn costs and restrictions included (skipped where the extract is absent)",
  async ({ skip }) => {
    if (absent !== undefined) skip(absent);
    await withBoth(HARRISBURG, undefined, async (ours, theirs) => {
      const asked = Array.from({ length: 200 }, (_, i) => ({
        lat: 40.21 + 0.1 * ((i * 0.618034) % 1),
        lon: -76.845 + 0.09 * ((i * 0.754878) % 1),
      }));
      const points = (await ours.nearest(asked, "bus", 200)).filter((snap) => snap !== null).slice(0, 80);
      const [a, b] = [await ours.matrix(points, points, 0), await theirs.matrix(points, points, 0)];
      const off = [...a.durationsS].map((seconds, k) => Math.abs(seconds - b.durationsS[k]!) / Math.max(1, seconds));
      off.sort((x, y) => x - y);
      expect(off.some(Number.isNaN)).toBe(false);
      expect(off[off.length >> 1]).toBeLessThan(0.0005);
      expect(off[Math.floor(off.length * 0.99)]).toBeLessThan(0.005);
      // Of two roads that take equally long each engine may take either; the distances then differ.
      const apart = [...a.distancesM].filter((metres, k) => Math.abs(metres - b.distancesM[k]!) > 5 + 0.002 * metres);
      expect(apart.length).toBeLessThan(0.01 * off.length);
    });
  },
);
