import { expect, test } from "vitest";
import { areasById, inArea } from "./areas.ts";

const square = (from: number, to: number) => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const polygon = (...rings: number[][][]) => ({ type: "Polygon", coordinates: rings });

test("areas go by their feature id, or by the property id; features that are no polygons are passed over", () => {
  const areas = areasById({
    type: "FeatureCollection",
    features: [
      { type: "Feature", id: "downtown", properties: {}, geometry: polygon(square(0, 4)) },
      {
        type: "Feature",
        id: 7,
        properties: null,
        geometry: { type: "MultiPolygon", coordinates: [[square(0, 1)], [square(2, 3)]] },
      },
      { type: "Feature", properties: { id: "north" }, geometry: polygon(square(5, 6)) },
      { type: "Feature", id: "a point", properties: {}, geometry: { type: "Point", coordinates: [0, 0] } },
      { type: "Feature", properties: {}, geometry: polygon(square(5, 6)) },
    ],
  });
  expect([...areas.keys()]).toEqual(["downtown", "7", "north"]);
  expect(areasById(undefined).size).toBe(0);
});

test("a hole is outside, each part of several is inside", () => {
  const areas = areasById({
    features: [
      { id: "ring", geometry: polygon(square(0, 4), square(1, 3)) },
      { id: "two", geometry: { type: "MultiPolygon", coordinates: [[square(0, 1)], [square(2, 3)]] } },
    ],
  });
  expect(inArea(0.5, 0.5, areas.get("ring")!)).toBe(true);
  expect(inArea(2, 2, areas.get("ring")!)).toBe(false);
  expect([0.5, 1.5, 2.5].map((place) => inArea(place, place, areas.get("two")!))).toEqual([true, false, true]);
});
