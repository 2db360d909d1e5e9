import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { metresBetween } from "./plane.ts";
import { drawTown } from "./town.ts";

const { map, sites } = drawTown(new Random(1));
const ways = map.ways.filter((way) => way.tags?.highway);
const tagged = (key: string, value: string) => ways.filter((way) => way.tags?.[key] === value);

/** Everything that can be reached from a node along ways that a bus may drive, forwards or against their direction. */
function reach(from: number, forwards: boolean): Set<number> {
  const next = new Map<number, number[]>();
  const link = (a: number, b: number) => next.set(a, [...(next.get(a) ?? []), b]);
  for (const { refs, tags } of ways.filter((way) => way.tags?.highway !== "footway"))
    for (let i = 1; i < refs.length; i++) {
      const [a, b] = forwards ? [refs[i - 1], refs[i]] : [refs[i], refs[i - 1]];
      if (tags?.oneway !== "-1") link(a, b);
      if (tags?.oneway !== "yes") link(b, a);
    }
  const seen = new Set([from]);
  for (const node of seen) for (const each of next.get(node) ?? []) seen.add(each);
  return seen;
}

test("from every street every other can be driven to, one-ways and ramps included", () => {
  const driven = new Set(ways.filter((way) => way.tags?.highway !== "footway").flatMap((way) => way.refs));
  const [start] = tagged("highway", "primary")[0].refs;
  expect(reach(start, true)).toEqual(driven);
  expect(reach(start, false)).toEqual(driven);
});

test("it looks like a town: sizes and kinds of roads, few bridges, missing sidewalks, restricted turns", () => {
  expect(map.nodes.length).toBeGreaterThan(4000);
  expect(map.nodes.length).toBeLessThan(8000);
  const lats = map.nodes.map((node) => node.lat);
  const heightM = metresBetween({ lat: Math.min(...lats), lon: 0 }, { lat: Math.max(...lats), lon: 0 });
  expect(heightM).toBeGreaterThan(12_000);
  for (const roadClass of [
    "motorway",
    "motorway_link",
    "primary",
    "secondary",
    "tertiary",
    "residential",
    "service",
    "footway",
  ])
    expect(tagged("highway", roadClass).length, roadClass).toBeGreaterThan(1);
  const overRiver = tagged("bridge", "yes").filter((way) =>
    way.tags?.name?.match(/Boulevard|Street|Avenue|Footbridge/),
  );
  expect(overRiver.length).toBeLessThan(12);
  expect(tagged("sidewalk", "no").length).toBeGreaterThan(100);
  expect(tagged("foot", "no").length).toBeGreaterThan(5);
  expect(tagged("oneway", "-1").length + tagged("oneway", "yes").length).toBeGreaterThan(10);
  expect(map.nodes.filter((node) => node.tags?.highway === "turning_circle").length).toBeGreaterThan(100);
  expect(map.relations?.every((relation) => relation.tags?.type === "restriction")).toBe(true);
  expect(map.relations?.length).toBeGreaterThan(10);
});

test("a restricted turn begins and ends at the junction that it names", () => {
  const byId = new Map(map.ways.map((way) => [way.id, way]));
  for (const { members } of map.relations ?? []) {
    const member = (role: string) => members.find((each) => each.role === role)?.ref ?? -1;
    for (const role of ["from", "to"]) {
      const refs = byId.get(member(role))?.refs ?? [];
      expect([refs[0], refs.at(-1)]).toContain(member("via"));
    }
  }
});

test("eight schools stand apart from each other", () => {
  expect(sites).toHaveLength(8);
  for (const a of sites) for (const b of sites) if (a !== b) expect(metresBetween(a, b)).toBeGreaterThan(800);
});
