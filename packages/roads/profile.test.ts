import { describe, expect, test } from "vitest";
import { blocksBus, busRestriction, busWay, turnS } from "./profile.ts";

describe("the bus's access, direction and speed by the tags of a way", () => {
  // [tags, km/h along the way, km/h against it, may riders board]
  test.each([
    ["highway=residential", 28, 28, true],
    ["highway=tertiary", 40, 40, true],
    ["highway=secondary", 50, 50, true],
    ["highway=primary", 55, 55, true],
    ["highway=service", 15, 15, true],
    ["highway=motorway", 85, 0, false],
    ["highway=motorway_link", 45, 0, false],
    ["highway=motorway oneway=no", 85, 85, false],
    ["highway=trunk", 75, 75, false],
    ["highway=primary motorroad=yes", 55, 55, false],
    ["highway=footway", 0, 0, false],
    ["highway=track", 0, 0, false],
    ["highway=pedestrian", 0, 0, false],
    ["highway=construction", 0, 0, false],
    ["route=ferry", 0, 0, false],
    ["highway=residential area=yes", 0, 0, false],
    // direction
    ["highway=residential oneway=yes", 28, 0, true],
    ["highway=residential oneway=1", 28, 0, true],
    ["highway=residential oneway=-1", 0, 28, true],
    ["highway=residential oneway=reversible", 0, 0, true],
    ["highway=residential junction=roundabout", 28, 0, true],
    ["highway=residential junction=roundabout oneway=-1", 0, 28, true],
    ["highway=residential oneway=yes oneway:bus=no", 28, 28, true],
    ["highway=residential oneway=yes oneway:psv=no", 28, 28, true],
    // access, from the general to the particular
    ["highway=residential access=private", 0, 0, false],
    ["highway=residential access=no", 0, 0, false],
    ["highway=residential access=destination", 28, 28, true],
    ["highway=residential motor_vehicle=no", 0, 0, false],
    ["highway=residential motor_vehicle=no bus=yes", 28, 28, true],
    ["highway=residential access=no psv=yes", 28, 28, true],
    ["highway=residential access=no school_bus=yes", 28, 28, true],
    ["highway=residential bus=no", 0, 0, false],
    ["highway=residential psv=yes bus=no", 0, 0, false],
    ["highway=residential access=unknown", 28, 28, true],
    ["highway=service service=parking_aisle", 0, 0, false],
    ["highway=service service=parking_aisle bus=yes", 15, 15, true],
    ["highway=service service=driveway", 15, 15, true],
    ["highway=busway", 35, 35, true],
    // signs
    ["highway=residential maxspeed=50", 40, 40, true],
    ["highway=residential maxspeed=25_mph", 32.18688, 32.18688, true],
    ["highway=primary maxspeed=none", 55, 55, true],
    ["highway=motorway maxspeed=75_mph", 88, 0, false],
    ["highway=tertiary maxspeed:forward=30", 24, 40, true],
    ["highway=tertiary maxspeed=50 maxspeed:bus=30", 24, 24, true],
    // size
    ["highway=residential maxheight=3.0", 0, 0, false],
    ["highway=residential maxheight=4.2", 28, 28, true],
    [`highway=residential maxheight=9'6"`, 0, 0, false],
    [`highway=residential maxheight=13'6"`, 28, 28, true],
    ["highway=residential maxweight=3.5", 0, 0, false],
    ["highway=residential maxwidth=2", 0, 0, false],
    ["highway=residential maxheight=default", 28, 28, true],
  ])("%s", (tags, forwardKmh, backwardKmh, board) => {
    const way = busWay(parse(tags));
    expect(way.forwardKmh).toBeCloseTo(forwardKmh, 6);
    expect(way.backwardKmh).toBeCloseTo(backwardKmh, 6);
    if (forwardKmh + backwardKmh > 0) expect(way.board).toBe(board);
  });
});

test.each([
  ["barrier=gate", true],
  ["barrier=bollard", true],
  ["barrier=lift_gate access=yes", false],
  ["barrier=gate bus=yes", false],
  ["barrier=gate access=yes bus=no", true],
  ["barrier=kerb", false],
  ["barrier=toll_booth", false],
  ["barrier=entrance", false],
  ["highway=crossing", false],
  ["barrier=bus_trap", false],
])("a node with %s stops the bus: %s", (tags, stops) => {
  expect(blocksBus(parse(tags))).toBe(stops);
});

test.each([
  ["type=restriction restriction=no_left_turn", "no_left_turn"],
  ["type=restriction restriction=only_straight_on", "only_straight_on"],
  ["type=restriction restriction=no_left_turn except=bus", null],
  ["type=restriction restriction=no_left_turn except=bicycle;psv", null],
  ["type=restriction restriction=no_left_turn except=bicycle", "no_left_turn"],
  ["type=restriction restriction:bus=no_right_turn", "no_right_turn"],
  ["type=restriction restriction:hgv=no_right_turn", null],
  ["type=multipolygon restriction=no_left_turn", null],
])("a relation with %s binds the bus as %s", (tags, rule) => {
  expect(busRestriction(parse(tags))).toBe(rule);
});

test("left turns cost more than right ones, sharp ones more than wide ones, straight on nothing", () => {
  expect([0, 30, 90, -90, 150, -150, 180].map(turnS)).toEqual([0, 0, 3, 8, 7, 12, 30]);
});

/** "a=b c=d_e" → tags; an underscore before mph stands for a space. */
function parse(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(" ").map((each) => {
      const [key, value] = each.split("=") as [string, string];
      return [key, value.replace("_mph", " mph")];
    }),
  );
}
