import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { openMap } from "../index.ts";

// The golden tables are without costs of turns: OSRM measures the angles of turns in a way of its own.
vi.mock("../profile.ts", async (original) => ({
  ...(await original<typeof import("../profile.ts")>()),
  TURN_S: { left: 0, right: 0, sharp: 0, uTurn: 0, signal: 0 },
  turnS: () => 0,
}));

interface Golden {
  readonly maps: Readonly<
    Record<
      string,
      {
        readonly map_sha256: string;
        readonly points_lat_lon: readonly (readonly [number, number])[];
        readonly durations_s: readonly (readonly number[])[];
        readonly distances_m: readonly (readonly number[])[];
      }
    >
  >;
}

const golden = JSON.parse(readFileSync(new URL("../testing/osrm.golden.json", import.meta.url), "utf8")) as Golden;

for (const [name, { map_sha256, points_lat_lon, durations_s, distances_m }] of Object.entries(golden.maps)) {
  const path = fileURLToPath(new URL(`../../../../shared/data/osm/${name}.osm.pbf`, import.meta.url));
  test.skipIf(!existsSync(path))(
    `drives on ${name} take as long as real OSRM says, to a thousandth (skipped where the extract is absent)`,
    async () => {
      const roads = await openMap(path);
      expect(roads.identity.map_hash).toBe(map_sha256);
      const points = points_lat_lon.map(([lat, lon]) => ({ lat, lon }));
      const { durationsS, distancesM } = await roads.matrix(points, points, 0);
      const off: number[] = [];
      // Of two roads that take equally long each engine may take either; the distances then differ.
      let otherRoads = 0;
      points.forEach((_, i) => {
        points.forEach((_, j) => {
          const [duration, distance] = [durations_s[i]![j]!, distances_m[i]![j]!];
          const [ours, oursM] = [durationsS[i * points.length + j]!, distancesM[i * points.length + j]!];
          expect(Math.abs(ours - duration)).toBeLessThan(0.6 + 0.003 * duration);
          if (Math.abs(oursM - distance) > 5 + 0.002 * distance) otherRoads++;
          if (i !== j) off.push(Math.abs(ours - duration) / duration);
        });
      });
      expect(otherRoads).toBeLessThan(0.1 * off.length);
      off.sort((a, b) => a - b);
      expect(off[off.length >> 1]).toBeLessThan(0.0005);
      expect(off[Math.floor(off.length * 0.99)]).toBeLessThan(0.005);
    },
  );
}
