import { describe, expect, test } from "vitest";
import { openMap } from "../index.ts";
import { drawTown } from "../testing/drawn-town.ts";
import { answerOsrm } from "./answers.ts";
import { encodePolyline } from "./polyline.ts";
import { driveOf, routeOf } from "./steps.ts";

const town = drawTown({
  places: { A: [0, 0], B: [600, 0], C: [600, 600], D: [900, 0] },
  ways: { ring: ["A B C A", { highway: "residential" }], spur: ["B D", { highway: "residential", name: "Mill Lane" }] },
});
const roads = await openMap(town.path);
const at = (east: number, north: number) => {
  const { lat, lon } = town.point(east, north);
  return `${lon},${lat}`;
};

test("route gives legs, length, time and the line in the format that is asked for", async () => {
  const path = `/route/v1/driving/${at(100, 0)};${at(600, 300)};${at(850, 0)}`;
  const { status, body } = await answerOsrm(roads, `${path}?overview=full&geometries=geojson`);
  const expected = await roads.drive([town.point(100, 0), town.point(600, 300), town.point(850, 0)], 43_200);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    code: "Ok",
    routes: [
      {
        distance: expected.legs[0]!.distanceM + expected.legs[1]!.distanceM,
        legs: expected.legs.map((leg) => ({ duration: leg.durationS, distance: leg.distanceM })),
        geometry: { type: "LineString", coordinates: expected.coordinates },
      },
    ],
    waypoints: [{ name: "ring" }, { name: "ring" }, { name: "Mill Lane" }],
  });
  const text = (await answerOsrm(roads, path)).body as { routes: { geometry: string }[] };
  expect(text.routes[0]!.geometry).toBe(encodePolyline(expected.coordinates, 5));
  const none = (await answerOsrm(roads, `${path}?overview=false`)).body as { routes: object[] };
  expect(none.routes[0]).not.toHaveProperty("geometry");
});

test("steps come as OSRM's own do, so that its clients read them", async () => {
  const { body } = await answerOsrm(
    roads,
    `/route/v1/driving/${at(100, 0)};${at(850, 0)}?steps=true&geometries=geojson&overview=full`,
  );
  // The schema that answers of a real OSRM are read with.
  const drive = driveOf(routeOf(body, 2, "here"), true);
  const expected = await roads.drive([town.point(100, 0), town.point(850, 0)], 43_200, { steps: true });
  expect(drive.legs).toEqual(expected.legs);
  const [leg] = (body as { routes: { legs: { summary: string; steps: { maneuver: object }[] }[] }[] }).routes[0]!.legs;
  expect(leg!.summary).toBe("ring, Mill Lane");
  expect(leg!.steps.map(({ maneuver }) => maneuver)).toMatchObject([
    { type: "depart", bearing_before: 0, bearing_after: 90 },
    { type: "new name", modifier: "straight", bearing_before: 90, bearing_after: 90 },
    { type: "arrive", bearing_before: 90, bearing_after: 0 },
  ]);
});

test("what map clients send beside is understood: alternatives, empty hints, radiuses, waypoints left out", async () => {
  const path = `/route/v1/driving/${at(100, 0)};${at(300, 20)}`;
  const { status, body } = await answerOsrm(
    roads,
    `${path}?overview=false&alternatives=true&steps=true&hints=;&radiuses=unlimited;30&skip_waypoints=true`,
  );
  expect(status).toBe(200);
  expect(body.routes).toHaveLength(1);
  expect(body).not.toHaveProperty("waypoints");
});

test("approaches at the kerb are driven so", async () => {
  const path = `/route/v1/driving/${at(400, 20)};${at(500, 20)}`;
  const length = async (query: string) =>
    ((await answerOsrm(roads, path + query)).body as { routes: { distance: number }[] }).routes[0]!.distance;
  expect(await length("")).toBeCloseTo(100, -1);
  expect(await length("?approaches=curb;curb")).toBeGreaterThan(1000);
});

test("table gives the chosen sources and destinations, seconds and metres", async () => {
  const points = [town.point(100, 0), town.point(600, 300), town.point(850, 0)];
  const { body } = await answerOsrm(
    roads,
    `/table/v1/driving/${at(100, 0)};${at(600, 300)};${at(850, 0)}?sources=0;2&destinations=1&annotations=duration,distance`,
  );
  const expected = await roads.matrix([points[0]!, points[2]!], [points[1]!], 43_200);
  expect(body).toMatchObject({
    durations: [[expected.durationsS[0]], [expected.durationsS[1]]],
    distances: [[expected.distancesM[0]], [expected.distancesM[1]]],
  });
  expect(body.sources).toHaveLength(2);
  expect((await answerOsrm(roads, `/table/v1/driving/${at(0, 0)};${at(9, 9)}`)).body).not.toHaveProperty("distances");
});

test("nearest gives the road point, its street and its distance", async () => {
  const { body } = await answerOsrm(roads, `/nearest/v1/driving/${at(800, 30)}.json?number=1`);
  expect(body).toMatchObject({ code: "Ok", waypoints: [{ name: "Mill Lane", distance: expect.closeTo(30, 0) }] });
});

describe("a request that cannot be answered", () => {
  test.each([
    ["/route/v1/driving", "InvalidUrl"],
    ["/route/v5/driving/0,0;1,1", "InvalidVersion"],
    ["/match/v1/driving/0,0;1,1", "InvalidService"],
    ["/route/v1/driving/0,0;x,1", "InvalidQuery"],
    ["/route/v1/driving/200,0;1,1", "InvalidQuery"],
    ["/route/v1/driving/0,0;,", "InvalidQuery"],
    [`/route/v1/driving/${at(0, 0)}`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(9, 9)}?annotations=true`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(9, 9)}?radiuses=10`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(300, 40)}?radiuses=;30`, "NoSegment"],
    [`/route/v1/driving/${at(0, 0)};${at(9, 9)}?approaches=curb`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(9, 9)}?approaches=curb;unrestricted`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(9, 9)}?colour=red`, "InvalidOptions"],
    [`/table/v1/driving/${at(0, 0)};${at(9, 9)}?sources=2`, "InvalidOptions"],
    [`/nearest/v1/driving/${at(0, 0)};${at(9, 9)}`, "InvalidOptions"],
    [`/route/v1/driving/${at(0, 0)};${at(90_000, 0)}`, "NoSegment"],
    [`/table/v1/driving/${at(0, 0)};${at(90_000, 0)}`, "NoSegment"],
  ])("%s is refused as %s", async (url, code) => {
    const { status, body } = await answerOsrm(roads, url);
    expect(body.code).toBe(code);
    expect(status).toBe(400);
  });
});

test("lines are encoded as the format's own example is", () => {
  const line = [
    [-120.2, 38.5],
    [-120.95, 40.7],
    [-126.453, 43.252],
  ] as const;
  expect(encodePolyline(line, 5)).toBe("_p~iF~ps|U_ulLnnqC_mqNvxq`@");
});
